using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>
/// The elementary functions in float lanes, twice as many to a register as doubles: within 1 ULP for exponents of at most 40 in magnitude, and
/// valid to 80: no exponential overflows or loses digits to subnormals. Callers see to the range.
/// </summary>
/// <remarks>
/// What a float cannot hold travels beside it as a second, smaller float: rounding errors of sums (Dekker 1971) and the remainders of
/// quotients, which a fused multiply-add gives exactly. So a result is rounded once, as if from a wider format. The
/// polynomials are Chebyshev interpolants computed by <c>tools/coefficients.py</c>.
/// </remarks>
/// <typeparam name="F">The register of floats.</typeparam>
internal static class FloatElementary<F>
    where F : struct, ISingleLanes<F>
{
    /// <summary>The greatest magnitude of an exponent.</summary>
    public const float Range = 80;

    /// <summary>1.5·2^23 + 127: adding it rounds to an integer k, and leaves the exponent of 2^k in the low bits.</summary>
    private const float Shift = 12583039;

    private const float Log2E = 1.44269504f;

    /// <summary>ln 2, whose product with k a fused multiply-add takes from x exactly, and what that float lacks of it.</summary>
    private const float Ln2 = 0.693147182464599609375f;

    private const float Ln2Low = -1.90465429995776804525e-09f;

    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Exp(F x)
    {
        F r = Reduce(x, out F rLow, out F scale);
        return F.MultiplyAdd(scale, Fraction(r, rLow, out _), scale);
    }

    /// <summary>e^x - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F ExpM1(F x, out F exp)
    {
        F m = ExpM1(x, out F low, out exp);
        return F.CopySign(m + low, x);
    }

    /// <summary>
    /// tanh x: x + x³·P(x²) up to 0.9, beyond it 1 - h with h = 2/(1 + e^(2|x|)), whose error the subtraction makes small; its derivative is
    /// 1 - tanh² x, or h(2 - h).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Tanh(F x, out F slope)
    {
        F one = F.Broadcast(1);
        F a = F.Abs(x);

        // (tanh(x) - x)/x³ in z = x² on [0, 0.81], error 2^-29.8 of tanh.
        F z = x * x;
        F z2 = z * z;
        F p = F.MultiplyAdd(F.Broadcast(-0.0004557178763207048f), z, F.Broadcast(0.0025834408588707447f));
        p = F.MultiplyAdd(p, z2, F.MultiplyAdd(F.Broadcast(-0.008265464566648006f), z, F.Broadcast(0.021664094179868698f)));
        p = F.MultiplyAdd(p, z2, F.MultiplyAdd(F.Broadcast(-0.05392947420477867f), z, F.Broadcast(0.13332980871200562f)));
        p = F.MultiplyAdd(p, z, F.Broadcast(-0.33333322405815125f));
        F near = F.MultiplyAdd(a * z, p, a);

        F h = F.Broadcast(2) / (one + Exp(a + a));
        F far = F.Broadcast(0.9f);
        F y = F.IfGreater(a, far, one - h, near);
        slope = F.IfGreater(a, far, F.MultiplyAdd(-h, h, h + h), F.MultiplyAdd(-y, y, one));
        return F.CopySign(y, x);
    }

    /// <summary>The logistic function from s = σ(-|x|): s or 1 - s; its derivative is s(1 - s).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Sigmoid(F x, out F slope)
    {
        F s = LesserSigmoid(x);
        slope = F.MultiplyAdd(-s, s, s);
        return F.IfGreater(x, F.Broadcast(0), F.Broadcast(1) - s, s);
    }

    /// <summary>x·σ(kx): from s = σ(-|kx|) it is x·s, or x - x·s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SigmoidLinear(F x, F k)
    {
        F zero = F.Broadcast(0);
        F z = k * x;
        F product = x * LesserSigmoid(z);
        return F.IfGreater(z, zero, x - product, product);
    }

    /// <summary>max(x, 0) + 2·artanh(q) with q = w/(w + 2) and w = e^(-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SoftPlus(F x)
    {
        F w = Exp(-F.Abs(x), out F low);
        F q = HalfQuotient(w, low, out F twiceCorrection, out _);

        // (2·artanh(s)/s - 2)/s² in z = s² on [0, 1/9], error 2^-31 of the result.
        F z = q * q;
        F z2 = z * z;
        F p = F.MultiplyAdd(
            F.MultiplyAdd(F.Broadcast(0.23224329948425293f), z2, F.MultiplyAdd(F.Broadcast(0.2170657515525818f), z, F.Broadcast(0.285923570394516f))),
            z2,
            F.MultiplyAdd(F.Broadcast(0.3999970555305481f), z, F.Broadcast(0.6666666865348816f)));
        F logarithm = q + q;
        F logarithmLow = F.MultiplyAdd(q * z, p, twiceCorrection);

        // The error of the sum is exact when the greater summand comes first.
        F positive = F.Max(x, F.Broadcast(0));
        F greater = F.Max(positive, logarithm);
        F lesser = F.Min(positive, logarithm);
        F sum = greater + lesser;
        return sum + ((lesser - (sum - greater)) + logarithmLow);
    }

    /// <summary>
    /// tanh(ln(1 + w)) with w = e^x is q = n/(n + 2) with n = w(w + 2), or 1 - 2/(n + 2) where that is close to 1. x is at most 40.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F TanhSoftPlus(F x)
    {
        F one = F.Broadcast(1);
        F two = F.Broadcast(2);
        F w = Exp(x, out F low);
        F twice = w + w;
        F n = F.MultiplyAdd(w, w, twice);
        F nLow = F.MultiplyAdd(low, twice + two, F.MultiplyAdd(w, w, twice - n));
        F q = F.IfGreater(x, two, two, n) / (n + two);
        F complement = one - q;
        F remainder = F.MultiplyAdd(nLow, complement, F.MultiplyAdd(-q, n, F.MultiplyAdd(-two, q, n)));
        return F.IfGreater(x, two, complement, F.MultiplyAdd(remainder, F.Broadcast(0.5f) * complement, q));
    }

    /// <summary>e^(-x²), with the square's error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Gauss(F x)
    {
        F z = -x * x;
        F r = Reduce(z, F.MultiplyAdd(-x, x, -z), out F rLow, out F scale);
        return F.MultiplyAdd(scale, Fraction(r, rLow, out _), scale);
    }

    /// <summary>
    /// x·Φ(x) = max(x, 0) - a·Φ(-a) with a = |x| ≤ 9, where a·Φ(-a) = e^(-½a²)·g·P(g) with g = a/(a + 4). Products of
    /// three carry their errors along.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F NormalLinear(F x)
    {
        F one = F.Broadcast(1);
        F four = F.Broadcast(4);
        F a = F.Abs(x);
        F d = a + four;
        F g = a / d;
        // What g lacks of the quotient: its remainder times 1/(a + 4) = (1 - g)/4.
        F gLow = F.MultiplyAdd(-g, a - (d - four), F.MultiplyAdd(-g, d, a)) * F.MultiplyAdd(F.Broadcast(-0.25f), g, F.Broadcast(0.25f));
        F p = ScaledTail(g, gLow, out F pLow);

        F half = F.Broadcast(-0.5f) * x;
        F z = half * x;
        F r = Reduce(z, F.MultiplyAdd(half, x, -z), out F rLow, out F scale);
        F fraction = Fraction(r, rLow, out F fractionLow);
        F e = one + fraction;
        F eLow = (fraction - (e - one)) + fractionLow;

        F product = e * g;
        F productLow = F.MultiplyAdd(e, gLow, F.MultiplyAdd(eLow, g, F.MultiplyAdd(e, g, -product)));
        F tail = product * p;
        F tailLow = F.MultiplyAdd(product, pLow, F.MultiplyAdd(productLow, p, F.MultiplyAdd(product, p, -tail)));
        return F.MultiplyAdd(-scale, tail + tailLow, F.Max(x, F.Broadcast(0)));
    }

    /// <summary>(a + 4)·e^(½a²)·Φ(-a) for g + gLow = a/(a + 4) up to 9/13, error 2^-26.9, and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F ScaledTail(F g, F gLow, out F low)
    {
        F v = g - F.Broadcast(0.45f);
        F v2 = v * v;
        F p1 = F.MultiplyAdd(F.Broadcast(-1.6908812522888184f), v, F.Broadcast(1.787151575088501f));
        F p2 = F.MultiplyAdd(F.Broadcast(-0.1635615974664688f), v, F.Broadcast(1.0173999071121216f));
        F p3 = F.MultiplyAdd(F.Broadcast(0.17873331904411316f), v, F.Broadcast(-0.2923429310321808f));
        F p4 = F.MultiplyAdd(F.Broadcast(-0.05600197985768318f), v, F.Broadcast(0.08813747763633728f));
        F rest = F.MultiplyAdd(F.MultiplyAdd(p4, v2, p3), v2 * v2, F.MultiplyAdd(p2, v2, p1));
        F q = F.MultiplyAdd(rest, v, F.Broadcast(-1.3823298215866089f));
        F qLow = F.MultiplyAdd(rest, v, F.Broadcast(-1.3823298215866089f) - q);
        F p = F.MultiplyAdd(q, v, F.Broadcast(0.8201388120651245f));
        // For gLow the slope q is near enough.
        low = F.MultiplyAdd(q, gLow, F.MultiplyAdd(qLow, v, F.MultiplyAdd(q, v, F.Broadcast(0.8201388120651245f) - p)));
        return p;
    }

    /// <summary>σ(-|x|) is q = w/(1 + w) with w = e^(-|x|), where 1/(1 + w) = 1 - q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F LesserSigmoid(F x)
    {
        F w = Exp(-F.Abs(x), out F low);
        F one = F.Broadcast(1);
        F q = w / (one + w);
        F complement = one - q;
        // What is left of (w + low) - q·(1 + w + low); the difference w - q is exact.
        F remainder = F.MultiplyAdd(low, complement, F.MultiplyAdd(-q, w, w - q));
        return F.MultiplyAdd(remainder, complement, q);
    }

    /// <summary>The float q nearest to n/(2 + n), its complement 1 - q = 2/(2 + n), and twice what q lacks of (n + low)/(2 + n + low).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F HalfQuotient(F n, F low, out F twiceCorrection, out F complement)
    {
        F q = n / (F.Broadcast(2) + n);
        complement = F.Broadcast(1) - q;
        F remainder = F.MultiplyAdd(low, complement, F.MultiplyAdd(-q, n, F.MultiplyAdd(F.Broadcast(-2), q, n)));
        twiceCorrection = remainder * complement;
        return q;
    }

    /// <summary>e^x and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Exp(F x, out F low)
    {
        F p = Fraction(Reduce(x, out F rLow, out F scale), rLow, out _);
        F exp = F.MultiplyAdd(scale, p, scale);
        low = F.MultiplyAdd(scale, p, scale - exp);
        return exp;
    }

    /// <summary>e^x - 1, what the float lacks of it, and e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F ExpM1(F x, out F low, out F exp)
    {
        F p = Fraction(Reduce(x, out F rLow, out F scale), rLow, out F pLow);
        F lessOne = scale - F.Broadcast(1);
        F m = F.MultiplyAdd(scale, p, lessOne);
        low = F.MultiplyAdd(scale, pLow, F.MultiplyAdd(scale, p, lessOne - m));
        exp = F.MultiplyAdd(scale, p, scale);
        return m;
    }

    /// <summary>r = x - k·ln 2 with k such that |r| ≤ ½ ln 2, what r lacks of it, and scale = 2^k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Reduce(F x, F xLow, out F low, out F scale)
    {
        return Reduce(x, out low, out scale) + xLow;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Reduce(F x, out F low, out F scale)
    {
        F shifted = F.MultiplyAdd(x, F.Broadcast(Log2E), F.Broadcast(Shift));
        F k = shifted - F.Broadcast(Shift);
        scale = F.LowBitsAsExponent(shifted);
        low = k * F.Broadcast(-Ln2Low);
        return F.MultiplyAdd(k, F.Broadcast(-Ln2), x);
    }

    /// <summary>e^(r + rLow) - 1 on |r| ≤ ½ ln 2, and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Fraction(F r, F rLow, out F low)
    {
        // (e^r - 1 - r)/r²; what the least of errors leaves is 2^-28.2 of e^r. Pairs first: a shorter chain.
        F r2 = r * r;
        F q = F.MultiplyAdd(
            F.MultiplyAdd(F.Broadcast(0.001393849728628993f), r2, F.MultiplyAdd(F.Broadcast(0.008368815295398235f), r, F.Broadcast(0.0416664257645607f))),
            r2,
            F.MultiplyAdd(F.Broadcast(0.1666651964187622f), r, F.Broadcast(0.5f)));
        F rest = F.MultiplyAdd(q, r2, F.MultiplyAdd(rLow, r, rLow));
        F p = r + rest;
        low = rest - (p - r);
        return p;
    }
}
