using Hillock.Cli.Benchmarks;
using Hillock.Cli.Commands;

namespace Hillock.Cli.Documentation;

/// <summary>The times of all kernels as a page of the documentation.</summary>
internal static class PerformancePage
{
    /// <summary>The page of a run.</summary>
    public static string Text(IReadOnlyList<ActivationTiming> timings, int threads)
    {
        MarkdownPage page = new();
        page.Heading(1, "Performance");
        page.Paragraph(
            $"Nanoseconds per element (float), medians of runs that take turns in one process, {(threads == 1 ? "one thread" : $"{threads} threads")}. *Copy* is the identity by "
            + "the loop of the kernels, with ordinary stores; *memmove* the runtime's copy; *TensorPrimitives* the function of System.Numerics.Tensors 11.0.0, where "
            + "it has one. Made by "
            + $"`hillock bench activations{(threads == 1 ? "" : $" --threads {threads}")} --markdown` on {Machine.Description}.");
        page.Table(
            ["activation", "floats", "forward", "backward", "copy", "memmove", "TensorPrimitives"],
            timings.Select(t => new[]
            {
                $"`{t.Activation}`",
                BenchCommand.Size(t.Size),
                $"{t.ForwardNs:0.000}",
                $"{t.BackwardNs:0.000}",
                $"{t.CopyNs:0.000}",
                $"{t.MemmoveNs:0.000}",
                t.TensorPrimitivesNs is { } peer ? $"{peer:0.000}" : "",
            }),
            numbersFrom: 1);
        return page.ToString();
    }
}
