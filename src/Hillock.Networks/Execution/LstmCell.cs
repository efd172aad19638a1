using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Execution;

/// <summary>Gates i, k and o together, and the candidate g: c' = k·c + i·g, h' = o·f(c').</summary>
internal sealed unsafe class LstmCell : RecurrentCell
{
    private readonly int _slots;
    private readonly bool _trains;
    private readonly CellActivation _gate;
    private readonly CellActivation _candidate;
    private readonly CellActivation _output;

    /// <summary>Block by block the cells before each step, and behind the last one; without training only the newest.</summary>
    private readonly PlanBuffer _cells;

    /// <summary>f(c'), block by block for each step.</summary>
    private readonly PlanBuffer _outputs;
    private readonly PlanBuffer? _cellGradient;

    public LstmCell(PlanBuilder plan, int units, int steps, CellActivation[] activations)
    {
        Units = units;
        Gates = [new(3 * units, InputColumn: 0, RecurrentColumn: 0), new(units, InputColumn: 3 * units, RecurrentColumn: 3 * units)];
        _trains = plan.Trains;
        _slots = _trains ? steps : 1;
        (_gate, _candidate, _output) = (activations[0], activations[1], activations[2]);
        NamedGates = [new(0, _gate, GateNames.Input, GateNames.Forget, GateNames.Output), new(1, _candidate, GateNames.Candidate)];
        _cells = plan.Buffer((long)plan.MaximumRows * (_trains ? steps + 1 : 1) * units);
        _outputs = plan.Buffer((long)plan.MaximumRows * _slots * units);
        _cellGradient = plan.TrainingBuffer((long)plan.MaximumRows * units);
    }

    public override int Units { get; }

    public override IReadOnlyList<GateColumns> Gates { get; }

    public override IReadOnlyList<NamedGates> NamedGates { get; }

    public override bool InPlace => _gate.FromOutput && _candidate.FromOutput;

    public override void DeclareUses(PlanBuilder plan, PlanStep step) => plan.AddUses(step, [_cells, _outputs], [_cells, _outputs, _cellGradient]);

    public override void Forward(in CellStep step)
    {
        int units = Units;
        int columns = 3 * units;
        StepGates gates = step.Gates[0];
        StepGates candidate = step.Gates[1];
        _gate.Forward(gates.Sums, gates.Values, columns, step.Rows);
        _candidate.Forward(candidate.Sums, candidate.Values, units, step.Rows);
        float* cells = Cells(step);
        if (step.Number == 0)
        {
            new Span<float>(cells, step.Rows * units).Clear();
        }

        float* next = NextCells(step);
        float* outputs = Outputs(step);
        for (int row = 0; row < step.Rows; row++)
        {
            if (!step.IsPadding(row))
            {
                Remember(gates.Values + row * columns, candidate.Values + row * units, cells + row * units, next + row * units, units);
            }
            else if (next != cells)
            {
                new ReadOnlySpan<float>(cells + row * units, units).CopyTo(new Span<float>(next + row * units, units));
            }
        }

        _output.Forward(next, outputs, units, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            float* state = step.Next + row * step.NextRow;
            if (step.IsPadding(row))
            {
                new ReadOnlySpan<float>(step.Previous + row * step.PreviousRow, units).CopyTo(new Span<float>(state, units));
            }
            else
            {
                Multiply(gates.Values + row * columns + 2 * units, outputs + row * units, state, units);
            }
        }
    }

    public override void StartBackward(in CellStep step) => _cellGradient!.Slice((long)step.FirstRow * Units, step.Rows * Units).Clear();

