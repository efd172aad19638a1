using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>
/// Normalisation of sets of numbers of one sample: y = γ·(x - mean)/√(variance + ε) + β, or without mean and β. A set is the channels of a position
/// (layer and RMS normalisation) or some channels of all positions (group normalisation). Statistics are sums in double precision, and are
/// computed again in the backward pass rather than kept. Positions that are padding belong to no set; they are normalised like those of their sample.
/// </summary>
internal sealed unsafe class NormalisationStep : PlanStep
{
    private readonly NetworkTensor _weight;
    private readonly NetworkTensor? _bias;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly SetGeometry _set;
    private readonly double _epsilon;
    private readonly Chunks _chunks;
    private readonly int _channels;
    private readonly AlignedBuffer? _weightSums;
    private readonly AlignedBuffer? _biasSums;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    private NormalisationStep(PlanBuilder plan, LayerNode node, int groups, bool perPosition, double epsilon, PlanValue input, PlanValue output)
    {
        _weight = node.Tensors[0];
        _bias = node.Tensors.Count > 1 ? node.Tensors[1] : null;
        _input = input;
        _output = output;
        _epsilon = epsilon;
        _channels = input.Shape.Channels;
        int rows = perPosition ? 1 : input.Shape.Positions;
        _set = new SetGeometry(rows, _channels / groups, _channels, groups);
        _chunks = Chunks.Of(rows * _channels, input.Shape.Size / (rows * _channels));
        int pieces = _chunks.Count(plan.MaximumRows);
        _weightSums = plan.Trains ? new AlignedBuffer(checked(pieces * _channels)) : null;
        _biasSums = plan.Trains && _bias != null ? new AlignedBuffer(checked(pieces * _channels)) : null;
        _forward = ForwardPiece;
        _backward = BackwardPiece;
    }

    /// <summary>Adds the step to a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="node">The layer: γ, and β where numbers are centred.</param>
    /// <param name="groups">Into how many sets the channels are divided.</param>
    /// <param name="perPosition">Whether every position has sets of its own.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="input">What it reads.</param>
    /// <returns>What it gives.</returns>
    public static PlanValue Add(PlanBuilder plan, LayerNode node, int groups, bool perPosition, double epsilon, PlanValue input)
    {
        PlanBuffer data = !plan.Trains && input.MayBeOverwritten ? input.Data : plan.Buffer(input.Data.Length);
        PlanValue output = new(node.Output, data, input.Gradient ?? plan.TrainingBuffer(input.Data.Length)) { MayBeOverwritten = true };
        plan.Add(
            new NormalisationStep(plan, node, groups, perPosition, epsilon, input, output),
            output,
            [input.Data, output.Data],
            [input.Data, input.Gradient, output.Gradient]);
        return output;
    }

    /// <summary>A layer's notation with its ε where that is not the usual one.</summary>
    public static string Text(string name, double epsilon) => epsilon == 1e-5 ? name : FormattableString.Invariant($"{name}/epsilon={epsilon}");

    /// <summary>Checks an ε.</summary>
    public static double CheckEpsilon(double value) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"an epsilon of {value} is not a number above 0"));

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        pass.Run(_chunks.Count(pass.Rows), _forward);
    }

    public override void Backward(BatchPass pass)
    {
        int pieces = _chunks.Count(pass.Rows);
        pass.Run(pieces, _backward);
        if (_input.Gradient is { } inputGradient)
        {
            _input.Lengths?.ClearPadding(inputGradient.Pointer, pass.Rows, _input.Shape.Positions, _channels);
        }

        if (pass.Gradients == null)
        {
            return;
        }

        VectorLoops.SumColumns(_weightSums!.Pointer, pieces, _channels, pass.GradientOf(_weight));
        if (_bias != null)
        {
            VectorLoops.SumColumns(_biasSums!.Pointer, pieces, _channels, pass.GradientOf(_bias));
        }
    }

    /// <summary>The numbers that are normalised together: where a set is all positions of a sample, the real ones.</summary>
    private SetGeometry SetOf(int piece, int item) => _set.Rows == 1 || _input.Lengths is null
        ? _set
        : _set with { Rows = _input.Lengths.RealPositions((int)(_chunks.First(piece) + item), _set.Rows) };

    private void ForwardPiece(int piece)
    {
        float* weight = _pass.Of(_weight);
        float* bias = _bias is null ? null : _pass.Of(_bias);
        long start = _chunks.Start(piece);
        for (int item = 0; item < _chunks.PositionsOf(piece, _pass.Rows); item++)
        {
            for (int group = 0; group < _set.Groups; group++)
            {
                int channel = group * _set.Width;
                float* x = _input.Data.Pointer + start + channel;
                (double mean, double inverse) = SetLoops.Statistics(x, SetOf(piece, item), centred: bias != null, _epsilon);
                SetLoops.Normalise(x, _output.Data.Pointer + start + channel, _set, mean, inverse, weight + channel, bias == null ? null : bias + channel);
            }

            start += _chunks.Channels;
        }
    }

    private void BackwardPiece(int piece)
    {
        float* weight = _pass.Of(_weight);
        float* weightSums = _weightSums!.Pointer + (nint)piece * _channels;
        float* biasSums = _biasSums is null ? null : _biasSums.Pointer + (nint)piece * _channels;
        new Span<float>(weightSums, _channels).Clear();
        if (biasSums != null)
        {
            new Span<float>(biasSums, _channels).Clear();
        }

        long start = _chunks.Start(piece);
        for (int item = 0; item < _chunks.PositionsOf(piece, _pass.Rows); item++)
        {
            SetGeometry set = SetOf(piece, item);
            for (int group = 0; group < _set.Groups; group++)
            {
                int channel = group * _set.Width;
                float* x = _input.Data.Pointer + start + channel;
                float* gradient = _output.Gradient!.Pointer + start + channel;
                (double mean, double inverse) = SetLoops.Statistics(x, set, centred: biasSums != null, _epsilon);
                SetLoops.AddParameterGradients(x, gradient, set, mean, inverse, weightSums + channel, biasSums == null ? null : biasSums + channel);
                if (_input.Gradient != null)
                {
                    float* inputGradient = _input.Gradient.Pointer + start + channel;
                    SetLoops.InputGradient(x, gradient, inputGradient, set, mean, inverse, weight + channel, centred: biasSums != null);
                }
            }

            start += _chunks.Channels;
        }
    }
}
