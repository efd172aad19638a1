using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Execution;

/// <summary>Gates in the order n, r, z, and the state's part q of the candidate's sum: n = f(n's sum + r·q), h' = n + z·(h - n).</summary>
internal sealed unsafe class GruCell(int units, CellActivation gate, CellActivation candidate) : RecurrentCell
{
    public override int Units => units;

    public override int Columns => 4 * units;

    public override int InputColumns => 3 * units;

    public override int RecurrentColumn => units;

    public override bool InPlace => gate.FromOutput && candidate.FromOutput;

    public override void Forward(in CellStep step)
    {
        gate.Forward(step.Sums + units, step.Gates + units, Columns, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            AddReset(step.Gates + row * Columns + units, step.Sums + row * Columns, units);
        }

        candidate.Forward(step.Sums, step.Gates, Columns, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            float* previous = step.Previous + row * units;
            float* next = step.Next + row * step.NextRow;
            if (!step.IsPadding(row))
            {
                Update(step.Gates + row * Columns, previous, next, units);
            }
            else if (next != previous)
            {
                new ReadOnlySpan<float>(previous, units).CopyTo(new Span<float>(next, units));
            }
        }
    }

    public override void Backward(in CellStep step)
    {
        for (int row = 0; row < step.Rows; row++)
        {
            float* gradient = step.GateGradient + row * Columns;
            if (step.IsPadding(row))
            {
                new Span<float>(gradient, Columns).Clear();
            }
            else
            {
                BackwardUpdate(step.Gates + row * Columns, step.Previous + row * units, step.StateGradient + row * units, gradient, units);
            }
        }

        float* values = candidate.FromOutput ? step.Gates : step.Sums;
        candidate.Backward(step.Piece, values, Columns, step.GateGradient, Columns, step.Gates, Columns, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            BackwardReset(step.Gates + row * Columns, step.Sums + row * Columns + 3 * units, step.GateGradient + row * Columns + units, units);
        }

        values = (gate.FromOutput ? step.Gates : step.Sums) + units;
        gate.Backward(step.Piece, values, Columns, step.GateGradient + units, Columns, step.Gates + units, Columns, step.Rows);
    }

    /// <summary>Adds r·q to the candidate's sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddReset(float* reset, float* sums, int units)
    {
        float* recurrent = sums + 3 * units;
        int j = 0;
        for (; j <= units - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            Vector256.FusedMultiplyAdd(Vector256.Load(reset + j), Vector256.Load(recurrent + j), Vector256.Load(sums + j)).Store(sums + j);
        }

        for (; j < units; j++)
        {
            sums[j] = float.FusedMultiplyAdd(reset[j], recurrent[j], sums[j]);
        }
    }

    /// <summary>h' = n + z·(h - n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update(float* gates, float* previous, float* next, int units)
    {
        float* update = gates + 2 * units;
        int j = 0;
        for (; j <= units - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            Vector256<float> n = Vector256.Load(gates + j);
            Vector256.FusedMultiplyAdd(Vector256.Load(update + j), Vector256.Load(previous + j) - n, n).Store(next + j);
        }

        for (; j < units; j++)
        {
            next[j] = float.FusedMultiplyAdd(update[j], previous[j] - gates[j], gates[j]);
        }
    }

    /// <summary>From the gradient by h' those by n and z, and what goes on to h: z times it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardUpdate(float* gates, float* previous, float* stateGradient, float* gradient, int units)
    {
        float* update = gates + 2 * units;
        float* updateGradient = gradient + 2 * units;
        int j = 0;
        for (; j <= units - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            Vector256<float> whole = Vector256.Load(stateGradient + j);
            Vector256<float> z = Vector256.Load(update + j);
            (whole * (Vector256<float>.One - z)).Store(gradient + j);
            (whole * (Vector256.Load(previous + j) - Vector256.Load(gates + j))).Store(updateGradient + j);
            (whole * z).Store(stateGradient + j);
        }

        for (; j < units; j++)
        {
            float whole = stateGradient[j];
            gradient[j] = whole * (1 - update[j]);
            updateGradient[j] = whole * (previous[j] - gates[j]);
            stateGradient[j] = whole * update[j];
        }
    }

    /// <summary>From the gradient by the candidate's sum, which stands in its place, those by r and by q, which takes the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardReset(float* gates, float* recurrent, float* resetGradient, int units)
    {
        float* reset = gates + units;
        float* recurrentGradient = gates + 3 * units;
        int j = 0;
        for (; j <= units - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            Vector256<float> candidate = Vector256.Load(gates + j);
            (candidate * Vector256.Load(recurrent + j)).Store(resetGradient + j);
            (candidate * Vector256.Load(reset + j)).Store(recurrentGradient + j);
        }

        for (; j < units; j++)
        {
            resetGradient[j] = gates[j] * recurrent[j];
            recurrentGradient[j] = gates[j] * reset[j];
        }
    }
}
