using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>The loops that functions of rows share besides those with exponentials.</summary>
/// <typeparam name="A">The arithmetic.</typeparam>
/// <typeparam name="V">The registers.</typeparam>
/// <typeparam name="TScalar">float or double.</typeparam>
internal static unsafe class RowLoops<A, V, TScalar>
    where A : struct, IRowArithmetic<TScalar>
    where V : struct, IDoubleLanes<V>
    where TScalar : unmanaged
{
    /// <summary>The greatest input where it is finite; a row in which it is not has no result: all of them become NaN.</summary>
    /// <returns>Whether it is finite.</returns>
    public static bool HasFiniteMaximum(in RowOperands<TScalar> row, out double maximum)
    {
        maximum = A.Maximum<V>(row.Input, row.Length);
        bool finite = double.IsFinite(maximum);
        if (!finite)
        {
            Fill(row.Result, row.Length, double.NaN);
        }

        return finite;
    }

    /// <summary>Σx.</summary>
    public static double Sum(TScalar* x, nint length)
    {
        double* lanes = stackalloc double[FixedTree.Lanes];
        new Span<double>(lanes, FixedTree.Lanes).Clear();
        nint whole = length - (length % V.Count);
        Sum<V>(x, 0, whole, lanes);
        Sum<DoubleLanes1>(x, whole, length, lanes);
        return FixedTree.Fold(lanes);
    }

    /// <summary>result = factor · y·(gradient - Σgradient·y): the gradient by the scores from the shares.</summary>
    public static void FromShares(TScalar* y, TScalar* gradient, TScalar* result, nint length, double factor)
    {
        double* lanes = stackalloc double[FixedTree.Lanes];
        new Span<double>(lanes, FixedTree.Lanes).Clear();
        nint done = V.Count >= FixedTree.Lanes / 4 ? DotWide(y, gradient, length, lanes) : 0;
        nint whole = length - (length % V.Count);
        Dot<V>(y, gradient, done, whole, lanes);
        Dot<DoubleLanes1>(y, gradient, whole, length, lanes);
        double mean = FixedTree.Fold(lanes);
        FromShares<V>(y, gradient, result, 0, whole, mean, factor);
        FromShares<DoubleLanes1>(y, gradient, result, whole, length, mean, factor);
    }

    /// <summary>result = x - high - low.</summary>
    public static void Subtract(TScalar* x, TScalar* result, nint length, double high, double low)
    {
        nint whole = length - (length % V.Count);
        Subtract<V>(x, result, 0, whole, high, low);
        Subtract<DoubleLanes1>(x, result, whole, length, high, low);
    }

    /// <summary>The index of the first element that equals a maximum.</summary>
    public static nint IndexOf(TScalar* x, nint length, double maximum)
    {
        nint whole = length - (length % V.Count);
        double first = FirstOf(x, whole, maximum);
        nint index = first < whole ? (nint)first : whole;
        while (Scalar(x + index) < maximum)
        {
            index++;
        }

        return index;
    }

    /// <summary>Fills a row with a number.</summary>
    public static void Fill(TScalar* result, nint length, double value)
    {
        TScalar scalar = default;
        A.Store(DoubleLanes1.Broadcast(value), ref scalar);
        new Span<TScalar>(result, (int)length).Fill(scalar);
    }

    /// <summary>One number of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Scalar(TScalar* x)
    {
        double value = 0;
        DoubleLanes1.Store(A.Load<DoubleLanes1>(ref *x), ref value);
        return value;
    }

    /// <summary>Writes one number of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double value, TScalar* destination) => A.Store(DoubleLanes1.Broadcast(value), ref *destination);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double FirstOf(TScalar* x, nint length, double maximum)
    {
        double* lanes = stackalloc double[V.Count];
        for (int lane = 0; lane < V.Count; lane++)
        {
            lanes[lane] = lane;
        }

        V index = V.Load(ref lanes[0]);
        V step = V.Broadcast(V.Count);
        V sought = V.Broadcast(maximum);
        V best = V.Broadcast(length);
        for (nint i = 0; i < length; i += V.Count)
        {
            // Nothing is greater than a maximum: what is not less equals it.
            best = V.Min(best, V.IfGreater(sought, A.Load<V>(ref x[i]), best, index));
            index += step;
        }

        V.Store(best, ref lanes[0]);
        double least = length;
        for (int lane = 0; lane < V.Count; lane++)
        {
            least = Math.Min(least, lanes[lane]);
        }

        return least;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<W>(TScalar* x, nint from, nint to, double* lanes)
        where W : struct, IDoubleLanes<W>
    {
        for (nint i = from; i < to; i += W.Count)
        {
            FixedTree.Add(lanes, i, A.Load<W>(ref x[i]));
        }
    }

    // Nothing here hides the way of a lane to memory and back, so that the lanes of wide registers have names.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint DotWide(TScalar* y, TScalar* gradient, nint length, double* lanes)
    {
        V first = V.Broadcast(0);
        V second = first;
        V third = first;
        V fourth = first;
        nint i = 0;
        for (; i <= length - FixedTree.Lanes; i += FixedTree.Lanes)
        {
            first = V.MultiplyAdd(A.Load<V>(ref y[i]), A.Load<V>(ref gradient[i]), first);
            second = V.MultiplyAdd(A.Load<V>(ref y[i + V.Count]), A.Load<V>(ref gradient[i + V.Count]), second);
            if (V.Count == FixedTree.Lanes / 4)
            {
                third = V.MultiplyAdd(A.Load<V>(ref y[i + (2 * V.Count)]), A.Load<V>(ref gradient[i + (2 * V.Count)]), third);
                fourth = V.MultiplyAdd(A.Load<V>(ref y[i + (3 * V.Count)]), A.Load<V>(ref gradient[i + (3 * V.Count)]), fourth);
            }
        }

        V.Store(first, ref lanes[0]);
        V.Store(second, ref lanes[V.Count]);
        if (V.Count == FixedTree.Lanes / 4)
        {
            V.Store(third, ref lanes[2 * V.Count]);
            V.Store(fourth, ref lanes[3 * V.Count]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dot<W>(TScalar* y, TScalar* gradient, nint from, nint to, double* lanes)
        where W : struct, IDoubleLanes<W>
    {
        for (nint i = from; i < to; i += W.Count)
        {
            FixedTree.Add(lanes, i, A.Load<W>(ref y[i]), A.Load<W>(ref gradient[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromShares<W>(TScalar* y, TScalar* gradient, TScalar* result, nint from, nint to, double mean, double factor)
        where W : struct, IDoubleLanes<W>
    {
        W m = W.Broadcast(mean);
        W f = W.Broadcast(factor);
        for (nint i = from; i < to; i += W.Count)
        {
            A.Store(f * A.Load<W>(ref y[i]) * (A.Load<W>(ref gradient[i]) - m), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract<W>(TScalar* x, TScalar* result, nint from, nint to, double high, double low)
        where W : struct, IDoubleLanes<W>
    {
        W h = W.Broadcast(high);
        W l = W.Broadcast(low);
        for (nint i = from; i < to; i += W.Count)
        {
            A.Store(A.Load<W>(ref x[i]) - h - l, ref result[i]);
        }
    }
}
