using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;

namespace Hillock.Networks.Tests.Execution;

/// <summary>
/// The mean loss of a network in double precision, written as plainly as possible and without any code of the library's steps: the
/// independent side of the gradient tests. Only descriptions, shapes and names of tensors are the library's.
/// </summary>
internal sealed partial class ReferenceNetwork(
    NetworkDescription description, double[] inputs, int[] labels, double[] targets, Dictionary<string, double[]> parameters, RandomKey? draws)
{
    private readonly int _rows = inputs.Length / description.Inputs;
    private double _penalty;
    private int[]? _real;

    /// <summary>The real positions of each sample; null where all are.</summary>
    public int[]? Lengths { get; init; }

    /// <summary>The mean loss for the parameters as they are in the dictionary now.</summary>
    public double Loss()
    {
        _penalty = 0;
        _real = Lengths;
        double[] values = Chain(description.Nodes, inputs);
        double loss = 0;
        int outputs = description.Output.Channels;
        int count = values.Length / outputs;
        for (int row = 0; row < count; row++)
        {
            double[] z = values[(row * outputs)..((row + 1) * outputs)];
            loss += description.Loss switch
            {
                Networks.Loss.SoftmaxCrossEntropy => Math.Log(z.Sum(Math.Exp)) - z[labels[row]],
                Networks.Loss.BinaryCrossEntropy => -Math.Log(1 / (1 + Math.Exp(labels[row] == 1 ? -z[0] : z[0]))),
                _ => (z[0] - targets[row]) * (z[0] - targets[row]),
            };
        }

        return loss / count + _penalty;
    }

    private double[] Chain(IEnumerable<LayerNode> nodes, double[] values)
    {
        foreach (LayerNode node in nodes)
        {
            values = Layer(node, values);
            _real = node.Output.Rank == 2 ? _real : null;
        }

        return values;
    }

    /// <summary>What each of the branches gives; a position behind them is real that is so in all.</summary>
    private double[][] Branches(LayerNode node, double[] x)
    {
        int[]? before = _real;
        int[]? least = null;
        List<double[]> outputs = [];
        foreach (LayerNode[] branch in node.Branches)
        {
            _real = before;
            outputs.Add(Chain(branch, x));
            least = least is null || _real is null ? _real : [.. least.Zip(_real, Math.Min)];
        }

        _real = least;
        return [.. outputs];
    }

    /// <summary>Whether a number of a layer's input stands at a real position.</summary>
    private bool IsReal(LayerNode node, int index)
    {
        int position = index / node.Input.Channels;
        return _real is null || position % node.Input.Positions < _real[position / node.Input.Positions];
    }

    /// <summary>The real positions behind windows: as many windows as the sequence alone would have, and one at least.</summary>
    private void Shorten(int window, int stride, int margin) =>
        _real = _real?.Select(length => length + margin < window ? 1 : ((length + margin - window) / stride) + 1).ToArray();

    private double[] Layer(LayerNode node, double[] x) => node.Description switch
    {
        DenseLayer => Dense(node, x),
        ActivationLayer layer => Activate(node, layer.Activation, x),
        FlattenLayer => [.. x.Select((value, i) => IsReal(node, i) ? value : 0)],
        RowsLayer => x,
        ConvolutionLayer layer => Convolve(node, layer, x),
        PoolLayer layer => Pool(node, layer, x),
        GlobalPoolLayer layer => GlobalPool(node, layer, x),
        BatchNormLayer layer => BatchNorm(node, layer, x),
        LayerNormLayer layer => Normalise(node, x, 1, node.Input.Channels, true, layer.Epsilon),
        RmsNormLayer layer => Normalise(node, x, 1, node.Input.Channels, false, layer.Epsilon),
        GroupNormLayer layer => Normalise(node, x, node.Input.Positions, node.Input.Channels / layer.Groups, true, layer.Epsilon),
        LocalResponseNormLayer layer => LocalResponseNorm(node, layer, x),
        DropoutLayer layer => Drop(node, x, layer.Rate, v => v / (1 - layer.Rate), 0),
        AlphaDropoutLayer layer => AlphaDrop(node, x, layer.Rate),
        EmbeddingLayer layer => [.. x.SelectMany(token => Of(node, "weight").Skip((int)token * layer.Units).Take(layer.Units))],
        RecurrentLayer layer => Recur(node, layer, x),
        AttentionLayer layer => Attend(node, layer, x),
        ResidualLayer => [.. Branches(node, x).Aggregate((a, b) => [.. a.Zip(b, (first, second) => first + second)])],
        ParallelLayer layer => Join(node, layer, x),
        ActivityPenaltyLayer layer => Penalise(node, layer, x),
        _ => throw new NotSupportedException(node.Description.Text),
    };

    private double[] Of(LayerNode node, string name) => parameters[$"{node.Path}.{name}"];

    private double[] Dense(LayerNode node, double[] x)
    {
        int width = node.Input.Channels;
        int units = node.Output.Channels;
        int count = x.Length / width;
        double[] weights = Of(node, "weight");
        double[] y = new double[count * units];
        for (int row = 0; row < count; row++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                double sum = ((DenseLayer)node.Description).Bias ? Of(node, "bias")[unit] : 0;
                for (int input = 0; input < width; input++)
                {
                    sum += x[row * width + input] * weights[input * units + unit];
                }

                y[row * units + unit] = sum;
            }
        }

        return y;
    }

    private double[] Activate(LayerNode node, Activation activation, double[] x) => Activate(node, activation, x, node.Input.Channels, node.Output.Channels, "");

    private double[] Activate(LayerNode node, Activation activation, double[] x, int channels, int outputChannels, string prefix)
    {
        RandomStream? stream = draws is { } key ? new RandomStream(key.Derive(node.Number).Derive(0)) : null;
        double[][] values = new double[activation.Modes.Count][];
        for (int p = 0; p < values.Length; p++)
        {
            string name = activation.Definition.Facts.Parameters[p].Name;
            switch (activation.Modes[p])
            {
                case ParameterMode.Learned:
                    double[] own = Of(node, prefix + name);
                    values[p] = [.. x.Select((_, i) => own[own.Length == 1 ? 0 : i % channels])];
                    break;
                case ParameterMode.Random random when stream != null:
                    float[] drawn = new float[x.Length];
                    stream.FillUniform(drawn, (float)random.Lower, (float)random.Upper);
                    values[p] = [.. drawn.Select(value => (double)value)];
                    break;
                case ParameterMode.Normal normal when stream != null:
                    float[] noise = new float[x.Length];
                    stream.FillNormal(noise, normal.Mean, normal.Deviation);
                    values[p] = [.. noise.Select(value => (double)value)];
                    break;
                default:
                    values[p] = [(float)activation.Modes[p].EvaluationValue];
                    break;
            }
        }

        double[] y = new double[x.Length / channels * outputChannels];
        ActivationArguments<double> arguments = default;
        for (int p = 0; p < values.Length; p++)
        {
            arguments = arguments.With(p, values[p]);
        }

        activation.Definition.Forward(x, y, channels, arguments);
        return y;
    }
}
