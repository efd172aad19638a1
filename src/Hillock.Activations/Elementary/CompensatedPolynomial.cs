using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>Polynomials as if computed with twice the digits and rounded once, however much their terms cancel.</summary>
/// <remarks>
/// What the products and the sums of Horner's scheme lose runs through a scheme of its own (Langlois and Louvet, How to ensure a faithful polynomial evaluation with the compensated
/// Horner algorithm, ARITH 2007). The method is not inlined, for the reason given at <see cref="DoubleElementary{V}"/>.
/// </remarks>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static class CompensatedPolynomial<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>c0 + c1·x + ... + c5·x⁵ and its derivative, whose coefficients in Horner's scheme are the steps of the polynomial's own.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Pair<V> OfDegreeFive(in V x, in V c0, in V c1, in V c2, in V c3, in V c4, in V c5, out Pair<V> slope)
    {
        V high = c5;
        V low = V.Broadcast(0);
        V slopeHigh = high;
        V slopeLow = low;
        Step(x, ref high, ref low, c4, low);
        Step(x, ref slopeHigh, ref slopeLow, high, low);
        Step(x, ref high, ref low, c3, V.Broadcast(0));
        Step(x, ref slopeHigh, ref slopeLow, high, low);
        Step(x, ref high, ref low, c2, V.Broadcast(0));
        Step(x, ref slopeHigh, ref slopeLow, high, low);
        Step(x, ref high, ref low, c1, V.Broadcast(0));
        Step(x, ref slopeHigh, ref slopeLow, high, low);
        Step(x, ref high, ref low, c0, V.Broadcast(0));
        slope = new(slopeHigh, slopeLow);
        return new(high, low);
    }

    /// <summary>(high + low)·x + c + cLow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(V x, ref V high, ref V low, V c, V cLow)
    {
        V product = high * x;
        V productLost = V.MultiplyAdd(high, x, -product);
        high = product + c;
        V back = high - c;
        V sumLost = (product - back) + (c - (high - back));
        low = V.MultiplyAdd(low, x, productLost + sumLost + cLow);
    }
}
