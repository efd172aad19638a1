using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>
/// Where the numbers of a network lie in one buffer: first all weights (which may decay), then all biases, scales and activation parameters
/// (which do not), then statistics, which are not learned. Gradients and the optimiser's moments have the same layout up to there, so a step is one
/// pass over flat memory. Every tensor starts on a cache line; the gaps stay zero.
/// </summary>
internal sealed class ParameterLayout
{
    /// <summary>Places the tensors of a network.</summary>
    public ParameterLayout(IEnumerable<LayerNode> nodes)
    {
        NetworkTensor[] tensors = [.. LayerNode.All(nodes).SelectMany(node => node.Tensors)];
        long length = 0;
        void Place(TensorKind kind)
        {
            foreach (NetworkTensor tensor in tensors)
            {
                if (tensor.Kind == kind)
                {
                    tensor.Offset = length;
                    length = checked(length + AlignedBuffer.WholeLines(tensor.Length));
                }
            }
        }

        Place(TensorKind.Weight);
        LongWeightLength = length;
        Place(TensorKind.Unregularised);
        LongLength = length;
        Place(TensorKind.State);
        LongTotalLength = length;
        Tensors = tensors;
        Limited = [.. tensors.Where(tensor => float.IsFinite(tensor.Minimum) || float.IsFinite(tensor.Maximum))];
    }

    /// <summary>All tensors in the order of the data flow.</summary>
    public IReadOnlyList<NetworkTensor> Tensors { get; }

    /// <summary>Those whose values have to stay within limits.</summary>
    public NetworkTensor[] Limited { get; }

    /// <summary>The length of the part that holds the weights.</summary>
    public int WeightLength => checked((int)LongWeightLength);

    /// <summary>The length of the part that is learned, which gradients and moments have too.</summary>
    public int Length => checked((int)LongLength);

    /// <summary>The length of the buffer.</summary>
    public int TotalLength => checked((int)LongTotalLength);

    private long LongWeightLength { get; }

    private long LongLength { get; }

    private long LongTotalLength { get; }
}
