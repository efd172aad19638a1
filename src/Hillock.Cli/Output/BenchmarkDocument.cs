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

/// <summary>The JSON document of <c>benchmarks/activations_torch.py</c>: PyTorch's times on the same machine.</summary>
/// <param name="Schema">Its name and version.</param>
/// <param name="Torch">The version of PyTorch.</param>
/// <param name="Results">The times.</param>
internal sealed record TorchDocument(string Schema, string Torch, IReadOnlyList<TorchTiming> Results)
{
    /// <summary>The name and version that is read.</summary>
    public const string Name = "hillock.bench.torch/1";

    /// <summary>The time of an activation at a size; null where it was not measured.</summary>
    public TorchTiming? Of(ActivationTiming timing) => Results.FirstOrDefault(r => r.Activation == timing.Activation && r.Size == timing.Size);
}

/// <summary>One time of PyTorch, in nanoseconds per element.</summary>
internal sealed record TorchTiming(string Activation, int Size, double ForwardNs, double BackwardNs);
