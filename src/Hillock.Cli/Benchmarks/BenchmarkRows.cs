using Hillock.Activations;

namespace Hillock.Cli.Benchmarks;

/// <summary>The rows that functions of rows are timed on.</summary>
internal static class BenchmarkRows
{
    /// <summary>The length of a row.</summary>
    public const int Length = 1024;

    /// <summary>The length of the rows at a size: everything is one row where it does not divide into rows of 1024.</summary>
    public static int LengthOf(Activation activation, int size) => !activation.Definition.IsElementwise && size % Length == 0 ? Length : size;
}
