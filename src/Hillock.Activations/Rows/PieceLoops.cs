using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>The loops of the piecewise linear functions that lengthen or shorten a row: CReLU and maxout.</summary>
/// <typeparam name="A">The arithmetic.</typeparam>
/// <typeparam name="V">The registers.</typeparam>
/// <typeparam name="TScalar">float or double.</typeparam>
internal static unsafe class PieceLoops<A, V, TScalar>
    where A : struct, IRowArithmetic<TScalar>
    where V : struct, IDoubleLanes<V>
    where TScalar : unmanaged
{
    /// <summary>The positive parts of x, then its negative parts with the sign changed.</summary>
    public static void Split(TScalar* x, TScalar* result, nint length)
    {
        nint whole = length - (length % V.Count);
        Split<V>(x, result, result + length, 0, whole);
        Split<DoubleLanes1>(x, result, result + length, whole, length);
    }

    /// <summary>The gradient of <see cref="Split(TScalar*, TScalar*, nint)"/>.</summary>
    public static void Join(TScalar* x, TScalar* gradient, TScalar* result, nint length)
    {
        nint whole = length - (length % V.Count);
        Join<V>(x, gradient, gradient + length, result, 0, whole);
        Join<DoubleLanes1>(x, gradient, gradient + length, result, whole, length);
    }

    /// <summary>The greatest of every group of inputs, NaN if one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Greatest(TScalar* x, TScalar* result, nint groups, nint pieces)
    {
        for (nint group = 0; group < groups; group++)
        {
            RowLoops<A, V, TScalar>.Store(Greatest(x + (group * pieces), pieces), result + group);
        }
    }

    /// <summary>The gradient by the inputs of every group: all to the first of the greatest, 0 to the others; NaN to every input of a group with a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToGreatest(TScalar* x, TScalar* gradient, TScalar* result, nint groups, nint pieces)
    {
        for (nint group = 0; group < groups; group++)
        {
            TScalar* first = x + (group * pieces);
            TScalar* to = result + (group * pieces);
            double greatest = Greatest(first, pieces);
            if (double.IsNaN(greatest))
            {
                RowLoops<A, V, TScalar>.Fill(to, pieces, double.NaN);
                continue;
            }

            // Which input is the greatest is as good as random: bits are masked, since a branch would be mispredicted.
            long bits = BitConverter.DoubleToInt64Bits(RowLoops<A, V, TScalar>.Scalar(gradient + group));
            long open = -1;
            for (nint i = 0; i < pieces; i++)
            {
                long hit = open & -(RowLoops<A, V, TScalar>.Scalar(first + i) == greatest ? 1L : 0L);
                RowLoops<A, V, TScalar>.Store(BitConverter.Int64BitsToDouble(bits & hit), to + i);
                open &= ~hit;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Greatest(TScalar* x, nint pieces)
    {
        double greatest = RowLoops<A, V, TScalar>.Scalar(x);
        for (nint i = 1; i < pieces; i++)
        {
            greatest = Math.Max(greatest, RowLoops<A, V, TScalar>.Scalar(x + i));
        }

        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split<W>(TScalar* x, TScalar* positive, TScalar* negative, nint from, nint to)
        where W : struct, IDoubleLanes<W>
    {
        W zero = W.Broadcast(0);
        for (nint i = from; i < to; i += W.Count)
        {
            W value = A.Load<W>(ref x[i]);
            A.Store(W.KeepNaN(value, W.IfGreater(value, zero, value, zero)), ref positive[i]);
            A.Store(W.KeepNaN(value, W.IfGreater(zero, value, -value, zero)), ref negative[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join<W>(TScalar* x, TScalar* positive, TScalar* negative, TScalar* result, nint from, nint to)
        where W : struct, IDoubleLanes<W>
    {
        W zero = W.Broadcast(0);
        for (nint i = from; i < to; i += W.Count)
        {
            W value = A.Load<W>(ref x[i]);
            W slope = W.IfGreater(value, zero, A.Load<W>(ref positive[i]), W.IfGreater(zero, value, -A.Load<W>(ref negative[i]), zero));
            A.Store(W.KeepNaN(value, slope), ref result[i]);
        }
    }
}
