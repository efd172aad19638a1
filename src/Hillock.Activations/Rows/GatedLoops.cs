using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>
/// The loops of gated units a·f(b), f being an element-wise formula evaluated in its own registers and the product in them too, so that one rounding ends
/// all. Every length is a multiple of the register's.
/// </summary>
/// <typeparam name="TGate">The formula f.</typeparam>
/// <typeparam name="T">The number type, a register.</typeparam>
/// <typeparam name="TScalar">What memory holds.</typeparam>
internal static unsafe class GatedLoops<TGate, T, TScalar>
    where TGate : struct, IElementwiseFormula
    where T : struct, IReal<T>, IRegister<T, TScalar>
    where TScalar : unmanaged
{
    /// <summary>Where the parameters of a register of outputs come from.</summary>
    private interface IParameters
    {
        P<T> At(nint index);
    }

    /// <summary>y = a·f(b).</summary>
    public static void Forward(TScalar* a, TScalar* b, TScalar* y, nint length, ParameterSources<TScalar> sources)
    {
        if (sources.AnyPerElement)
        {
            Forward(a, b, y, length, new Varying(sources));
        }
        else
        {
            Forward(a, b, y, length, new Same(sources.Few<T>(0)));
        }
    }

    /// <summary>da = g·f(b), db = g·a·f′(b).</summary>
    public static void Backward(TScalar* a, TScalar* b, TScalar* g, TScalar* da, TScalar* db, nint length, ParameterSources<TScalar> sources)
    {
        if (sources.AnyPerElement)
        {
            Backward(a, b, g, da, db, length, new Varying(sources));
        }
        else
        {
            Backward(a, b, g, da, db, length, new Same(sources.Few<T>(0)));
        }
    }

    /// <summary>contribution = g·a·∂f(b)/∂p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByParameter(
        TScalar* a, TScalar* b, TScalar* g, TScalar* contribution, nint length, ParameterSources<TScalar> sources, int parameter)
    {
        T first = T.Constant(parameter == 0 ? 1 : 0);
        T second = T.Constant(parameter == 1 ? 1 : 0);
        T third = T.Constant(parameter == 2 ? 1 : 0);
        T fourth = T.Constant(parameter == 3 ? 1 : 0);
        for (nint i = 0; i < length; i += T.Count)
        {
            P<T> p = sources.Few<T>(i);
            T x = T.Load(ref b[i]);
            Dual<T> value = TGate.Value(
                Dual<T>.Fixed(T.Finite(x)),
                new P<Dual<T>>(new(p.First, first), new(p.Second, second), new(p.Third, third), new(p.Fourth, fourth)));
            T.Store(T.Load(ref g[i]) * T.Load(ref a[i]) * AtInfinity(x, T.AtLimit(x, value.Slope)), ref contribution[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TParameters>(TScalar* a, TScalar* b, TScalar* y, nint length, TParameters parameters)
        where TParameters : struct, IParameters
    {
        for (nint i = 0; i < length; i += T.Count)
        {
            T x = T.Load(ref b[i]);
            T value = T.AtLimit(x, TGate.Value(T.Finite(x), parameters.At(i)));
            T.Store(T.Load(ref a[i]) * AtInfinity(x, value), ref y[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TParameters>(TScalar* a, TScalar* b, TScalar* g, TScalar* da, TScalar* db, nint length, TParameters parameters)
        where TParameters : struct, IParameters
    {
        for (nint i = 0; i < length; i += T.Count)
        {
            P<T> p = parameters.At(i);
            T x = T.Load(ref b[i]);
            Dual<T> value = TGate.Value(
                Dual<T>.Variable(T.Finite(x)),
                new P<Dual<T>>(Dual<T>.Fixed(p.First), Dual<T>.Fixed(p.Second), Dual<T>.Fixed(p.Third), Dual<T>.Fixed(p.Fourth)));
            T gradient = T.Load(ref g[i]);
            T slope = T.KeepNaN(x, value.Slope);
            T open = gradient * AtInfinity(x, T.AtLimit(x, value.Value));
            T.Store(gradient * T.Load(ref a[i]) * slope, ref db[i]);
            T.Store(open, ref da[i]);
        }
    }

    /// <summary>
    /// A value that is large at infinity stands for ∞ and is rounded to it when stored; here it is multiplied first, and must be ∞ before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AtInfinity(T x, T value)
    {
        T magnitude = T.Abs(x);
        T limit = T.IfPositive(T.Abs(value) - T.Constant(1e30), value * magnitude, value);
        return T.IfPositive(magnitude - T.Constant(double.MaxValue), limit, value);
    }

    /// <summary>One value for all outputs.</summary>
    private readonly struct Same(P<T> p) : IParameters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public P<T> At(nint index) => p;
    }

    /// <summary>A value for each output.</summary>
    private readonly struct Varying(ParameterSources<TScalar> sources) : IParameters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public P<T> At(nint index) => sources.Few<T>(index);
    }
}
