using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Looks at all layers of an observed plan while passes run through it.</summary>
internal sealed class NetworkProbe
{
    private readonly Network _network;
    private readonly LayerMeasure?[] _measureOf;
    private readonly LayerMeasure?[] _gatesOf;
    private readonly LayerNode[] _activations;
    private readonly int _mostNumbers;
    private readonly PlanValue _input;
    private readonly ChannelMoments? _inputs;
    private int _rows;

    /// <summary>Makes the probe.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">An observed plan of it.</param>
    /// <param name="mostNumbers">How many numbers of a layer are looked at in a batch, in whole samples and at least one.</param>
    public NetworkProbe(Network network, NetworkPlan plan, int mostNumbers = int.MaxValue)
    {
        _network = network;
        _mostNumbers = mostNumbers;
        _measureOf = new LayerMeasure?[plan.Steps.Length];
        _gatesOf = new LayerMeasure?[plan.Steps.Length];
        _activations = [.. LayerNode.All(network.Description.Nodes).Where(node => node.Description is ActivationLayer)];
        _input = plan.Input;
        _inputs = _input.Shape.IsTokens ? null : new ChannelMoments(_input.Shape.Channels);
        Observer = step =>
        {
            if (_measureOf[step.Index] is { } measure)
            {
                measure.Add(Math.Min(_rows, Math.Max(1, _mostNumbers / measure.Size)), _rows);
            }
        };
        ForwardObserver = step =>
        {
            if (step.Index == 0)
            {
                AddInputs();
            }

            _gatesOf[step.Index]?.AddGates(_rows, _mostNumbers);
        };
        FindLayers(plan);
        Measures = [.. _measureOf.Where(measure => measure != null)!];
        foreach (LayerMeasure measure in Measures.Where(measure => measure.Recurrent != null))
        {
            _gatesOf[measure.Recurrent!.Index] = measure;
        }
    }

    /// <summary>The layers that are looked at, in the order of the data flow.</summary>
    public IReadOnlyList<LayerMeasure> Measures { get; }

    /// <summary>
    /// To be shown every step of the forward pass after its turn: how long the sequences of a batch are is not known before, and gates are gone when the backward
    /// pass is over.
    /// </summary>
    public Action<PlanStep> ForwardObserver { get; }

    /// <summary>To be shown every step of a backward pass after its turn.</summary>
    public Action<PlanStep> Observer { get; }

    /// <summary>Forgets everything.</summary>
    public void Start()
    {
        _inputs?.Clear();
        foreach (LayerMeasure measure in Measures)
        {
            measure.Start();
        }
    }

    /// <summary>A batch begins whose passes are to be observed.</summary>
    /// <param name="rows">Its samples.</param>
    public void StartBatch(int rows) => _rows = rows;

    /// <summary>What was found.</summary>
    /// <param name="loss">The mean loss of the samples.</param>
    /// <param name="complete">Adds to a layer's findings what only the caller knows.</param>
    public DiagnosisResult Result(double loss, Func<LayerMeasure, LayerDiagnosis, LayerDiagnosis> complete)
    {
        IReadOnlyList<LearnedParameter> learned = _network.LearnedParameters;
        return new DiagnosisResult
        {
            Layers =
            [
                .. Measures.Select((measure, i) => complete(measure, measure.Result(i + 1) with
                {
                    LearnedParameters = [.. learned.Where(parameter => measure.Unit is { } unit && _activations[parameter.Layer] == unit.Node)],
                })),
            ],
            Inputs = _inputs?.Result(),
            Loss = double.IsFinite(loss) ? loss : double.NaN,
        };
    }

    private void AddInputs()
    {
        int rows = Math.Min(_rows, Math.Max(1, _mostNumbers / _input.Shape.Size));
        long from = 0;
        while (_inputs != null && _input.NextReal(rows, ref from, out Span<float> numbers))
        {
            _inputs.Add(numbers);
        }
    }

    /// <summary>
    /// Weights and the activation that reads their sums are one layer, with nothing between them but what passes signals on; what is left over of
    /// either is a layer by itself.
    /// </summary>
    private void FindLayers(NetworkPlan plan)
    {
        PlanStep? weighted = null;
        foreach (PlanStep step in plan.Steps)
        {
            bool weighs = step.Node!.Tensors.Any(tensor => tensor.Kind == TensorKind.Weight);
            if (weighs)
            {
                Finish(weighted);
                weighted = step;
            }

            if (step.Activation is not { } unit)
            {
                continue;
            }

            LayerNode[] between = weighted is null ? [] : Between(weighted.Node!, unit.Node);
            bool together = weighted != null && ChainOf(weighted.Node!) == ChainOf(unit.Node);
            if (together && Array.TrueForAll(between, node => node.Description.PassesSignals))
            {
                _measureOf[step.Index] = new LayerMeasure(_network, weighted, step, Array.Find(between, Normalises)?.Description.Text);
            }
            else
            {
                Finish(weighted);
                _measureOf[step.Index] = new LayerMeasure(_network, null, step, normalisation: null);
            }

            weighted = null;
        }

        Finish(weighted);
    }

    /// <summary>A layer with weights and no activation.</summary>
    private void Finish(PlanStep? weighted)
    {
        if (weighted != null)
        {
            _measureOf[weighted.Index] = new LayerMeasure(_network, weighted, weighted, normalisation: null);
        }
    }

    private static bool Normalises(LayerNode node) => node.Description is BatchNormLayer or LayerNormLayer or RmsNormLayer or GroupNormLayer;

    /// <summary>The path of the chain of layers that a layer is in.</summary>
    private static string ChainOf(LayerNode node) => node.Path[..Math.Max(0, node.Path.LastIndexOf('.'))];

    /// <summary>The layers between two of the same chain.</summary>
    private LayerNode[] Between(LayerNode first, LayerNode last) =>
        [.. LayerNode.All(_network.Description.Nodes).Where(node => node.Number > first.Number && node.Number < last.Number)];
}
