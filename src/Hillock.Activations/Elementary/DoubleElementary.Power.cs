using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>Powers.</content>
internal static partial class DoubleElementary<V>
{
    /// <summary>2/3 less its double.</summary>
    private const double TwoThirdsLow = 3.700743415417188e-17;

    /// <summary>x^y for x between 0 and ∞: e^(y·ln x) with the logarithm in two doubles, because the exponential multiplies its error by up to 745.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V PowerOfPositive(in V x, in V y)
    {
        V log = LogPair(x, out V logLow);
        V exponent = y * log;
        V rest = V.MultiplyAdd(y, log, -exponent) + (y * logLow);
        V high = ExpOfSum(exponent, rest, out V scale, out V scaleAgain, out V low);
        return (high + low) * scale * scaleAgain;
    }

    /// <summary>ln x as a double and the rest of some ten bits more; x is between 0 and ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogPair(V x, out V low)
    {
        V one = V.Broadcast(1);
        V tiny = V.Broadcast(2.2250738585072014e-308);
        V lifted = V.IfGreater(tiny, x, x * V.Broadcast(18014398509481984.0), x);
        V m = V.SplitExponent(lifted, out V exponent);
        exponent = V.IfGreater(tiny, x, exponent - V.Broadcast(54), exponent);

        // ln m = 2s + s³·(2/3 + z·R(z)) with s = (m - 1)/(m + 1) and z = s²; m - 1 is exact.
        V f = m - one;
        V sum = m + one;
        V s = f / sum;
        V sLow = (V.MultiplyAdd(-s, sum, f) - (s * SumLost(m, one, sum))) / sum;
        V z = s * s;
        V zLow = V.MultiplyAdd(s, s, -z) + (V.Broadcast(2) * s * sLow);
        V twoThirds = V.Broadcast(0.6666666666666666);
        V factor = z * twoThirds;
        V factorLow = V.MultiplyAdd(z, twoThirds, -factor) + (z * V.Broadcast(TwoThirdsLow)) + (zLow * twoThirds)
            + (z * z * ArtanhRest(z));

        // Of 2/3 + z·R(z) the constant is exact in two doubles, and the rest small enough for one.
        V cubic = s * factor;
        V cubicLow = V.MultiplyAdd(s, factor, -cubic) + (s * factorLow) + (sLow * factor);
        V linear = V.Broadcast(2) * s;
        V small = linear + cubic;
        V smallLow = SumLost(linear, cubic, small) + cubicLow + (V.Broadcast(2) * sLow);

        V large = exponent * V.Broadcast(Ln2High);
        V largeLow = V.MultiplyAdd(exponent, V.Broadcast(Ln2High), -large) + (exponent * V.Broadcast(Ln2Low));
        V high = large + small;
        low = SumLost(large, small, high) + largeLow + smallLow;
        return high;
    }
}
