using Hillock.Activations.Catalogue;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>
/// The attention of sequences to themselves: a product for the queries, keys and values of all positions, then sample by sample and head by head the shares
/// that positions have in each other and what they give, then a product that mixes the heads. The queries are kept divided by √d.
/// </summary>
internal sealed unsafe class AttentionStep : PlanStep
{
    private static readonly ActivationDefinition Softmax = Hillock.Activations.Activation.Parse("softmax").Definition;

    private readonly NetworkTensor _weight;
    private readonly NetworkTensor _bias;
    private readonly NetworkTensor _outputWeight;
    private readonly NetworkTensor _outputBias;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly int _heads;
    private readonly bool _causal;
    private readonly int _positions;
    private readonly int _channels;
    private readonly int _headChannels;
    private readonly float _scale;

    /// <summary>For each position its query, key and value.</summary>
    private readonly PlanBuffer _projections;
    private readonly PlanBuffer? _projectionGradient;

    /// <summary>For each head of a sample a matrix of its real positions, row by row; without training those of the last head only.</summary>
    private readonly PlanBuffer _shares;
    private readonly PlanBuffer? _shareGradient;

    /// <summary>What the heads give for each position.</summary>
    private readonly PlanBuffer _mixed;
    private readonly PlanBuffer? _mixedGradient;
    private readonly int _slots;
    private readonly BiasGradient? _biasGradient;
    private readonly BiasGradient? _outputBiasGradient;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    public AttentionStep(PlanBuilder plan, AttentionLayer layer, LayerNode node, PlanValue input, PlanValue output)
    {
        (_weight, _bias, _outputWeight, _outputBias) = (node.Tensors[0], node.Tensors[1], node.Tensors[2], node.Tensors[3]);
        _input = input;
        _output = output;
        _heads = layer.Heads;
        _causal = layer.Causal;
        _positions = input.Shape.Positions;
        _channels = input.Shape.Channels;
        _headChannels = _channels / _heads;
        _scale = (float)(1 / Math.Sqrt(_headChannels));
        _slots = plan.Trains ? _heads : 1;
        long positions = (long)plan.MaximumRows * _positions;
        _projections = plan.Buffer(positions * Columns);
        _projectionGradient = plan.TrainingBuffer(positions * Columns);
        _shares = plan.Buffer(positions * _positions * _slots);
        _shareGradient = plan.TrainingBuffer(positions * _positions);
        _mixed = plan.Buffer(positions * _channels);
        _mixedGradient = plan.TrainingBuffer(positions * _channels);
        _biasGradient = plan.Trains ? new BiasGradient(positions, Columns) : null;
        _outputBiasGradient = plan.Trains ? new BiasGradient(positions, _channels) : null;
        _forward = ForwardSample;
        _backward = BackwardSample;
    }

    private int Columns => 3 * _channels;

