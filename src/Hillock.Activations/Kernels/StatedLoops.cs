using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>The loops over formulas of many parameters, which state the derivatives by all of them: <see cref="IElementwiseFormula.ByParameters{T}"/>.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <typeparam name="T">The number type, a register.</typeparam>
/// <typeparam name="TScalar">What memory holds.</typeparam>
/// <typeparam name="TSums">How such registers are summed.</typeparam>
internal static unsafe class StatedLoops<TFormula, T, TScalar, TSums>
    where TFormula : struct, IElementwiseFormula
    where T : struct, IReal<T>, IRegister<T, TScalar>
    where TScalar : unmanaged
    where TSums : struct, IRegisterSums<T>
{
    /// <summary>Computes the gradient by one parameter for each element, or the sums of those by all.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="gradient">The gradients by the outputs.</param>
    /// <param name="contributions">Receives the gradients by a parameter; null where sums are asked for.</param>
    /// <param name="parameter">The parameter whose gradients are asked for.</param>
    /// <param name="sums">Receives the sums.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="sources">The parameters.</param>
    public static void Run(
        TScalar* x, TScalar* gradient, TScalar* contributions, int parameter, Span<double> sums, nint length, ParameterSources<TScalar> sources)
    {
        double* lanes = stackalloc double[sums.Length * FixedTree.Lanes];
        new Span<double>(lanes, sums.Length * FixedTree.Lanes).Clear();
        nint whole = length - (length % T.Count);
        if (sources.AnyPerElement)
        {
            WithParameters(x, gradient, contributions, parameter, lanes, sums.Length, whole, sources);
        }
        else
        {
            WithConstants(x, gradient, contributions, parameter, lanes, sums.Length, whole, sources);
        }

        if (whole < length)
        {
            Tail(x, gradient, contributions, parameter, lanes, sums.Length, whole, length, sources);
        }

        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] = TSums.Fold(lanes + (k * FixedTree.Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WithConstants(
        TScalar* x, TScalar* gradient, TScalar* contributions, int parameter, double* lanes, int count, nint length, ParameterSources<TScalar> sources)
    {
        SlopeRoom room = default;
        Span<T> slopes = room;
        P<T> p = sources.Many<T>(0);
        for (nint i = 0; i < length; i += T.Count)
        {
            T argument = T.Load(ref x[i]);
            Compute(argument, p, slopes);
            Write(argument, T.Load(ref gradient[i]), slopes, contributions, parameter, lanes, count, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WithParameters(
        TScalar* x, TScalar* gradient, TScalar* contributions, int parameter, double* lanes, int count, nint length, ParameterSources<TScalar> sources)
    {
        SlopeRoom room = default;
        Span<T> slopes = room;
        for (nint i = 0; i < length; i += T.Count)
        {
            T argument = T.Load(ref x[i]);
            Compute(argument, sources.Many<T>(i), slopes);
            Write(argument, T.Load(ref gradient[i]), slopes, contributions, parameter, lanes, count, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(
        T x, T gradient, Span<T> slopes, TScalar* contributions, int parameter, double* lanes, int count, nint index)
    {
        if (contributions != null)
        {
            T.Store(gradient * AtLimit(x, slopes[parameter]), ref contributions[index]);
            return;
        }

        for (int k = 0; k < count; k++)
        {
            TSums.Add(lanes + (k * FixedTree.Lanes), index, gradient * AtLimit(x, slopes[k]));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail(
        TScalar* x, TScalar* gradient, TScalar* contributions, int parameter, double* lanes, int count, nint start, nint end, ParameterSources<TScalar> sources)
    {
        TScalar* memory = stackalloc TScalar[T.Count * TailRegisters<T, TScalar>.Count];
        TailRegisters<T, TScalar> tail = new(memory, x, gradient, start, end);
        SlopeRoom room = default;
        Span<T> slopes = room;
        Compute(tail.X, sources.AtTail<T>(start, end - start, tail.Room), slopes);
        if (contributions != null)
        {
            tail.Write(tail.Gradient * AtLimit(tail.X, slopes[parameter]), contributions);
            return;
        }

        for (int k = 0; k < count; k++)
        {
            TSums.Add(lanes + (k * FixedTree.Lanes), start, tail.Inside(tail.Gradient * AtLimit(tail.X, slopes[k])));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compute(T x, P<T> p, Span<T> slopes) =>
        TFormula.ByParameters(TFormula.InfinitiesAsLimits ? T.Finite(x, TFormula.Degree) : x, p, slopes);

    /// <summary>As in <see cref="ParameterLoops{TFormula, T, TScalar, TSums}"/>: the derivative by a parameter may grow with x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AtLimit(T x, T slope) => TFormula.InfinitiesAsLimits ? T.AtLimit(x, slope, TFormula.Degree) : T.KeepNaN(x, slope);

    /// <summary>Room for the derivatives by all parameters.</summary>
    [InlineArray(ActivationArguments<float>.MaximumCount)]
    private struct SlopeRoom
    {
        private T _first;
    }
}
