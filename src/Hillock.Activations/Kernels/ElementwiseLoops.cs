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
            WithoutGradient<TPass>(x, result, whole, sources);
        }
        else
        {
            WithGradient<TPass>(x, gradient, result, whole, sources);
        }

        if (whole < length)
        {
            Tail<TPass>(x, gradient, result, whole, length, sources);
        }
    }

    // One loop to a method: the compiler's budget for inlining is one method's, and a formula with its derivative needs it all.
    // So a loop must not be inlined into its caller either, where the budget would be shared.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WithoutGradient<TPass>(TScalar* x, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        P<T> p = At(sources, 0);
        for (nint i = 0; i < length; i += T.Count)
        {
            T.Store(TPass.Apply(T.Load(ref x[i]), default, p), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WithGradient<TPass>(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        P<T> p = At(sources, 0);
        for (nint i = 0; i < length; i += T.Count)
        {
            T.Store(TPass.Apply(T.Load(ref x[i]), T.Load(ref gradient[i]), p), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WithParameters<TPass>(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        for (nint i = 0; i < length; i += T.Count)
        {
            T.Store(TPass.Apply(T.Load(ref x[i]), T.Load(ref gradient[i]), At(sources, i)), ref result[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static P<T> At(in ParameterSources<TScalar> sources, nint index) =>
        TFormula.HasManyParameters ? sources.Many<T>(index) : sources.Few<T>(index);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail<TPass>(TScalar* x, TScalar* gradient, TScalar* result, nint start, nint end, ParameterSources<TScalar> sources)
        where TPass : struct, IPass
    {
        // Room for the registers of input and gradient, and of one parameter after the other.
        TScalar* padded = stackalloc TScalar[T.Count * 3];
        for (nint i = start; i < end; i++)
        {
            padded[i - start] = x[i];
            if (gradient != null)
            {
                padded[T.Count + i - start] = gradient[i];
            }
        }

        P<T> p = sources.AtTail<T>(start, end - start, padded + (2 * T.Count));
        T.Store(TPass.Apply(T.Load(ref padded[0]), T.Load(ref padded[T.Count]), p), ref padded[0]);
        for (nint i = start; i < end; i++)
        {
            result[i] = padded[i - start];
        }
    }

    /// <summary>The function.</summary>
    internal readonly struct Forward : IPass
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply(T x, T gradient, P<T> p) => TFormula.InfinitiesAsLimits
            ? T.AtLimit(x, TFormula.Value(T.Finite(x, TFormula.Degree), p), TFormula.Degree)
            : T.KeepNaN(x, TFormula.Value(x, p));
    }

    /// <summary>The gradient of the outputs times the derivative.</summary>
    internal readonly struct Backward : IPass
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply(T x, T gradient, P<T> p)
        {
            T argument = TFormula.InfinitiesAsLimits ? T.Finite(x, TFormula.Degree) : x;
            T slope = TFormula.HasManyParameters
                ? TFormula.ByArgument(argument, p)
                : TFormula.Value(Dual<T>.Variable(argument), FewParameters.Fixed(p)).Slope;
            return T.KeepNaN(x, gradient * slope);
        }
    }

    /// <summary>The gradient of the outputs times the derivative, computed from the outputs.</summary>
    internal readonly struct BackwardFromOutput : IPass
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Apply(T x, T gradient, P<T> p) => T.KeepNaN(x, gradient * TFormula.SlopeOfOutput(x));
    }
}