    public override void Backward(in CellStep step)
    {
        int units = Units;
        int columns = 3 * units;
        StepGates gates = step.Gates[0];
        StepGates candidate = step.Gates[1];
        float* cells = Cells(step);
        float* outputs = Outputs(step);
        float* cellGradient = _cellGradient!.Pointer + (nint)step.FirstRow * units;
        for (int row = 0; row < step.Rows; row++)
        {
            float* gradient = gates.Gradient + row * columns;
            float* slope = candidate.Gradient + row * units;
            if (step.IsPadding(row))
            {
                new Span<float>(gradient, columns).Clear();
                new Span<float>(slope, units).Clear();
            }
            else
            {
                Split(gates.Values + row * columns + 2 * units, outputs + row * units, step.StateGradient + row * units, gradient + 2 * units, slope, units);
            }
        }

        float* slopes = candidate.Gradient;
        _output.Backward(step.Piece, _output.FromOutput ? outputs : NextCells(step), units, slopes, units, slopes, units, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            if (!step.IsPadding(row))
            {
                Recall(
                    gates.Values + row * columns,
                    candidate.Values + row * units,
                    cells + row * units,
                    cellGradient + row * units,
                    gates.Gradient + row * columns,
                    candidate.Gradient + row * units,
                    units);
            }
        }

        _gate.Backward(step.Piece, _gate.FromOutput ? gates.Values : gates.Sums, columns, gates.Gradient, columns, gates.Values, columns, step.Rows);
        _candidate.Backward(
            step.Piece, _candidate.FromOutput ? candidate.Values : candidate.Sums, units, candidate.Gradient, units, candidate.Values, units, step.Rows);
    }

    private float* Cells(in CellStep step) => _cells.Pointer + (_trains ? (nint)step.FirstRow * (_slots + 1) + step.Number * step.Rows : step.FirstRow) * Units;

    private float* NextCells(in CellStep step) => Cells(step) + (_trains ? step.Rows * Units : 0);

    private float* Outputs(in CellStep step) => _outputs.Pointer + ((nint)step.FirstRow * _slots + (_trains ? step.Number * step.Rows : 0)) * Units;

    /// <summary>c' = k·c + i·g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Remember(float* gates, float* candidate, float* cell, float* next, int units)
    {
        float* forget = gates + units;
        int j = 0;
        for (; j <= units - Vector512<float>.Count; j += Vector512<float>.Count)
        {
            Vector512<float> kept = Vector512.Load(forget + j) * Vector512.Load(cell + j);
            Vector512.FusedMultiplyAdd(Vector512.Load(gates + j), Vector512.Load(candidate + j), kept).Store(next + j);
        }

        for (; j < units; j++)
        {
            next[j] = float.FusedMultiplyAdd(gates[j], candidate[j], forget[j] * cell[j]);
        }
    }

    /// <summary>Makes of the gradient by the state those by o and by f(c'), and leaves none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split(float* gate, float* output, float* state, float* gateGradient, float* outputGradient, int units)
    {
        int j = 0;
        for (; j <= units - Vector512<float>.Count; j += Vector512<float>.Count)
        {
            Vector512<float> whole = Vector512.Load(state + j);
            (whole * Vector512.Load(output + j)).Store(gateGradient + j);
            (whole * Vector512.Load(gate + j)).Store(outputGradient + j);
            Vector512<float>.Zero.Store(state + j);
        }

        for (; j < units; j++)
        {
            gateGradient[j] = state[j] * output[j];
            outputGradient[j] = state[j] * gate[j];
            state[j] = 0;
        }
    }

    /// <summary>
    /// Adds what the state's gradient gives (<paramref name="candidateGradient"/>) to the cell's, makes of that the gradients by i, k and g, and carries on k times it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Recall(float* gates, float* candidate, float* cell, float* cellGradient, float* gradient, float* candidateGradient, int units)
    {
        float* forget = gates + units;
        float* forgetGradient = gradient + units;
        int j = 0;
        for (; j <= units - Vector512<float>.Count; j += Vector512<float>.Count)
        {
            Vector512<float> whole = Vector512.Load(cellGradient + j) + Vector512.Load(candidateGradient + j);
            (whole * Vector512.Load(candidate + j)).Store(gradient + j);
            (whole * Vector512.Load(cell + j)).Store(forgetGradient + j);
            (whole * Vector512.Load(gates + j)).Store(candidateGradient + j);
            (whole * Vector512.Load(forget + j)).Store(cellGradient + j);
        }

        for (; j < units; j++)
        {
            float whole = cellGradient[j] + candidateGradient[j];
            gradient[j] = whole * candidate[j];
            forgetGradient[j] = whole * cell[j];
            candidateGradient[j] = whole * gates[j];
            cellGradient[j] = whole * forget[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(float* first, float* second, float* product, int units)
    {
        int j = 0;
        for (; j <= units - Vector512<float>.Count; j += Vector512<float>.Count)
        {
            (Vector512.Load(first + j) * Vector512.Load(second + j)).Store(product + j);
        }

        for (; j < units; j++)
        {
            product[j] = first[j] * second[j];
        }
    }
}
