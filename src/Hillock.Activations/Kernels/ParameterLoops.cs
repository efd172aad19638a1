using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>
/// The loops that give the gradient by a parameter, alone or together with that by the inputs: for each element, or its sum in the sixteen lanes of a
/// <see cref="FixedTree"/>, whose bits do not depend on the width of the register.
/// </summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <typeparam name="T">The number type, a register.</typeparam>
/// <typeparam name="TScalar">What memory holds.</typeparam>
/// <typeparam name="TSums">How such registers are summed.</typeparam>
internal static unsafe class ParameterLoops<TFormula, T, TScalar, TSums>
    where TFormula : struct, IElementwiseFormula
    where T : struct, IReal<T>, IRegister<T, TScalar>
    where TScalar : unmanaged
    where TSums : struct, IRegisterSums<T>
{
    /// <summary>One pass over the elements.</summary>
    internal interface IPass
    {
        /// <summary>Whether it gives gradients by the inputs.</summary>
        static abstract bool ByInputs { get; }

        /// <summary>The gradients by a register of inputs, and by the parameter.</summary>
        static abstract T Apply(T x, T gradient, P<T> p, out T byParameter);
    }

    /// <summary>Runs a pass.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="gradient">The gradients by the outputs.</param>
    /// <param name="result">Receives the gradients by the inputs, where the pass has them.</param>
    /// <param name="contributions">Receives the gradient by the parameter for each element; null where the sum is asked for.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="sources">The parameters.</param>
    /// <returns>The sum; 0 where there are contributions.</returns>
    public static double Run<TPass>(TScalar* x, TScalar* gradient, TScalar* result, TScalar* contributions, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        double* lanes = stackalloc double[FixedTree.Lanes];
        new Span<double>(lanes, FixedTree.Lanes).Clear();
        nint whole = length - (length % T.Count);
        if (sources.AnyPerElement)
        {
            WithParameters<TPass>(x, gradient, result, contributions, lanes, whole, sources);
        }
        else
        {
            WithConstants<TPass>(x, gradient, result, contributions, lanes, whole, sources);
        }

        if (whole < length)
        {
            Tail<TPass>(x, gradient, result, contributions, lanes, whole, length, sources);
        }

        return TSums.Fold(lanes);
    }

    // As in ElementwiseLoops, one loop to a method. Where a register holds as many elements as there are lanes, they stay in one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WithConstants<TPass>(
        TScalar* x, TScalar* gradient, TScalar* result, TScalar* contributions, double* lanes, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        P<T> p = sources.Few<T>(0);
        T sum = T.Constant(0);
        for (nint i = 0; i < length; i += T.Count)
        {
            T byInput = TPass.Apply(T.Load(ref x[i]), T.Load(ref gradient[i]), p, out T byParameter);
            if (TPass.ByInputs)
            {
                T.Store(byInput, ref result[i]);
            }

            if (contributions != null)
            {
                T.Store(byParameter, ref contributions[i]);
            }
            else if (T.Count == FixedTree.Lanes)
            {
                sum += byParameter;
            }
            else
            {
                TSums.Add(lanes, i, byParameter);
            }
        }

        if (T.Count == FixedTree.Lanes)
        {
            TSums.Add(lanes, 0, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WithParameters<TPass>(
        TScalar* x, TScalar* gradient, TScalar* result, TScalar* contributions, double* lanes, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        for (nint i = 0; i < length; i += T.Count)
        {
            T byInput = TPass.Apply(T.Load(ref x[i]), T.Load(ref gradient[i]), sources.Few<T>(i), out T byParameter);
            if (TPass.ByInputs)
            {
                T.Store(byInput, ref result[i]);
            }

            if (contributions != null)
            {
                T.Store(byParameter, ref contributions[i]);
            }
            else
            {
                TSums.Add(lanes, i, byParameter);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail<TPass>(
        TScalar* x, TScalar* gradient, TScalar* result, TScalar* contributions, double* lanes, nint start, nint end, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        TScalar* memory = stackalloc TScalar[T.Count * TailRegisters<T, TScalar>.Count];
        TailRegisters<T, TScalar> tail = new(memory, x, gradient, start, end);
        T byInput = TPass.Apply(tail.X, tail.Gradient, sources.AtTail<T>(start, end - start, tail.Room), out T byParameter);
        if (TPass.ByInputs)
        {
            tail.Write(byInput, result);
        }

        if (contributions != null)
        {
            tail.Write(byParameter, contributions);
        }
        else
        {
            TSums.Add(lanes, start, tail.Inside(byParameter));
        }
    }

    /// <summary>The gradient by a parameter.</summary>
    /// <typeparam name="TIndex">Which parameter.</typeparam>
    internal readonly struct Alone<TIndex> : IPass
        where TIndex : struct, IParameterIndex
    {
        public static bool ByInputs => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply(T x, T gradient, P<T> p, out T byParameter)
        {
            Dual<T> value = TFormula.Value(
                Dual<T>.Fixed(TFormula.InfinitiesAsLimits ? T.Finite(x, TFormula.Degree) : x),
                FewParameters.By<T, TIndex>(p));
            byParameter = gradient * AtLimit(x, value.Slope);
            return default;
        }
    }

    /// <summary>The gradient by a parameter and that by the inputs, of one evaluation of the formula.</summary>
    /// <typeparam name="TIndex">Which parameter.</typeparam>
    internal readonly struct Joint<TIndex> : IPass
        where TIndex : struct, IParameterIndex
    {
        public static bool ByInputs => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply(T x, T gradient, P<T> p, out T byParameter)
        {
            Gradient<T> value = TFormula.Value(
                Gradient<T>.Argument(TFormula.InfinitiesAsLimits ? T.Finite(x, TFormula.Degree) : x),
                FewParameters.Beside<T, TIndex>(p));
            byParameter = gradient * AtLimit(x, value.ByParameter);
            return T.KeepNaN(x, gradient * value.ByArgument);
        }
    }

    /// <summary>Unlike the derivative by x, the one by a parameter may grow with x, as a value does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AtLimit(T x, T slope) => TFormula.InfinitiesAsLimits ? T.AtLimit(x, slope, TFormula.Degree) : T.KeepNaN(x, slope);
}
