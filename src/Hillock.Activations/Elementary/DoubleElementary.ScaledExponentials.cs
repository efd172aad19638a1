using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>Exponentials of a product or a quotient, whose rounding they would multiply by its size: it comes along as a second double.</content>
internal static partial class DoubleElementary<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>factor·(e^z - 1) for z below 40, and slopeFactor·e^z, which is scaled last.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V TimesExpM1(in Pair<V> z, in V factor, in V slopeFactor, out V slope)
    {
        V rest = Remainder(z.Low);
        slope = Exponential.Of(z.High, rest).Times(slopeFactor);
        V minusOne = ExpM1Near(V.Max(z.High, V.Broadcast(FarLeft)), rest, out V lost);
        return V.CopySign((new Pair<V>(minusOne, lost) * factor).Rounded, z.High);
    }

    /// <summary>ln(1 + e^(beta·x))/beta; its derivative is σ(beta·x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V SoftPlusProduct(in V x, in V beta, out V slope)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Pair<V> z = Pair<V>.Product(beta, x);
        V rest = Remainder(z.Low);
        Exponential exp = Exponential.Of(-V.Abs(z.High), V.IfGreater(z.High, zero, -rest, rest));
        Pair<V> e = exp.Value;
        Pair<V> denominator = e + one;
        Pair<V> inverse = Pair<V>.Reciprocal(denominator);
        slope = V.IfGreater(z.High, zero, inverse.Rounded, exp.Times(inverse));

        // ln(1 + e) of both parts of e.
        Pair<V> log = new(Log1P(e.High), e.Low * inverse.High);
        Pair<V> inverseBeta = Pair<V>.Reciprocal(new(beta, zero));
        V value = ((log * inverseBeta) + V.Max(x, zero)).Rounded;
        return V.IfGreater(V.Broadcast(FarLeft), z.High, exp.Times(inverseBeta), value);
    }
}
