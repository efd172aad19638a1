using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>
/// The loops over spans; they stand here once and are compiled for each formula, number type and pass. A tail shorter than a register is
/// copied into one, so that every element goes through the same arithmetic.
/// </summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <typeparam name="T">The number type, a register.</typeparam>
/// <typeparam name="TScalar">What memory holds.</typeparam>
internal static unsafe class ElementwiseLoops<TFormula, T, TScalar>
    where TFormula : struct, IElementwiseFormula
    where T : struct, IReal<T>, IRegister<T, TScalar>
    where TScalar : unmanaged
{
    /// <summary>One pass over the elements: what is stored for a register of inputs.</summary>
    internal interface IPass
    {
        static abstract T Apply(T x, T gradient, P<T> p);
    }

    /// <summary>Runs a pass; <paramref name="gradient"/> is null where the pass has none.</summary>
    public static void Run<TPass>(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        nint whole = length - (length % T.Count);
        if (sources.AnyPerElement)
        {
            WithParameters<TPass>(x, gradient == null ? x : gradient, result, whole, sources);
        }
        else if (gradient == null)
        {
            WithoutGradient<TPass>(x, result, whole, sources.At<T>(0));
        }
        else
        {
            WithGradient<TPass>(x, gradient, result, whole, sources.At<T>(0));
        }

        if (whole < length)
        {
            Tail<TPass>(x + whole, gradient == null ? null : gradient + whole, result + whole, length - whole, sources.From(whole));
        }
    }

    // One loop to a method: the compiler's budget for inlining is one method's, and a formula with its derivative needs it all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithoutGradient<TPass>(TScalar* x, TScalar* result, nint length, P<T> p)
        where TPass : struct, IPass
    {
        for (nint i = 0; i < length; i += T.Count)
        {
            T.Store(TPass.Apply(T.Load(ref x[i]), default, p), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithGradient<TPass>(TScalar* x, TScalar* gradient, TScalar* result, nint length, P<T> p)
        where TPass : struct, IPass
    {
        for (nint i = 0; i < length; i += T.Count)
        {
            T.Store(TPass.Apply(T.Load(ref x[i]), T.Load(ref gradient[i]), p), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithParameters<TPass>(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        for (nint i = 0; i < length; i += T.Count)
        {
            T.Store(TPass.Apply(T.Load(ref x[i]), T.Load(ref gradient[i]), sources.At<T>(i)), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail<TPass>(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        // Room for the register of every operand; parameters of one value each need none.
        TScalar* padded = stackalloc TScalar[T.Count * 6];
        for (nint i = 0; i < length; i++)
        {
            padded[i] = x[i];
            if (gradient != null)
            {
                padded[T.Count + i] = gradient[i];
            }
        }

        ParameterSources<TScalar> inRegister = sources.Padded(padded + (2 * T.Count), T.Count, length);
        T.Store(TPass.Apply(T.Load(ref padded[0]), T.Load(ref padded[T.Count]), inRegister.At<T>(0)), ref padded[0]);
        for (nint i = 0; i < length; i++)
        {
            result[i] = padded[i];
        }
    }

    /// <summary>The function.</summary>
    internal readonly struct Forward : IPass
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply(T x, T gradient, P<T> p) => TFormula.HasAsymptotes
            ? T.AtLimit(x, TFormula.Value(T.Finite(x), p))
            : T.KeepNaN(x, TFormula.Value(x, p));
    }

    /// <summary>The gradient of the outputs times the derivative.</summary>
    internal readonly struct Backward : IPass
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply(T x, T gradient, P<T> p)
        {
            Dual<T> value = TFormula.Value(
                Dual<T>.Variable(TFormula.HasAsymptotes ? T.Finite(x) : x),
                new P<Dual<T>>(Dual<T>.Fixed(p.First), Dual<T>.Fixed(p.Second), Dual<T>.Fixed(p.Third), Dual<T>.Fixed(p.Fourth)));
            return T.KeepNaN(x, gradient * value.Slope);
        }
    }

    /// <summary>The gradient of the outputs times the derivative by one parameter.</summary>
    /// <typeparam name="TIndex">Which parameter.</typeparam>
    internal readonly struct ByParameter<TIndex> : IPass
        where TIndex : struct, IParameterIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply(T x, T gradient, P<T> p)
        {
            Dual<T> value = TFormula.Value(
                Dual<T>.Fixed(TFormula.HasAsymptotes ? T.Finite(x) : x),
                new P<Dual<T>>(One(p.First, 0), One(p.Second, 1), One(p.Third, 2), One(p.Fourth, 3)));
            // Unlike the derivative by x, the one by a parameter may grow with x, as a value does.
            return gradient * (TFormula.HasAsymptotes ? T.AtLimit(x, value.Slope) : T.KeepNaN(x, value.Slope));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Dual<T> One(T value, int index) => index == TIndex.Index ? Dual<T>.Variable(value) : Dual<T>.Fixed(value);
    }
}
