namespace Hillock.Networks.Execution;

/// <summary>h' = f(sum).</summary>
internal sealed unsafe class SimpleCell(int units, CellActivation activation) : RecurrentCell
{
    public override int Units => units;

    public override int Columns => units;

    public override int InputColumns => units;

    public override int RecurrentColumn => 0;

    public override bool InPlace => activation.FromOutput;

    public override void Forward(in CellStep step)
    {
        activation.Forward(step.Sums, step.Gates, units, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            float* state = (step.IsPadding(row) ? step.Previous : step.Gates) + row * units;
            new ReadOnlySpan<float>(state, units).CopyTo(new Span<float>(step.Next + row * step.NextRow, units));
        }
    }

    public override void Backward(in CellStep step)
    {
        for (int row = 0; row < step.Rows; row++)
        {
            Span<float> gradient = new(step.GateGradient + row * units, units);
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

        float* values = activation.FromOutput ? step.Gates : step.Sums;
        activation.Backward(step.Piece, values, units, step.GateGradient, units, step.Gates, units, step.Rows);
    }
}