    /// <summary>Tells the plan what the step touches; it has been added.</summary>
    public void DeclareUses(PlanBuilder plan) =>
        plan.AddUses(this, [_projections, _shares, _mixed], [_projections, _shares, _mixed, _projectionGradient, _shareGradient, _mixedGradient]);

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        int positions = checked(pass.Rows * _positions);
        MatrixProduct.Multiply(
            new MatrixView(_input.Data.Pointer, positions, _channels), Weight, pass.Of(_bias), 0, _projections.Pointer, Columns, default(NoEpilogue), pass.Team);
        pass.Run(pass.Rows, _forward);
        MatrixProduct.Multiply(
            new MatrixView(_mixed.Pointer, positions, _channels), OutputWeight, pass.Of(_outputBias), 0, _output.Data.Pointer, _channels, default(NoEpilogue), pass.Team);
    }

    public override void Backward(BatchPass pass)
    {
        int positions = checked(pass.Rows * _positions);
        MatrixView input = new(_input.Data.Pointer, positions, _channels);
        MatrixView gradient = new(_output.Gradient!.Pointer, positions, _channels);
        MatrixView mixed = new(_mixed.Pointer, positions, _channels);
        MatrixView projections = new(_projectionGradient!.Pointer, positions, Columns);
        MatrixProduct.Multiply(gradient, OutputWeight.Transposed, null, 0, _mixedGradient!.Pointer, _channels, default(NoEpilogue), pass.Team);
        pass.Run(pass.Rows, _backward);
        if (pass.Gradients != null)
        {
            MatrixProduct.Multiply(mixed.Transposed, gradient, null, 0, pass.GradientOf(_outputWeight), _channels, default(NoEpilogue), pass.Team);
            MatrixProduct.Multiply(input.Transposed, projections, null, 0, pass.GradientOf(_weight), Columns, default(NoEpilogue), pass.Team);
            _outputBiasGradient!.Run(pass, gradient.Data, positions, pass.GradientOf(_outputBias));
            _biasGradient!.Run(pass, projections.Data, positions, pass.GradientOf(_bias));
        }

        if (_input.Gradient is { } inputGradient)
        {
            MatrixProduct.Multiply(projections, Weight.Transposed, null, 0, inputGradient.Pointer, _channels, default(NoEpilogue), pass.Team);
        }
    }

    private MatrixView Weight => new(_pass.Of(_weight), _channels, Columns);

    private MatrixView OutputWeight => new(_pass.Of(_outputWeight), _channels, _channels);

    private void ForwardSample(int sample)
    {
        int real = RealPositions(sample);
        float* mixed = _mixed.Pointer + (nint)sample * _positions * _channels;
        ScaleQueries(_projections, sample, real);
        for (int head = 0; head < _heads; head++)
        {
            MatrixView shares = Shares(sample, head, real);
            Multiply(Part(_projections, sample, head, 0, real), Part(_projections, sample, head, 1, real).Transposed, shares);
            for (int row = 0; row < real; row++)
            {
                Span<float> scores = new(shares.Data + (nint)row * real, real);
                Span<float> seen = scores[..Seen(row, real)];
                Softmax.Forward(seen, seen, seen.Length, default);
                scores[seen.Length..].Clear();
            }

            Multiply(shares, Part(_projections, sample, head, 2, real), Head(_mixed, sample, head, real));
        }

        new Span<float>(mixed + (nint)real * _channels, (_positions - real) * _channels).Clear();
    }

    private void BackwardSample(int sample)
    {
        int real = RealPositions(sample);
        MatrixView shareGradient = new(_shareGradient!.Pointer + (nint)sample * _positions * _positions, real, real);
        for (int head = 0; head < _heads; head++)
        {
            MatrixView shares = Shares(sample, head, real);
            MatrixView gradient = Head(_mixedGradient!, sample, head, real);
            Multiply(shares.Transposed, gradient, Part(_projectionGradient!, sample, head, 2, real));
            Multiply(gradient, Part(_projections, sample, head, 2, real).Transposed, shareGradient);
            for (int row = 0; row < real; row++)
            {
                Span<float> slopes = new(shareGradient.Data + (nint)row * real, real);
                Span<float> seen = slopes[..Seen(row, real)];
                Softmax.BackwardFromOutput(new ReadOnlySpan<float>(shares.Data + (nint)row * real, seen.Length), seen, seen, seen.Length, default);
                slopes[seen.Length..].Clear();
            }

            Multiply(shareGradient, Part(_projections, sample, head, 1, real), Part(_projectionGradient!, sample, head, 0, real));
            Multiply(shareGradient.Transposed, Part(_projections, sample, head, 0, real), Part(_projectionGradient!, sample, head, 1, real));
        }

        ScaleQueries(_projectionGradient!, sample, real);
        float* rest = _projectionGradient!.Pointer + ((nint)sample * _positions + real) * Columns;
        new Span<float>(rest, (_positions - real) * Columns).Clear();
    }

    private static void Multiply(in MatrixView left, in MatrixView right, in MatrixView result) =>
        MatrixProduct.Multiply(left, right, null, 0, result.Data, result.RowStride, default(NoEpilogue), team: null);

    private int RealPositions(int sample) => _input.Lengths?.RealPositions(sample, _positions) ?? _positions;

    /// <summary>How many positions, from the first on, one looks at.</summary>
    private int Seen(int position, int real) => _causal ? position + 1 : real;

    private void ScaleQueries(PlanBuffer projections, int sample, int real)
    {
        for (int position = 0; position < real; position++)
        {
            Span<float> query = projections.Slice(((long)sample * _positions + position) * Columns, _channels);
            VectorLoops.Scale(query, _scale, 0, query);
        }
    }

    /// <summary>A head's queries (0), keys (1) or values (2), or the gradient by them.</summary>
    private MatrixView Part(PlanBuffer projections, int sample, int head, int kind, int real) => new(
        projections.Pointer + (nint)sample * _positions * Columns + kind * _channels + head * _headChannels, real, _headChannels, Columns, 1);

    /// <summary>What a head gives, or the gradient by it.</summary>
    private MatrixView Head(PlanBuffer mixed, int sample, int head, int real) =>
        new(mixed.Pointer + (nint)sample * _positions * _channels + head * _headChannels, real, _headChannels, _channels, 1);

    private MatrixView Shares(int sample, int head, int real) =>
        new(_shares.Pointer + ((nint)sample * _slots + Math.Min(head, _slots - 1)) * _positions * _positions, real, real);
}
