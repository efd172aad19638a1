using Hillock.Cli.Benchmarks;

namespace Hillock.Cli.Output;

/// <summary>The JSON document of <c>hillock bench activations</c>.</summary>
internal sealed record BenchmarkDocument(string Schema, IReadOnlyList<ActivationTiming> Results);

/// <summary>The JSON document of <c>hillock bench gemm</c>.</summary>
/// <param name="Schema">Its name and version.</param>
/// <param name="FmaGflops">The rate of fused multiply-adds in the registers of one thread, in the same process.</param>
/// <param name="Results">The products.</param>
internal sealed record GemmDocument(string Schema, double FmaGflops, IReadOnlyList<GemmTiming> Results);

/// <summary>The JSON document of <c>hillock bench training</c>.</summary>
internal sealed record TrainingBenchmarkDocument(string Schema, IReadOnlyList<TrainingTiming> Results);
