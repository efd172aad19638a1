using Hillock.Activations;

namespace Hillock.Cli.Benchmarks;

/// <summary>Times activations of one number type.</summary>
internal interface IActivationBenchmark
{
    /// <summary>Times one activation at several sizes.</summary>
    IEnumerable<ActivationTiming> Measure(Activation activation, IEnumerable<int> sizes, CancellationToken cancellationToken);
}
