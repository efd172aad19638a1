using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>A named piece of a buffer, as it goes into a file and comes out of one.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Dimensions">Its dimensions, the last running fastest.</param>
/// <param name="Buffer">Where its numbers lie.</param>
/// <param name="Offset">Where it starts in the buffer.</param>
/// <param name="Length">How many numbers it has.</param>
internal readonly record struct StoredTensor(string Name, IReadOnlyList<int> Dimensions, AlignedBuffer Buffer, int Offset, int Length)
{
    /// <summary>Its numbers.</summary>
    public Span<float> Values => Buffer.Span.Slice(Offset, Length);

    /// <summary>The tensors of a network: those of another buffer that is laid out like the parameters.</summary>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="buffer">The buffer.</param>
    public static IEnumerable<StoredTensor> All(string prefix, IEnumerable<NetworkTensor> tensors, AlignedBuffer buffer) =>
        tensors.Select(tensor => new StoredTensor(prefix + tensor.Name, tensor.Dimensions, buffer, (int)tensor.Offset, (int)tensor.Length));
}
