using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>
/// The elementary functions for float results, evaluated in double lanes: relative errors near 2^-32, so that a result
/// rounded once to float is within 0.51 ULP, and formulas composed of them stay accurate where float arithmetic would
/// cancel, overflow or flush. Arguments are floats, or finite numbers up to 2^200 that stand for infinities; NaN is the
/// caller's matter.
/// </summary>
/// <remarks>
/// The polynomials are Chebyshev interpolants on the ranges named beside them; <c>tools/coefficients.py</c> computes them
/// with 60 digits and prints their errors.
/// </remarks>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static partial class SingleElementary<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        V fraction = Reduce(x, out V scale);
        return V.MultiplyAdd(scale, fraction, scale);
    }

    /// <summary>e^x - 1; where k = 0 the scale is 1 and the sum below is the fraction itself, accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1(V x, out V exp)
    {
        V fraction = Reduce(x, out V scale);
        exp = V.MultiplyAdd(scale, fraction, scale);
        return V.CopySign(V.MultiplyAdd(scale, fraction, scale - V.Broadcast(1)), x);
    }

    /// <summary>ln x; every positive float is a normal double, so no subnormal needs care.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        V m = V.SplitExponent(x, out V exponent);
        V y = V.MultiplyAdd(exponent, V.Broadcast(0.6931471805599453), TwiceArtanh((m - one) / (m + one)));
        // ln ∞ is ∞, ln 0 is -∞; negative numbers have no logarithm.
        y = V.IfGreater(x, V.Broadcast(double.MaxValue), x, y);
        return V.IfGreater(x, zero, y, V.IfGreater(zero, x, V.Broadcast(double.NaN), V.Broadcast(double.NegativeInfinity)));
    }

    /// <summary>ln(1 + x): by artanh where 1 + x needs no reduction, by ln elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1P(V x)
    {
        V near = TwiceArtanh(x / (x + V.Broadcast(2)));
        V far = Log(V.Broadcast(1) + x);
        return V.CopySign(V.IfGreater(V.Abs(x), V.Broadcast(0.25), far, near), x);
    }

    /// <summary>tanh from e = e^(-2|x|): (1 - e)/(1 + e); its derivative is 4e/(1 + e)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x, out V slope)
    {
        V minusOne = ExpM1(V.Broadcast(-2) * V.Abs(x), out V e);
        V reciprocal = V.Broadcast(1) / (V.Broadcast(2) + minusOne);
        slope = V.Broadcast(4) * e * (reciprocal * reciprocal);
        return V.CopySign(minusOne * reciprocal, x);
    }

    /// <summary>x - tanh x: a polynomial up to 1, where the difference would cancel; its derivative is tanh² x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanhShrink(V x, out V slope)
    {
        V tanh = Tanh(x, out _);
        slope = tanh * tanh;

        // (x - tanh x)/x³ in z = x² on [0, 1], error 2^-32.6.
        V z = x * x;
        V p = V.MultiplyAdd(V.Broadcast(4.846711195865875e-05), z, V.Broadcast(-0.00033768981029704557));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.001242157496259036));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.003478386489588535));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.00882625034385819));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.02186257538161619));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.05396759669145474));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.13333330899461984));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.3333333331834693));
        return V.IfGreater(V.Abs(x), V.Broadcast(1), x - tanh, p * z * x);
    }

    /// <summary>The logistic function from e = e^(-|x|); its derivative is e/(1 + e)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x, out V slope)
    {
        V e = Exp(-V.Abs(x));
        V reciprocal = V.Broadcast(1) / (V.Broadcast(1) + e);
        V other = e * reciprocal;
        slope = other * reciprocal;
        return V.IfGreater(x, V.Broadcast(0), reciprocal, other);
    }

    /// <summary>max(x, 0) + ln(1 + e^(-|x|)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SoftPlus(V x)
    {
        V e = Exp(-V.Abs(x));
        return V.Max(x, V.Broadcast(0)) + TwiceArtanh(e / (e + V.Broadcast(2)));
    }

    /// <summary>Φ(x) and the normal density; the square of a float is exact in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdf(V x, out V slope)
    {
        V gauss = Exp(V.Broadcast(-0.5) * (x * x));
        V tail = gauss * ScaledTail(V.Abs(x));
        slope = V.Broadcast(Constants.InverseSqrtTwoPi) * gauss;
        return V.IfGreater(x, V.Broadcast(0), V.Broadcast(1) - tail, tail);
    }

    /// <summary>erf: a polynomial up to 1, the complement of the tail beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x, out V slope)
    {
        V magnitude = V.Abs(x);
        V z = x * x;
        V gauss = Exp(-z);
        V tail = V.Broadcast(2) * gauss * ScaledTail(V.Broadcast(Constants.SqrtTwo) * magnitude);

        // erf(x)/x in z = x² on [0, 1], error 2^-34.8.
        V p = V.MultiplyAdd(V.Broadcast(-9.667044571486996e-06), z, V.Broadcast(0.00011265959025606609));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.0008484080405535107));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.005221031807858023));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.026865430727670243));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.11283782495236845));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.3761263846802871));
        p = V.MultiplyAdd(p, z, V.Broadcast(1.1283791670615435));
        slope = V.Broadcast(Constants.TwoOverSqrtPi) * gauss;
        return V.IfGreater(magnitude, V.Broadcast(1), V.CopySign(V.Broadcast(1) - tail, x), p * x);
    }

    /// <summary>erfc, accurate in its upper tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erfc(V x, out V slope)
    {
        V gauss = Exp(-(x * x));
        V tail = V.Broadcast(2) * gauss * ScaledTail(V.Broadcast(Constants.SqrtTwo) * V.Abs(x));
        slope = V.Broadcast(-Constants.TwoOverSqrtPi) * gauss;
        return V.IfGreater(x, V.Broadcast(0), tail, V.Broadcast(2) - tail);
    }

    /// <summary>
    /// tanh(ln(1 + w)) with w = e^x is n/(n + 2) with n = w(w + 2); its derivative by x is 4w(w + 1)/(n + 2)².
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanhSoftPlus(V x, out V slope)
    {
        // Beyond 170 the value is 1, and the slope below e^-340 is too small to matter even beside x = 2^200.
        V w = Exp(V.Min(x, V.Broadcast(170)));
        V n = w * (w + V.Broadcast(2));
        V reciprocal = V.Broadcast(1) / (n + V.Broadcast(2));
        slope = V.Broadcast(4) * (w * reciprocal) * ((w + V.Broadcast(1)) * reciprocal);
        return n * reciprocal;
    }

    /// <summary>
    /// e^x as <c>scale·(1 + fraction)</c> with scale = 2^k and fraction = e^r - 1, |r| ≤ ½ ln 2; x is clamped to where both
    /// are normal numbers, far outside the exponents of floats.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce(V x, out V scale)
    {
        x = V.Min(V.Max(x, V.Broadcast(-708)), V.Broadcast(709));
        V shifted = V.MultiplyAdd(x, V.Broadcast(1.4426950408889634), V.Broadcast(LaneConstants.Shift));
        V k = shifted - V.Broadcast(LaneConstants.Shift);
        // ln 2 in one piece: |k| ≤ 1023 leaves an error below 2^-44.
        V r = V.MultiplyAdd(k, V.Broadcast(-0.6931471805599453), x);
        scale = V.PowerOfTwo(shifted);

        // (e^r - 1 - r)/r² on |r| ≤ ½ ln 2, error 2^-29.4, which r² ≤ 0.121 makes 2^-32.5. Pairs first: a shorter chain.
        V r2 = r * r;
        V high = V.MultiplyAdd(V.Broadcast(0.00019890990824673654), r, V.Broadcast(0.0013933649996309251));
        V middle = V.MultiplyAdd(V.Broadcast(0.0083333109254809), r, V.Broadcast(0.041666464925285904));
        V low = V.MultiplyAdd(V.Broadcast(0.16666666681623232), r, V.Broadcast(0.500000001346581));
        V q = V.MultiplyAdd(V.MultiplyAdd(high, r2, middle), r2, low);
        return V.MultiplyAdd(q, r2, r);
    }

    /// <summary>2·artanh(s) = ln((1 + s)/(1 - s)) for |s| ≤ 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TwiceArtanh(V s)
    {
        // (2·artanh(s)/s - 2)/s² in z = s² on [0, 1/9], error 2^-32.3, which z makes 2^-35.5.
        V z = s * s;
        V p = V.MultiplyAdd(V.Broadcast(0.20787616855746752), z, V.Broadcast(0.17464702465440773));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.22264711209001325));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.2857030572188366));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.4000001076994966));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.6666666665002361));
        return V.MultiplyAdd(p * z, s, s + s);
    }

    /// <summary>e^(½x²)·Φ(-x) for x ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledTail(V x)
    {
        // u·P(2u - 1) with u = 4/(x + 4) for x ≤ 14.5, relative error 2^-34; beyond, every float result is 0 or 1.
        V u = V.Broadcast(4) / (x + V.Broadcast(4));
        V v = V.MultiplyAdd(V.Broadcast(2), u, V.Broadcast(-1));
        V p = V.MultiplyAdd(V.Broadcast(-3.5646543568134243e-06), v, V.Broadcast(-4.37156826541244e-06));
        p = V.MultiplyAdd(p, v, V.Broadcast(5.484508515246947e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(3.672736954829938e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.00040725495258642767));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.0008709721122304076));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.0018850650357954573));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.015099280688285319));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.04663045804709161));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.09678434366969141));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.15197416068100353));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.18882128265528322));
        return u * p;
    }
}
