using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>The support of a projection: scores above maximum + threshold. The threshold is a double and what it lacks.</summary>
/// <param name="Maximum">The greatest score.</param>
/// <param name="High">The threshold below it.</param>
/// <param name="Low">What the threshold lacks.</param>
internal readonly record struct Support(double Maximum, double High, double Low);

/// <summary>
/// The loops of sparsemax. The threshold τ is found by dropping, again and again, what lies below the threshold of what is left (Michelot 1986): no sorting,
/// and hardly ever more than a handful of passes. Sums are compensated, so that outputs next to 0 keep their digits.
/// </summary>
/// <typeparam name="A">The arithmetic.</typeparam>
/// <typeparam name="V">The registers.</typeparam>
/// <typeparam name="TScalar">float or double.</typeparam>
internal static unsafe class SparsemaxLoops<A, V, TScalar>
    where A : struct, IRowArithmetic<TScalar>
    where V : struct, IDoubleLanes<V>
    where TScalar : unmanaged
{
    private const int Counts = FixedTree.CompensatedLanes;

    /// <summary>The support of a row with a finite maximum; the room is for as many doubles as there are scores.</summary>
    public static Support Find(TScalar* x, nint length, double maximum, double* room)
    {
        // The projection of the maximum alone is 1: what lies 1 below it is never in the support. The few others are kept, in their order.
        double least = Math.BitDecrement(maximum - 1);
        nint kept = 0;
        for (nint i = 0; i < length; i++)
        {
            double value = RowLoops<A, V, TScalar>.Scalar(x + i);
            room[kept] = value;
            kept += value >= least ? 1 : 0;
        }

        return Find(room, kept, maximum);
    }

    private static Support Find(double* x, nint length, double maximum)
    {
        Support support = new(maximum, -1, 0);
        double* lanes = stackalloc double[Counts + FixedTree.Lanes];
        nint whole = length - (length % V.Count);
        double before = double.PositiveInfinity;
        while (true)
        {
            new Span<double>(lanes, Counts + FixedTree.Lanes).Clear();
            Sum<V>(x, 0, whole, support, lanes);
            Sum<DoubleLanes1>(x, whole, length, support, lanes);
            double count = FixedTree.Fold(lanes + Counts);
            if (count == before)
            {
                return support;
            }

            // τ = (Σ - 1)/count, as a quotient and its remainder's share.
            before = count;
            double sum = FixedTree.FoldCompensated(lanes, out double lost);
            double dividend = sum - 1;
            lost += FixedTree.Lost(sum, -1, dividend);
            double quotient = dividend / count;
            support = new(maximum, quotient, (Math.FusedMultiplyAdd(-quotient, count, dividend) + lost) / count);
        }
    }

    /// <summary>result = max(x - τ, 0).</summary>
    public static void Project(TScalar* x, TScalar* result, nint length, Support support)
    {
        nint whole = length - (length % V.Count);
        Project<V>(x, result, 0, whole, support);
        Project<DoubleLanes1>(x, result, whole, length, support);
    }

    /// <summary>result = gradient less its mean over the support, 0 outside of it.</summary>
    public static void LessMean(TScalar* x, TScalar* gradient, TScalar* result, nint length, Support support)
    {
        double* lanes = stackalloc double[2 * FixedTree.Lanes];
        new Span<double>(lanes, 2 * FixedTree.Lanes).Clear();
        nint whole = length - (length % V.Count);
        SumGradient<V>(x, gradient, 0, whole, support, lanes);
        SumGradient<DoubleLanes1>(x, gradient, whole, length, support, lanes);
        double mean = FixedTree.Fold(lanes) / FixedTree.Fold(lanes + FixedTree.Lanes);
        LessMean<V>(x, gradient, result, 0, whole, support, mean);
        LessMean<DoubleLanes1>(x, gradient, result, whole, length, support, mean);
    }

    /// <summary>How far a score lies above the threshold; the differences of neighbours are exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W Above<W>(W x, W maximum, W high, W low)
        where W : struct, IDoubleLanes<W>
    {
        W below = x - maximum;
        W lost = W.IfGreater(x, W.Broadcast(-double.MaxValue), FixedTree.Lost(x, -maximum, below), W.Broadcast(0));
        return (below - high) + (lost - low);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<W>(double* x, nint from, nint to, Support support, double* lanes)
        where W : struct, IDoubleLanes<W>
    {
        W maximum = W.Broadcast(support.Maximum);
        W high = W.Broadcast(support.High);
        W low = W.Broadcast(support.Low);
        W zero = W.Broadcast(0);
        for (nint i = from; i < to; i += W.Count)
        {
            W value = W.Load(ref x[i]);
            W above = Above(value, maximum, high, low);
            W below = value - maximum;
            FixedTree.AddCompensated(lanes, i, W.IfGreater(above, zero, below, zero));
            double* lost = lanes + FixedTree.Lanes + (i & (FixedTree.Lanes - 1));
            W.Store(W.Load(ref *lost) + W.IfGreater(above, zero, FixedTree.Lost(value, -maximum, below), zero), ref *lost);
            FixedTree.Add(lanes + Counts, i, W.IfGreater(above, zero, W.Broadcast(1), zero));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Project<W>(TScalar* x, TScalar* result, nint from, nint to, Support support)
        where W : struct, IDoubleLanes<W>
    {
        W maximum = W.Broadcast(support.Maximum);
        W high = W.Broadcast(support.High);
        W low = W.Broadcast(support.Low);
        W zero = W.Broadcast(0);
        for (nint i = from; i < to; i += W.Count)
        {
            W above = Above(A.Load<W>(ref x[i]), maximum, high, low);
            A.Store(W.IfGreater(above, zero, above, zero), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumGradient<W>(TScalar* x, TScalar* gradient, nint from, nint to, Support support, double* lanes)
        where W : struct, IDoubleLanes<W>
    {
        W maximum = W.Broadcast(support.Maximum);
        W high = W.Broadcast(support.High);
        W low = W.Broadcast(support.Low);
        W zero = W.Broadcast(0);
        for (nint i = from; i < to; i += W.Count)
        {
            W above = Above(A.Load<W>(ref x[i]), maximum, high, low);
            FixedTree.Add(lanes, i, W.IfGreater(above, zero, A.Load<W>(ref gradient[i]), zero));
            FixedTree.Add(lanes + FixedTree.Lanes, i, W.IfGreater(above, zero, W.Broadcast(1), zero));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LessMean<W>(TScalar* x, TScalar* gradient, TScalar* result, nint from, nint to, Support support, double mean)
        where W : struct, IDoubleLanes<W>
    {
        W maximum = W.Broadcast(support.Maximum);
        W high = W.Broadcast(support.High);
        W low = W.Broadcast(support.Low);
        W m = W.Broadcast(mean);
        W zero = W.Broadcast(0);
        for (nint i = from; i < to; i += W.Count)
        {
            W value = A.Load<W>(ref x[i]);
            W slope = W.IfGreater(Above(value, maximum, high, low), zero, A.Load<W>(ref gradient[i]) - m, zero);
            A.Store(W.KeepNaN(value, slope), ref result[i]);
        }
    }
}
