using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>The Gaussian, the error function and the normal distribution.</content>
internal static partial class DoubleElementary<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>√½ less its double.</summary>
    private const double SqrtHalfLow = -4.833646656726457e-17;

    /// <summary>√2 less its double.</summary>
    private const double SqrtTwoLow = -9.667293313452913e-17;

    /// <summary>The constant term of the scaled tail's polynomial less its double.</summary>
    private const double ConstantLow = 8.254455225451041e-18;

    /// <summary>e^(-x²), with what the square loses in rounding; its derivative -2x·e^(-x²) is scaled last, so that it keeps its digits where e^(-x²) is subnormal.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Gauss(in V x, out V slope)
    {
        V near = V.Min(V.Max(x, V.Broadcast(-1e3)), V.Broadcast(1e3));
        V square = near * near;
        V high = ExpOfSum(-square, -V.MultiplyAdd(near, near, -square), out V scale, out V scaleAgain, out V low);
        V sum = high + low;
        slope = V.Broadcast(-2) * near * sum * scale * scaleAgain;
        return sum * scale * scaleAgain;
    }

    /// <summary>Φ(x) and the normal density.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V NormalCdf(in V x, out V slope)
    {
        V tail = LowerTail(x, out V tailLost, out V high, out V scale, out V scaleAgain, out V near);
        slope = V.Broadcast(Constants.InverseSqrtTwoPi) * high * scale * scaleAgain;
        return CumulativeOf(near, (tail + tailLost) * scale * scaleAgain);
    }

    /// <summary>x·Φ(x) and its derivative Φ(x) + x·φ(x), far left scaled last: Φ is subnormal before its product with x is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V NormalLinear(in V x, out V slope)
    {
        V tail = LowerTail(x, out V tailLost, out V high, out V scale, out V scaleAgain, out V near);
        V cumulative = CumulativeOf(near, (tail + tailLost) * scale * scaleAgain);
        V density = V.Broadcast(Constants.InverseSqrtTwoPi) * high;
        V far = V.Broadcast(-1);
        slope = V.IfGreater(
            x, far, V.MultiplyAdd(near * density, scale * scaleAgain, cumulative), (V.MultiplyAdd(near, density, tail) + tailLost) * scale * scaleAgain);
        return V.IfGreater(x, far, x * cumulative, V.MultiplyAdd(x, tail, x * tailLost) * scale * scaleAgain);
    }

    /// <summary>erf: a polynomial up to 1, the complement of the tail beyond.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Erf(in V x, out V slope)
    {
        V tail = ComplementaryTail(x, out V gauss);
        slope = V.Broadcast(Constants.TwoOverSqrtPi) * gauss;
        return V.IfGreater(V.Abs(x), V.Broadcast(1), V.CopySign(V.Broadcast(1) - tail, x), ErfNear(x));
    }

    /// <summary>erfc, accurate in its upper tail.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Erfc(in V x, out V slope)
    {
        V tail = ComplementaryTail(x, out V gauss);
        slope = V.Broadcast(-Constants.TwoOverSqrtPi) * gauss;
        V far = V.IfGreater(x, V.Broadcast(0), tail, V.Broadcast(2) - tail);
        // Below ½ the complement of erf is the more accurate: erf is small there.
        return V.IfGreater(V.Abs(x), V.Broadcast(0.5), far, V.Broadcast(1) - ErfNear(x));
    }

    /// <summary>(1 - tail) or the tail; a polynomial where both are near ½ and the tail has lost digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CumulativeOf(V x, V tail)
    {
        V half = V.Broadcast(0.5);
        V scaled = V.Broadcast(Constants.SqrtHalf) * x;
        V scaledLost = V.MultiplyAdd(V.Broadcast(Constants.SqrtHalf), x, -scaled) + (V.Broadcast(SqrtHalfLow) * x);
        V slope = ErfQuotient(scaled * scaled);
        V erf = slope * scaled;
        V erfLost = V.MultiplyAdd(slope, scaled, -erf) + (slope * scaledLost);
        V sum = V.MultiplyAdd(half, erf, half);
        V near = sum + V.MultiplyAdd(half, erfLost, V.MultiplyAdd(half, erf, half - sum));
        V far = V.IfGreater(x, V.Broadcast(0), V.Broadcast(1) - tail, tail);
        return V.IfGreater(V.Abs(x), V.Broadcast(0.75), far, near);
    }

    /// <summary>Φ(-|x|), in two parts, and e^(-½x²), both without their power of 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LowerTail(V x, out V lost, out V high, out V scale, out V scaleAgain, out V near)
    {
        // Far out every double is 0 or 1, and the square must not overflow.
        near = V.Min(V.Max(x, V.Broadcast(-1e3)), V.Broadcast(1e3));
        V half = V.Broadcast(-0.5) * near;
        V square = half * near;
        return GaussianTail(square, V.MultiplyAdd(half, near, -square), V.Abs(near), V.Broadcast(0), out lost, out high, out scale, out scaleAgain);
    }

    /// <summary>erf for |x| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfNear(V x) => ErfQuotient(x * x) * x;

    /// <summary>erf(x)/x in z = x² on [0, 1], error 2^-62.7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfQuotient(V z) => V.MultiplyAdd(ErfQuotientRest(z), z, V.Broadcast(Constants.TwoOverSqrtPi));

    /// <summary>The same less its constant 2/√π, over z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfQuotientRest(V z)
    {
        V p = V.MultiplyAdd(V.Broadcast(5.957176147748911e-11), z, V.Broadcast(-1.1372848856791674e-09));
        p = V.MultiplyAdd(p, z, V.Broadcast(1.4659775274047436e-08));
        p = V.MultiplyAdd(p, z, V.Broadcast(-1.6350312701054695e-07));
        p = V.MultiplyAdd(p, z, V.Broadcast(1.6461000484121368e-06));
        p = V.MultiplyAdd(p, z, V.Broadcast(-1.4925595266831182e-05));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.0001205533111164271));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.000854832698083379));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.0052239776248180145));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.026866170645076792));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.11283791670954879));
        return V.MultiplyAdd(p, z, V.Broadcast(-0.3761263890318375));
    }

    /// <summary>erfc(|x|) and e^(-x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ComplementaryTail(V x, out V gauss)
    {
        V near = V.Min(V.Abs(x), V.Broadcast(1e3));
        V square = near * near;
        V scaled = V.Broadcast(Constants.SqrtTwo) * near;
        V scaledRest = V.MultiplyAdd(near, V.Broadcast(SqrtTwoLow), V.MultiplyAdd(near, V.Broadcast(Constants.SqrtTwo), -scaled));
        V tail = GaussianTail(-square, -V.MultiplyAdd(near, near, -square), scaled, scaledRest, out V lost, out V high, out V scale, out V scaleAgain);
        gauss = high * scale * scaleAgain;
        return V.Broadcast(2) * (tail + lost) * scale * scaleAgain;
    }

    /// <summary>
    /// e^(exponent + rest)·R(x + xRest) with R(x) = e^(½x²)·Φ(-x), x ≥ 0, without its power of 2; the factors' rounding errors are carried to the last product.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GaussianTail(V exponent, V rest, V x, V xRest, out V lost, out V high, out V scale, out V scaleAgain)
    {
        V main = ExpOfSum(exponent, rest, out scale, out scaleAgain, out V low);
        high = main + low;

        // R(x) = u·P(2u - 1) with u = 5/(x + 5) for x ≤ 39, relative error 2^-63; beyond, every double result is 0 or 1.
        V five = V.Broadcast(5);
        V denominator = x + five;
        V u = five / denominator;
        V denominatorLost = SumLost(x, five, denominator) + xRest;
        V uLost = V.MultiplyAdd(-u, denominator, five) - (u * denominatorLost);
        uLost = uLost * u * V.Broadcast(0.2);
        V v = V.MultiplyAdd(V.Broadcast(2), u, V.Broadcast(-1));

        // The last step of Horner's scheme with what it loses; the polynomial's slope there is about its quotient by v.
        V quotient = ScaledTailQuotient(v, out V quotientLost);
        V step = quotient * v;
        V constant = V.Broadcast(0.15383860995001258);
        V p = constant + step;
        V pLost = SumLost(step, constant, p) + V.MultiplyAdd(quotient, v, -step) + V.Broadcast(ConstantLow) + V.MultiplyAdd(V.Broadcast(2) * uLost, quotient, quotientLost * v);
        V product = u * p;
        V productLost = V.MultiplyAdd(u, p, -product) + V.MultiplyAdd(uLost, p, u * pLost);
        V tail = main * product;
        lost = V.MultiplyAdd(main, product, -tail) + V.MultiplyAdd(main, productLost, low * product);
        return tail;
    }

    /// <summary>(P(v) - P(0))/v for P of the scaled tail, v on [-1, 1], and what its last step lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledTailQuotient(V v, out V lost)
    {
        V p = V.MultiplyAdd(V.Broadcast(7.632360706008479e-11), v, V.Broadcast(-2.321772896760618e-10));
        p = V.MultiplyAdd(p, v, V.Broadcast(-4.4416972435462975e-10));
        p = V.MultiplyAdd(p, v, V.Broadcast(2.1594690671492515e-09));
        p = V.MultiplyAdd(p, v, V.Broadcast(1.7111393256509266e-09));
        p = V.MultiplyAdd(p, v, V.Broadcast(-1.4028441263921853e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(-8.035592578294747e-09));
        p = V.MultiplyAdd(p, v, V.Broadcast(8.725851136445079e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(6.691477037543634e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(-5.541440827024478e-07));
        p = V.MultiplyAdd(p, v, V.Broadcast(-7.959609798658179e-07));
        p = V.MultiplyAdd(p, v, V.Broadcast(3.336327919034801e-06));
        p = V.MultiplyAdd(p, v, V.Broadcast(9.952491233740314e-06));
        p = V.MultiplyAdd(p, v, V.Broadcast(-1.1875161471778247e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.00010897979855168052));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.00015957387785917176));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.0005986753523737486));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.004159013359852069));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.013823727741375627));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.03300407323408143));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.0627066313342575));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.09906112319399521));
        V constant = V.Broadcast(0.13307650057801138);
        V quotient = V.MultiplyAdd(p, v, constant);
        lost = V.MultiplyAdd(p, v, constant - quotient);
        return quotient;
    }
}
