using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>
/// The elementary functions for double results: below 2 ULP. They also serve as the reference against which the float kernels are
/// proven, because they share no polynomial and no reduction with <see cref="SingleElementary{V}"/>; they themselves are checked
/// against values of arbitrary precision. Arguments are finite; NaN is the caller's matter.
/// </summary>
/// <remarks>
/// The polynomials come from <c>tools/coefficients.py</c>, with their errors. Each function is a method of its own that is not inlined: the compiler inlines so much
/// into one method and no more, and what is left over are calls for every single operation, a hundred times slower. Registers come by reference, since the copy
/// of one that is passed by value is made in halves and stalls the load of the whole.
/// </remarks>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static partial class DoubleElementary<V>
    where V : struct, IDoubleLanes<V>
{
    private const double Ln2High = 0.6931471805599453;
    private const double Ln2Low = 2.3190468138462996e-17;

    /// <summary>Where e^x is 0 even as a factor of the largest argument; the halves of its power of 2 are normal numbers.</summary>
    private const double LeastExponent = -1400;

    /// <summary>e^x; the scale is applied in two steps, so that subnormal results round once and large ones reach infinity.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Exp(in V x)
    {
        V high = ExpOfSum(x, V.Broadcast(0), out V scale, out V scaleAgain, out _);
        return high * scale * scaleAgain;
    }

    /// <summary>e^x - 1 = 2^k·(e^r - 1) + (2^k - 1), whose last term vanishes where k = 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V ExpM1(in V x, out V exp)
    {
        exp = Exp(x);
        V near = ExpM1Near(V.Max(x, V.Broadcast(-40)), out V lost) + lost;
        return V.CopySign(V.IfGreater(x, V.Broadcast(40), exp, near), x);
    }

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Log(in V x) => LogOfSum(x, V.Broadcast(0));

    /// <summary>ln(1 + x): by artanh near 0, elsewhere by the logarithm of the rounded sum with its rounding error added.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Log1P(in V x)
    {
        V one = V.Broadcast(1);
        V sum = one + x;
        return V.CopySign(V.IfGreater(V.Abs(x), V.Broadcast(0.25), LogOfSum(sum, SumLost(x, one, sum)), Log1PNear(x)), x);
    }

    /// <summary>max(x, 0) + ln(1 + e^(-|x|)).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V SoftPlus(in V x) => V.Max(x, V.Broadcast(0)) + Log1P(Exp(-V.Abs(x)));

    /// <summary>e^x - 1 for -80 ≤ x, below 40, with what the sum lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpM1Near(V x, out V lost) => ExpM1Near(x, V.Broadcast(0), out lost);

    /// <summary>e^(x + low) - 1 for -80 ≤ x, below 40, with what the sum lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpM1Near(V x, V low, out V lost)
    {
        V fraction = Reduce(V.Min(x, V.Broadcast(40)), low, out V shifted, out V fractionLost);
        V scale = V.PowerOfTwo(shifted);
        V offset = scale - V.Broadcast(1);
        V part = scale * fraction;
        V sum = offset + part;
        // The offset is 0 or the greater of the two; where the scale is tiny, it has lost some of that.
        lost = V.MultiplyAdd(scale, fractionLost, part - (sum - offset)) + (scale - (offset + V.Broadcast(1)));
        return sum;
    }

    /// <summary>
    /// e^(x + rest) for a rest far below x, as (high + low) times two powers of 2 that are normal numbers whatever the result: a Gaussian needs more
    /// digits in its argument than a double has.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfSum(V x, V rest, out V scale, out V scaleAgain, out V low)
    {
        x = V.Min(V.Max(x, V.Broadcast(LeastExponent)), V.Broadcast(710));
        V fraction = Reduce(x, rest, out V shifted, out V lost);
        V k = shifted - V.Broadcast(LaneConstants.Shift);
        // Halve k towards an integer by the same shift.
        V half = V.MultiplyAdd(k, V.Broadcast(0.5), V.Broadcast(LaneConstants.Shift));
        V otherHalf = (k - (half - V.Broadcast(LaneConstants.Shift))) + V.Broadcast(LaneConstants.Shift);
        scale = V.PowerOfTwo(half);
        scaleAgain = V.PowerOfTwo(otherHalf);
        V high = V.Broadcast(1) + fraction;
        low = fraction - (high - V.Broadcast(1)) + lost;
        return high;
    }

    /// <summary>e^r - 1 with x + low = k·ln 2 + r, |r| ≤ ½ ln 2, and what its last sum lost; k comes back added to the shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce(V x, V low, out V shifted, out V lost)
    {
        shifted = V.MultiplyAdd(x, V.Broadcast(1.4426950408889634), V.Broadcast(LaneConstants.Shift));
        V k = shifted - V.Broadcast(LaneConstants.Shift);
        // The first step is exact: the difference is a multiple of 2^-53 below ½ (Cody & Waite 1980, with a fused multiply-add).
        V high = V.MultiplyAdd(k, V.Broadcast(-Ln2High), x);
        V correction = V.MultiplyAdd(k, V.Broadcast(-Ln2Low), low);
        V r = high + correction;

        // (e^r - 1 - r)/r² on |r| ≤ ½ ln 2, error 2^-59.3, which r² makes 2^-62.
        V q = V.MultiplyAdd(V.Broadcast(2.0914686968086876e-09), r, V.Broadcast(2.5105217004720745e-08));
        q = V.MultiplyAdd(q, r, V.Broadcast(2.75572736431103e-07));
        q = V.MultiplyAdd(q, r, V.Broadcast(2.7557255400206422e-06));
        q = V.MultiplyAdd(q, r, V.Broadcast(2.4801587325547743e-05));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.00019841269874820627));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.0013888888888883748));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.008333333333326136));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.04166666666666667));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.1666666666666667));
        q = V.MultiplyAdd(q, r, V.Broadcast(0.5));

        // r lost the bits of the correction below its last place; they are added to the small term.
        V small = V.MultiplyAdd(q, r * r, correction - (r - high));
        V fraction = small + r;
        lost = small - (fraction - r);
        return fraction;
    }

    /// <summary>ln(x + low) for a low part far below x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfSum(V x, V low)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        // Subnormals are lifted by 2^54 first.
        V tiny = V.Broadcast(2.2250738585072014e-308);
        V lifted = V.IfGreater(tiny, x, x * V.Broadcast(18014398509481984.0), x);
        V m = V.SplitExponent(lifted, out V exponent);
        exponent = V.IfGreater(tiny, x, exponent - V.Broadcast(54), exponent);

        // m - 1 is exact; ln m = f - f²/2 + s(f²/2 + R) with s = f/(2 + f), R = z·p(z): the sum in falling size (as in fdlibm's analysis).
        V f = m - one;
        V s = f / (V.Broadcast(2) + f);
        V halfSquare = V.Broadcast(0.5) * (f * f);
        V z = s * s;
        V remainder = z * ArtanhTail(z);
        V small = V.MultiplyAdd(exponent, V.Broadcast(Ln2Low), low / x);
        V tail = V.MultiplyAdd(s, halfSquare + remainder, small);
        V y = V.MultiplyAdd(exponent, V.Broadcast(Ln2High), f - (halfSquare - tail));
        y = V.IfGreater(x, V.Broadcast(double.MaxValue), x, y);
        return V.IfGreater(x, zero, y, V.IfGreater(zero, x, V.Broadcast(double.NaN), V.Broadcast(double.NegativeInfinity)));
    }

    /// <summary>ln(1 + f) for |f| ≤ ½ without forming 1 + f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log1PNear(V f)
    {
        V s = f / (V.Broadcast(2) + f);
        V halfSquare = V.Broadcast(0.5) * (f * f);
        V z = s * s;
        return f - (halfSquare - s * V.MultiplyAdd(z, ArtanhTail(z), halfSquare));
    }

    /// <summary>(2·artanh(s)/s - 2)/z in z = s² on [0, 1/9], error 2^-58.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ArtanhTail(V z) => V.MultiplyAdd(ArtanhRest(z), z, V.Broadcast(0.6666666666666666));

    /// <summary>The same less its constant 2/3, over z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ArtanhRest(V z)
    {
        V p = V.MultiplyAdd(V.Broadcast(0.1563057780092285), z, V.Broadcast(0.07492143795550767));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.10845178394880015));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.11734279061303197));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.13335178631449257));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.1538454396486055));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.18181819897962714));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.2222222219823677));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.285714285716001));
        return V.MultiplyAdd(p, z, V.Broadcast(0.39999999999999525));
    }

    /// <summary>What rounding left + right to their sum lost (Knuth's two-sum).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SumLost(V left, V right, V sum)
    {
        V back = sum - right;
        return (left - back) + (right - (sum - back));
    }
}
