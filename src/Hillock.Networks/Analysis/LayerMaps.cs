using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Finds the linear map of a layer that has one: what it does in evaluation to a sample, written out as one matrix.</summary>
internal static unsafe class LayerMaps
{
    private const long MostNumbers = 1 << 26;
    private const int ProbesAtOnce = 64;

    /// <summary>The map of a layer; null where the layer does nothing in evaluation.</summary>
    /// <exception cref="NetworkDescriptionException">The layer is no linear map, or its matrix is too large to write out.</exception>
    public static AffineMap? Of(Network network, LayerNode node)
    {
        switch (node.Description)
        {
            case FlattenLayer or DropoutLayer or AlphaDropoutLayer or ActivityPenaltyLayer:
                return null;
            case DenseLayer when node.Input.Positions == 1:
                return OfDense(network, node);
            case DenseLayer or ConvolutionLayer or BatchNormLayer or PoolLayer { Kind: PoolKind.Average } or GlobalPoolLayer { Kind: PoolKind.Average }:
                return Probe(network, node);
            default:
                throw node.Error(
                    "is neither a linear map nor an activation of single numbers: dense, convolution, average pooling, batch normalisation, flatten and "
                    + "dropout can be analysed");
        }
    }

    private static AffineMap OfDense(Network network, LayerNode node)
    {
        int inputs = node.Input.Size;
        int units = node.Output.Size;
        Span<float> weights = network.Values(node.Tensors[0]);
        double[] matrix = new double[inputs * units];
        double[] offset = new double[units];
        for (int unit = 0; unit < units; unit++)
        {
            offset[unit] = node.Tensors.Count > 1 ? network.Values(node.Tensors[1])[unit] : 0;
            for (int i = 0; i < inputs; i++)
            {
                matrix[(unit * inputs) + i] = weights[(i * units) + unit];
            }
        }

        return new AffineMap(matrix, offset);
    }

    /// <summary>Asks the layer itself, alone in a network, what it makes of zeros and of each single one.</summary>
    private static AffineMap Probe(Network network, LayerNode node)
    {
        int inputs = node.Input.Size;
        int outputs = node.Output.Size;
        if ((long)inputs * outputs > MostNumbers)
        {
            throw node.Error($"is too large to be analysed: {inputs} inputs, {outputs} outputs");
        }

        Loss loss = node.Output.Channels > 1 ? Loss.SoftmaxCrossEntropy : Loss.MeanSquaredError;
        Network alone = Network.CreateEmpty(new NetworkDescription(node.Input, [node.Description], loss));
        for (int i = 0; i < node.Tensors.Count; i++)
        {
            network.Values(node.Tensors[i]).CopyTo(alone.Values(alone.Tensors[i]));
        }

        NetworkPlan plan = new(alone, ProbesAtOnce, trains: false);
        double[] offset = Run(plan, new float[inputs], 1)[0];

        // Without the biases, what a single one gives are the weights themselves, not rounded by an addition.
        foreach (NetworkTensor tensor in alone.Tensors.Where(tensor => tensor.Name.EndsWith(".bias", StringComparison.Ordinal)))
        {
            alone.Values(tensor).Clear();
        }

        double[] rest = Run(plan, new float[inputs], 1)[0];
        double[] matrix = new double[inputs * outputs];
        for (int first = 0; first < inputs; first += ProbesAtOnce)
        {
            int count = Math.Min(ProbesAtOnce, inputs - first);
            float[] ones = new float[count * inputs];
            for (int i = 0; i < count; i++)
            {
                ones[(i * inputs) + first + i] = 1;
            }

            double[][] columns = Run(plan, ones, count);
            for (int i = 0; i < count; i++)
            {
                for (int row = 0; row < outputs; row++)
                {
                    matrix[(row * inputs) + first + i] = columns[i][row] - rest[row];
                }
            }
        }

        return new AffineMap(matrix, offset);
    }

    private static double[][] Run(NetworkPlan plan, float[] samples, int rows)
    {
        fixed (float* input = samples)
        {
            ReadOnlySpan<float> outputs = plan.Forward(input, rows);
            double[][] results = new double[rows][];
            int size = outputs.Length / rows;
            for (int row = 0; row < rows; row++)
            {
                results[row] = new double[size];
                for (int i = 0; i < size; i++)
                {
                    results[row][i] = outputs[(row * size) + i];
                }
            }

            GC.KeepAlive(plan);
            return results;
        }
    }
}
