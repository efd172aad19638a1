using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Passes everything on and adds L1·Σ|y| + L2·Σy² of a sample to its loss in training: the less active the units of the layer before are, the
/// lower the loss. Padding of sequences costs nothing.
/// </summary>
public sealed record ActivityPenaltyLayer : LayerDescription
{
    /// <summary>The strength of Σ|y|; at least 0.</summary>
    public double L1 { get; init => field = Strength(value, nameof(L1)); }

    /// <summary>The strength of Σy²; at least 0.</summary>
    public double L2 { get; init => field = Strength(value, nameof(L2)); }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => FormattableString.Invariant($"penalty/l1={L1}/l2={L2}");

    internal override bool PassesSignals => true;

    internal override bool IsCausal => true;

    internal override TensorShape Declare(LayerNode node) => node.NeedsNumbers();

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        if (input.Gradient == null)
        {
            return input;
        }

        PlanValue output = new(input.Shape, input.Data, input.Gradient) { Lengths = input.Lengths };
        plan.Add(new ActivityPenaltyStep(plan, (float)L1, (float)L2, output), output, [output.Data], [output.Data, output.Gradient]);
        return output;
    }

    private static double Strength(double value, string name) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}, and must be at least 0"));
}

/// <summary>Adds to the loss and, in place, to the gradient.</summary>
internal sealed unsafe class ActivityPenaltyStep : PlanStep
{
    private readonly float _l1;
    private readonly float _l2;
    private readonly PlanValue _value;
    private readonly Chunks _chunks;
    private readonly double[] _sums;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    public ActivityPenaltyStep(PlanBuilder plan, float l1, float l2, PlanValue value)
    {
        _l1 = l1;
        _l2 = l2;
        _value = value;
        _chunks = Chunks.Of(value.Shape);
        _sums = new double[_chunks.Count(plan.MaximumRows)];
        _forward = ForwardChunk;
        _backward = BackwardChunk;
    }

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        if (!pass.Training)
        {
            return;
        }

        int chunks = _chunks.Count(pass.Rows);
        pass.Run(chunks, _forward);
        double sum = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            sum += _sums[chunk];
        }

        pass.Penalty += sum / pass.Rows;
    }

    public override void Backward(BatchPass pass)
    {
        if (pass.Training)
        {
            pass.Run(_chunks.Count(pass.Rows), _backward);
        }
    }

    private void ForwardChunk(int chunk)
    {
        double magnitude = 0;
        double squares = 0;
        long from = _chunks.First(chunk);
        long end = from + _chunks.PositionsOf(chunk, _pass.Rows);
        while (SequenceLengths.NextReal(_value.Lengths, _value.Shape.Positions, ref from, end, out long first, out int count))
        {
            foreach (float y in _value.Data.Slice(first * _chunks.Channels, count * _chunks.Channels))
            {
                magnitude += Math.Abs(y);
                squares += (double)y * y;
            }
        }

        _sums[chunk] = _l1 * magnitude + _l2 * squares;
    }

    private void BackwardChunk(int chunk)
    {
        float magnitude = _l1 / _pass.Rows;
        float slope = 2 * _l2 / _pass.Rows;
        long from = _chunks.First(chunk);
        long end = from + _chunks.PositionsOf(chunk, _pass.Rows);
        while (SequenceLengths.NextReal(_value.Lengths, _value.Shape.Positions, ref from, end, out long first, out int count))
        {
            Span<float> y = _value.Data.Slice(first * _chunks.Channels, count * _chunks.Channels);
            Span<float> gradient = _value.Gradient!.Slice(first * _chunks.Channels, y.Length);
            for (int i = 0; i < y.Length; i++)
            {
                float sign = y[i] > 0 ? magnitude : y[i] < 0 ? -magnitude : 0;
                gradient[i] += float.FusedMultiplyAdd(slope, y[i], sign);
            }
        }
    }
}
