namespace Hillock.Cli.Benchmarks;

/// <summary>How long one activation takes at one size, in nanoseconds per element: medians of interleaved runs.</summary>
/// <param name="Activation">Its name.</param>
/// <param name="Type">The number type: float or double.</param>
/// <param name="Size">Elements.</param>
/// <param name="Threads">Threads that our kernels may use.</param>
/// <param name="ForwardNs">The function.</param>
/// <param name="BackwardNs">The gradient of the outputs times the derivative.</param>
/// <param name="CopyNs">Copying by the same loop, with ordinary stores and as many threads.</param>
/// <param name="MemmoveNs">Copying by the runtime, on one thread.</param>
/// <param name="TensorPrimitivesNs">The function of System.Numerics.Tensors, on one thread; null where it has none.</param>
internal sealed record ActivationTiming(
    string Activation, string Type, int Size, int Threads, double ForwardNs, double BackwardNs, double CopyNs, double MemmoveNs, double? TensorPrimitivesNs);
