namespace Hillock.Networks.Execution;

/// <summary>h' = f(sum).</summary>
internal sealed unsafe class SimpleCell(int units, CellActivation activation) : RecurrentCell
{
    public override int Units => units;

    public override IReadOnlyList<GateColumns> Gates { get; } = [new(units, InputColumn: 0, RecurrentColumn: 0)];

    public override IReadOnlyList<NamedGates> NamedGates { get; } = [new(0, activation, GateNames.State)];

    public override bool InPlace => activation.FromOutput;

    public override void Forward(in CellStep step)
    {
        StepGates gates = step.Gates[0];
        activation.Forward(gates.Sums, gates.Values, units, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            float* state = step.IsPadding(row) ? step.Previous + row * step.PreviousRow : gates.Values + row * units;
            new ReadOnlySpan<float>(state, units).CopyTo(new Span<float>(step.Next + row * step.NextRow, units));
        }
    }

    public override void Backward(in CellStep step)
    {
        StepGates gates = step.Gates[0];
        for (int row = 0; row < step.Rows; row++)
        {
            Span<float> gradient = new(gates.Gradient + row * units, units);
            Span<float> state = new(step.StateGradient + row * units, units);
            if (step.IsPadding(row))
            {
                gradient.Clear();
            }
            else
            {
                state.CopyTo(gradient);
                state.Clear();
            }
        }

        float* values = activation.FromOutput ? gates.Values : gates.Sums;
        activation.Backward(step.Piece, values, units, gates.Gradient, units, gates.Values, units, step.Rows);
    }
}
