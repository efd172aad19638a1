using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Execution;

/// <summary>The candidate n, the gates r and z together, and the state's part q of the candidate's sum: n = f(n's sum + r·q), h' = n + z·(h - n).</summary>
internal sealed unsafe class GruCell(int units, CellActivation gate, CellActivation candidate) : RecurrentCell
{
    public override int Units => units;

    public override IReadOnlyList<GateColumns> Gates { get; } =
    [
        new(units, InputColumn: 0, RecurrentColumn: null),
        new(2 * units, InputColumn: units, RecurrentColumn: 0),
        new(units, InputColumn: null, RecurrentColumn: 2 * units),
    ];

    public override IReadOnlyList<NamedGates> NamedGates { get; } = [new(1, gate, GateNames.Reset, GateNames.Update), new(0, candidate, GateNames.Candidate)];

    public override bool InPlace => gate.FromOutput && candidate.FromOutput;

    public override void Forward(in CellStep step)
    {
        StepGates candidates = step.Gates[0];
        StepGates gates = step.Gates[1];
        gate.Forward(gates.Sums, gates.Values, 2 * units, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            AddReset(gates.Values + row * 2 * units, step.Gates[2].Sums + row * units, candidates.Sums + row * units, units);
        }

        candidate.Forward(candidates.Sums, candidates.Values, units, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            float* previous = step.Previous + row * step.PreviousRow;
            float* next = step.Next + row * step.NextRow;
            if (!step.IsPadding(row))
            {
                Update(gates.Values + (row * 2 + 1) * units, candidates.Values + row * units, previous, next, units);
            }
            else if (next != previous)
            {
                new ReadOnlySpan<float>(previous, units).CopyTo(new Span<float>(next, units));
            }
        }
    }

    public override void Backward(in CellStep step)
    {
        StepGates candidates = step.Gates[0];
        StepGates gates = step.Gates[1];
        StepGates recurrent = step.Gates[2];
        for (int row = 0; row < step.Rows; row++)
        {
            float* gradient = candidates.Gradient + row * units;
            float* gateGradient = gates.Gradient + row * 2 * units;
            if (step.IsPadding(row))
            {
                new Span<float>(gradient, units).Clear();
                new Span<float>(gateGradient, 2 * units).Clear();
            }
            else
            {
                BackwardUpdate(
                    gates.Values + (row * 2 + 1) * units,
                    candidates.Values + row * units,
                    step.Previous + row * step.PreviousRow,
                    step.StateGradient + row * units,
                    gradient,
                    gateGradient + units,
                    units);
            }
        }

        float* values = candidate.FromOutput ? candidates.Values : candidates.Sums;
        candidate.Backward(step.Piece, values, units, candidates.Gradient, units, candidates.Values, units, step.Rows);
        for (int row = 0; row < step.Rows; row++)
        {
            BackwardReset(
                candidates.Values + row * units,
                gates.Values + row * 2 * units,
                recurrent.Sums + row * units,
                gates.Gradient + row * 2 * units,
                recurrent.Values + row * units,
                units);
        }

        values = gate.FromOutput ? gates.Values : gates.Sums;
        gate.Backward(step.Piece, values, 2 * units, gates.Gradient, 2 * units, gates.Values, 2 * units, step.Rows);
    }

    /// <summary>Adds r·q to the candidate's sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddReset(float* reset, float* recurrent, float* sums, int units)
    {
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
    private static void Update(float* update, float* candidate, float* previous, float* next, int units)
    {
        int j = 0;
        for (; j <= units - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            Vector256<float> n = Vector256.Load(candidate + j);
            Vector256.FusedMultiplyAdd(Vector256.Load(update + j), Vector256.Load(previous + j) - n, n).Store(next + j);
        }

        for (; j < units; j++)
        {
            next[j] = float.FusedMultiplyAdd(update[j], previous[j] - candidate[j], candidate[j]);
        }
    }

    /// <summary>From the gradient by h' those by n and z, and what goes on to h: z times it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardUpdate(
        float* update, float* candidate, float* previous, float* stateGradient, float* gradient, float* updateGradient, int units)
    {
        int j = 0;
        for (; j <= units - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            Vector256<float> whole = Vector256.Load(stateGradient + j);
            Vector256<float> z = Vector256.Load(update + j);
            (whole * (Vector256<float>.One - z)).Store(gradient + j);
            (whole * (Vector256.Load(previous + j) - Vector256.Load(candidate + j))).Store(updateGradient + j);
            (whole * z).Store(stateGradient + j);
        }

        for (; j < units; j++)
        {
            float whole = stateGradient[j];
            gradient[j] = whole * (1 - update[j]);
            updateGradient[j] = whole * (previous[j] - candidate[j]);
            stateGradient[j] = whole * update[j];
        }
    }

    /// <summary>From the gradient by the candidate's sum those by r and by q; the latter may take the place of q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardReset(float* candidateGradient, float* reset, float* recurrent, float* resetGradient, float* recurrentGradient, int units)
    {
        int j = 0;
        for (; j <= units - Vector256<float>.Count; j += Vector256<float>.Count)
        {
            Vector256<float> whole = Vector256.Load(candidateGradient + j);
            (whole * Vector256.Load(recurrent + j)).Store(resetGradient + j);
            (whole * Vector256.Load(reset + j)).Store(recurrentGradient + j);
        }

        for (; j < units; j++)
        {
            resetGradient[j] = candidateGradient[j] * recurrent[j];
            recurrentGradient[j] = candidateGradient[j] * reset[j];
        }
    }
}
