using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>
/// The loops of the functions with exponentials. Registers take the bulk of a row and a scalar twin, whose arithmetic is the same, what is left: every element
/// goes to its lane of the fixed tree, whatever the width.
/// </summary>
/// <typeparam name="A">The arithmetic.</typeparam>
/// <typeparam name="V">The registers.</typeparam>
/// <typeparam name="TScalar">float or double.</typeparam>
internal static unsafe class ExponentialLoops<A, V, TScalar>
    where A : struct, IRowArithmetic<TScalar>
    where V : struct, IDoubleLanes<V>
    where TScalar : unmanaged
{
    /// <summary>Writes e^(x - maximum) into the room.</summary>
    /// <returns>The sum.</returns>
    public static double Sum(TScalar* x, nint length, double maximum, double* room)
    {
        double* lanes = stackalloc double[FixedTree.CompensatedLanes];
        Clear(lanes, FixedTree.CompensatedLanes);
        nint whole = length - (length % V.Count);
        Sum<V>(x, 0, whole, maximum, room, lanes);
        if (whole < length)
        {
            Sum<DoubleLanes1>(x, whole, length, maximum, room, lanes);
        }

        return Fold(lanes);
    }

    /// <summary>Writes e^(x - maximum) into the room, and sums them times the gradient too.</summary>
    /// <returns>The sum.</returns>
    public static double SumWithGradient(TScalar* x, TScalar* gradient, nint length, double maximum, double* room, out double weighted)
    {
        double* lanes = stackalloc double[FixedTree.CompensatedLanes + FixedTree.Lanes];
        Clear(lanes, FixedTree.CompensatedLanes + FixedTree.Lanes);
        nint whole = length - (length % V.Count);
        SumWithGradient<V>(x, gradient, 0, whole, maximum, room, lanes);
        if (whole < length)
        {
            SumWithGradient<DoubleLanes1>(x, gradient, whole, length, maximum, room, lanes);
        }

        weighted = FixedTree.Fold(lanes + FixedTree.CompensatedLanes);
        return Fold(lanes);
    }

    /// <summary>ln Σe^(x - maximum) by ln(1 + s), where the 1 is the term of the maximum, so that s keeps its digits beside it.</summary>
    public static double LogOfSum(TScalar* x, nint length, double maximum)
    {
        double* lanes = stackalloc double[FixedTree.CompensatedLanes + FixedTree.Lanes];
        Clear(lanes, FixedTree.CompensatedLanes + FixedTree.Lanes);
        nint whole = length - (length % V.Count);
        SumOthers<V>(x, 0, whole, maximum, lanes);
        if (whole < length)
        {
            SumOthers<DoubleLanes1>(x, whole, length, maximum, lanes);
        }

        // Terms that stand for e^-∞ add up to less than any float shows.
        double others = Fold(lanes);
        others = A.HasSpareDigits && others < 1e-200 ? 0 : others;
        double furtherMaxima = FixedTree.Fold(lanes + FixedTree.CompensatedLanes) - 1;
        DoubleLanes1.Store(DoubleElementary<DoubleLanes1>.Log1P(DoubleLanes1.Broadcast(others + furtherMaxima)), ref others);
        return others;
    }

    /// <summary>result = room / sum · factor.</summary>
    public static void Share(double* room, TScalar* result, nint length, double sum, double factor)
    {
        nint whole = length - (length % V.Count);
        Share<V>(room, result, 0, whole, sum, factor);
        Share<DoubleLanes1>(room, result, whole, length, sum, factor);
    }

    /// <summary>result = room / sum · (gradient - mean): the gradient by the scores.</summary>
    public static void ShareOfDifference(double* room, TScalar* gradient, TScalar* result, nint length, double sum, double mean)
    {
        nint whole = length - (length % V.Count);
        ShareOfDifference<V>(room, gradient, result, 0, whole, sum, mean);
        ShareOfDifference<DoubleLanes1>(room, gradient, result, whole, length, sum, mean);
    }

    /// <summary>result = gradient - room / sum · factor: the gradient by the scores of a logarithm.</summary>
    public static void LessShare(double* room, TScalar* gradient, TScalar* result, nint length, double sum, double factor)
    {
        nint whole = length - (length % V.Count);
        LessShare<V>(room, gradient, result, 0, whole, sum, factor);
        LessShare<DoubleLanes1>(room, gradient, result, whole, length, sum, factor);
    }

    /// <summary>result = gradient - e^y · factor.</summary>
    public static void LessExponential(TScalar* y, TScalar* gradient, TScalar* result, nint length, double factor)
    {
        nint whole = length - (length % V.Count);
        LessExponential<V>(y, gradient, result, 0, whole, factor);
        LessExponential<DoubleLanes1>(y, gradient, result, whole, length, factor);
    }

    private static double Fold(double* lanes) => A.HasSpareDigits ? FixedTree.Fold(lanes) : FixedTree.FoldCompensated(lanes, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(double* lanes, int count) => new Span<double>(lanes, count).Clear();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<W>(double* lanes, nint index, W terms)
        where W : struct, IDoubleLanes<W>
    {
        if (A.HasSpareDigits)
        {
            FixedTree.Add(lanes, index, terms);
        }
        else
        {
            FixedTree.AddCompensated(lanes, index, terms);
        }
    }

    // Where digits are to spare, a product with the reciprocal serves for the quotient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W Divide<W>(W dividend, W divisor, W reciprocal)
        where W : struct, IDoubleLanes<W> => A.HasSpareDigits ? dividend * reciprocal : dividend / divisor;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<W>(TScalar* x, nint from, nint to, double maximum, double* room, double* lanes)
        where W : struct, IDoubleLanes<W>
    {
        W m = W.Broadcast(maximum);
        for (nint i = from; i < to; i += W.Count)
        {
            W e = A.ExpOfDifference(A.Load<W>(ref x[i]), m);
            W.Store(e, ref room[i]);
            Add(lanes, i, e);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumWithGradient<W>(TScalar* x, TScalar* gradient, nint from, nint to, double maximum, double* room, double* lanes)
        where W : struct, IDoubleLanes<W>
    {
        W m = W.Broadcast(maximum);
        for (nint i = from; i < to; i += W.Count)
        {
            W e = A.ExpOfDifference(A.Load<W>(ref x[i]), m);
            W.Store(e, ref room[i]);
            Add(lanes, i, e);
            FixedTree.Add(lanes + FixedTree.CompensatedLanes, i, e, A.Load<W>(ref gradient[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOthers<W>(TScalar* x, nint from, nint to, double maximum, double* lanes)
        where W : struct, IDoubleLanes<W>
    {
        W m = W.Broadcast(maximum);
        W zero = W.Broadcast(0);
        for (nint i = from; i < to; i += W.Count)
        {
            W value = A.Load<W>(ref x[i]);
            W e = A.ExpOfDifference(value, m);
            Add(lanes, i, W.IfGreater(m, value, e, zero));
            FixedTree.Add(lanes + FixedTree.CompensatedLanes, i, W.IfGreater(m, value, zero, W.Broadcast(1)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Share<W>(double* room, TScalar* result, nint from, nint to, double sum, double factor)
        where W : struct, IDoubleLanes<W>
    {
        W divisor = W.Broadcast(sum);
        W reciprocal = W.Broadcast(1 / sum);
        W f = W.Broadcast(factor);
        for (nint i = from; i < to; i += W.Count)
        {
            A.Store(Divide(W.Load(ref room[i]), divisor, reciprocal) * f, ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ShareOfDifference<W>(double* room, TScalar* gradient, TScalar* result, nint from, nint to, double sum, double mean)
        where W : struct, IDoubleLanes<W>
    {
        W divisor = W.Broadcast(sum);
        W reciprocal = W.Broadcast(1 / sum);
        W m = W.Broadcast(mean);
        for (nint i = from; i < to; i += W.Count)
        {
            W y = Divide(W.Load(ref room[i]), divisor, reciprocal);
            A.Store(y * (A.Load<W>(ref gradient[i]) - m), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LessShare<W>(double* room, TScalar* gradient, TScalar* result, nint from, nint to, double sum, double factor)
        where W : struct, IDoubleLanes<W>
    {
        W divisor = W.Broadcast(sum);
        W reciprocal = W.Broadcast(1 / sum);
        W f = W.Broadcast(-factor);
        for (nint i = from; i < to; i += W.Count)
        {
            W y = Divide(W.Load(ref room[i]), divisor, reciprocal);
            A.Store(W.MultiplyAdd(y, f, A.Load<W>(ref gradient[i])), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LessExponential<W>(TScalar* y, TScalar* gradient, TScalar* result, nint from, nint to, double factor)
        where W : struct, IDoubleLanes<W>
    {
        W f = W.Broadcast(-factor);
        for (nint i = from; i < to; i += W.Count)
        {
            A.Store(W.MultiplyAdd(A.Exp(A.Load<W>(ref y[i])), f, A.Load<W>(ref gradient[i])), ref result[i]);
        }
    }
}
