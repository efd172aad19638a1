using Hillock.Cli.Benchmarks;

namespace Hillock.Cli.Output;

/// <summary>The JSON document of <c>hillock bench activations</c>.</summary>
internal sealed record BenchmarkDocument(string Schema, IReadOnlyList<ActivationTiming> Results);
