using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>A linear map and the activation behind it: a network in sequence is a row of these. All in double precision.</summary>
internal sealed class AnalysisStage
{
    private readonly Activation[] _activations;
    private readonly Lazy<PiecewiseLinearFunction[]> _pieces;
    private readonly LayerNode? _node;

    private AnalysisStage(AffineMap map, LayerNode? node, Activation[] activations)
    {
        Map = map;
        _node = node;
        _activations = activations;
        _pieces = new(FindPieces);
    }

    /// <summary>The linear map.</summary>
    public AffineMap Map { get; }

    /// <summary>Whether an activation follows it.</summary>
    public bool HasActivation => _node != null;

    /// <summary>The layer of the activation, as errors name it.</summary>
    public string Name => _node is null ? "" : $"layer {_node.Position} ({_node.Description.Text})";

    /// <summary>The pieces of each unit's activation.</summary>
    /// <exception cref="NetworkDescriptionException">The activation is a curve.</exception>
    public PiecewiseLinearFunction[] Pieces => _pieces.Value;

    /// <summary>Cuts a network into stages; the last has no activation, unless the network ends with one.</summary>
    /// <exception cref="NetworkDescriptionException">A layer is neither linear nor an activation of single numbers.</exception>
    public static AnalysisStage[] Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        List<AnalysisStage> stages = [];
        AffineMap? map = null;
        foreach (LayerNode node in network.Description.Nodes)
        {
            if (node.Description is not ActivationLayer { Activation: { } activation })
            {
                map = LayerMaps.Of(network, node) is { } next ? (map is null ? next : next.After(map)) : map;
                continue;
            }

            if (!activation.Definition.IsElementwise)
            {
                throw node.Error("is a function of whole rows, which cannot be analysed");
            }

            stages.Add(new AnalysisStage(map ?? Identity(node.Input.Size), node, PerUnit(network, node, activation)));
            map = null;
        }

        if (map != null || stages.Count == 0)
        {
            stages.Add(new AnalysisStage(map ?? Identity(network.Description.Inputs), null, []));
        }

        return [.. stages];
    }

    /// <summary>What the activation makes of the numbers that the map gave; the same array.</summary>
    public double[] Activate(double[] values)
    {
        ForUnits(values, (activation, part) => activation.Evaluate(part, part));
        return values;
    }

    /// <summary>The slope of the activation at the numbers that the map gave.</summary>
    public double[] Slopes(double[] values)
    {
        double[] slopes = (double[])values.Clone();
        ForUnits(slopes, (activation, part) => activation.Slope(part, part));
        return slopes;
    }

    private delegate void UnitAction(Activation activation, Span<double> part);

    /// <summary>Runs over the numbers as far as one activation serves them.</summary>
    private void ForUnits(double[] values, UnitAction action)
    {
        if (_activations.Length == 1)
        {
            action(_activations[0], values);
            return;
        }

        for (int i = 0; i < values.Length && _activations.Length > 0; i++)
        {
            action(_activations[i % _activations.Length], values.AsSpan(i, 1));
        }
    }

    private PiecewiseLinearFunction[] FindPieces()
    {
        PiecewiseLinearFunction[] found =
        [
            .. _activations.Select(activation => PiecewiseLinearFunction.Of(activation)
                ?? throw _node!.Error("is no continuous function of straight pieces, as relu and leaky_relu are"))
        ];
        return [.. Enumerable.Range(0, Map.Outputs).Select(i => found[i % found.Length])];
    }

    /// <summary>
    /// The activation with the values that its parameters have in evaluation now, in single precision as in the network: one for all units, or one for
    /// each channel.
    /// </summary>
    private static Activation[] PerUnit(Network network, LayerNode node, Activation activation)
    {
        NetworkTensor?[] learned = node.ActivationTensors(activation);
        bool differ = activation.Modes.Any(mode => mode is ParameterMode.Learned { Scope: ParameterScope.Channel });
        return
        [
            .. Enumerable.Range(0, differ ? node.Input.Channels : 1).Select(channel => new Activation(
                activation.Definition,
                [.. activation.Modes.Select((mode, p) => learned[p] is { } tensor ? Constant(network.Values(tensor), channel) : new ParameterMode.Constant((float)mode.EvaluationValue))]))
        ];
    }

    private static ParameterMode.Constant Constant(ReadOnlySpan<float> values, int channel) => new(values[values.Length == 1 ? 0 : channel]);

    private static AffineMap Identity(int size)
    {
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            matrix[(i * size) + i] = 1;
        }

        return new AffineMap(matrix, new double[size]);
    }
}
