using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>
/// The elementary functions for double results: below 2 ULP. They also serve as the reference against which the float kernels are
/// proven, because they share no polynomial and no reduction with <see cref="SingleElementary{V}"/>; they themselves are checked
/// against values of arbitrary precision. Arguments are finite; NaN is the caller's matter.
/// </summary>
/// <remarks>The polynomials come from <c>tools/coefficients.py</c>, with their errors.</remarks>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static partial class DoubleElementary<V>
    where V : struct, IDoubleLanes<V>
{
    private const double Ln2High = 0.6931471805599453;
    private const double Ln2Low = 2.3190468138462996e-17;

    /// <summary>√2 less its double.</summary>
    private const double SqrtTwoLow = -9.667293313452913e-17;

    /// <summary>The constant term of the scaled tail's polynomial less its double.</summary>
    private const double ConstantLow = 8.254455225451041e-18;

    /// <summary>e^x; the scale is applied in two steps, so that subnormal results round once and large ones reach infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        V high = ExpOfSum(x, V.Broadcast(0), out V scale, out V scaleAgain, out _);
        return high * scale * scaleAgain;
    }

    /// <summary>e^(-x²), with what the square loses in rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gauss(V x)
    {
        V near = V.Min(V.Abs(x), V.Broadcast(1e3));
        V square = near * near;
        V high = ExpOfSum(-square, -V.MultiplyAdd(near, near, -square), out V scale, out V scaleAgain, out V low);
        return (high + low) * scale * scaleAgain;
    }

    /// <summary>e^x - 1 = 2^k·(e^r - 1) + (2^k - 1), whose last term vanishes where k = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1(V x, out V exp)
    {
        exp = Exp(x);
        // Below -40 the value is -1; above 40, e^x has no room for the 1.
        V clamped = V.Min(V.Max(x, V.Broadcast(-40)), V.Broadcast(40));
        V fraction = Reduce(clamped, V.Broadcast(0), out V shifted);
        V scale = V.PowerOfTwo(shifted);
        V near = V.MultiplyAdd(scale, fraction, scale - V.Broadcast(1));
        return V.CopySign(V.IfGreater(x, V.Broadcast(40), exp, near), x);
    }

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x) => LogOfSum(x, V.Broadcast(0));

    /// <summary>ln(1 + x): by artanh near 0, elsewhere by the logarithm of the rounded sum with its rounding error added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1P(V x)
    {
        V one = V.Broadcast(1);
        V sum = one + x;
        return V.CopySign(V.IfGreater(V.Abs(x), V.Broadcast(0.25), LogOfSum(sum, SumLost(x, one, sum)), Log1PNear(x)), x);
    }

    /// <summary>tanh from e^(-2|x|) - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x, out V slope)
    {
        V minusOne = ExpM1(V.Broadcast(-2) * V.Abs(x), out V e);
        V denominator = V.Broadcast(2) + minusOne;
        slope = V.Broadcast(4) * e / (denominator * denominator);
        return V.CopySign(minusOne / denominator, x);
    }

    /// <summary>x - tanh x: a polynomial up to √3, where the difference would cancel; its derivative is tanh² x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanhShrink(V x, out V slope)
    {
        V tanh = Tanh(x, out _);
        slope = tanh * tanh;

        // (x - tanh x)/x³ in v = 2x²/3 - 1 on [-1, 1], error 2^-61.7.
        V z = x * x;
        V v = V.MultiplyAdd(z, V.Broadcast(0.6666666666666666), V.Broadcast(-1));
        V p = V.MultiplyAdd(V.Broadcast(-1.5030165662226594e-11), v, V.Broadcast(3.9753797190395554e-11));
        p = V.MultiplyAdd(p, v, V.Broadcast(-7.450095670979644e-12));
        p = V.MultiplyAdd(p, v, V.Broadcast(1.970501184145256e-11));
        p = V.MultiplyAdd(p, v, V.Broadcast(-3.329946779199651e-10));
        p = V.MultiplyAdd(p, v, V.Broadcast(8.807489677096686e-10));
        p = V.MultiplyAdd(p, v, V.Broadcast(-1.8593605794151854e-09));
        p = V.MultiplyAdd(p, v, V.Broadcast(4.917886139049881e-09));
        p = V.MultiplyAdd(p, v, V.Broadcast(-1.3515046235076976e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(3.574640620218417e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(-9.4177092615838e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(2.4909220057640264e-07));
        p = V.MultiplyAdd(p, v, V.Broadcast(-6.590173445494014e-07));
        p = V.MultiplyAdd(p, v, V.Broadcast(1.7430574252555927e-06));
        p = V.MultiplyAdd(p, v, V.Broadcast(-4.61020871034366e-06));
        p = V.MultiplyAdd(p, v, V.Broadcast(1.2193698076521943e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(-3.225154199067456e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(8.530320293223752e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.0002256213581607878));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.0005967538194821204));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.001578377718617941));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.004174755856273546));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.011042761999928105));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.029220335885852617));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.07749958305591358));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.20885798230894997));
        return V.IfGreater(z, V.Broadcast(3), x - tanh, p * z * x);
    }

    /// <summary>The logistic function from e = e^(-|x|); its derivative is e/(1 + e)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x, out V slope)
    {
        V e = Exp(-V.Abs(x));
        V denominator = V.Broadcast(1) + e;
        slope = e / (denominator * denominator);
        return V.IfGreater(x, V.Broadcast(0), V.Broadcast(1), e) / denominator;
    }

    /// <summary>max(x, 0) + ln(1 + e^(-|x|)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SoftPlus(V x) => V.Max(x, V.Broadcast(0)) + Log1P(Exp(-V.Abs(x)));

    /// <summary>Φ(x) and the normal density.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdf(V x, out V slope)
    {
        // Far out every double is 0 or 1, and the square must not overflow.
        V near = V.Min(V.Max(x, V.Broadcast(-1e3)), V.Broadcast(1e3));
        V half = V.Broadcast(-0.5) * near;
        V square = half * near;
        V tail = GaussianTail(square, V.MultiplyAdd(half, near, -square), V.Abs(near), V.Broadcast(0), out V gauss);
        slope = V.Broadcast(Constants.InverseSqrtTwoPi) * gauss;
        return V.IfGreater(x, V.Broadcast(0), V.Broadcast(1) - tail, tail);
    }

    /// <summary>erf: a polynomial up to 1, the complement of the tail beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x, out V slope)
    {
        V tail = ComplementaryTail(x, out V gauss);
        slope = V.Broadcast(Constants.TwoOverSqrtPi) * gauss;
        return V.IfGreater(V.Abs(x), V.Broadcast(1), V.CopySign(V.Broadcast(1) - tail, x), ErfNear(x));
    }

    /// <summary>erfc, accurate in its upper tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erfc(V x, out V slope)
    {
        V tail = ComplementaryTail(x, out V gauss);
        slope = V.Broadcast(-Constants.TwoOverSqrtPi) * gauss;
        V far = V.IfGreater(x, V.Broadcast(0), tail, V.Broadcast(2) - tail);
        // Below ½ the complement of erf is the more accurate: erf is small there.
        return V.IfGreater(V.Abs(x), V.Broadcast(0.5), far, V.Broadcast(1) - ErfNear(x));
    }

    /// <summary>
    /// tanh(ln(1 + w)) with w = e^x is n/(n + 2) with n = w(w + 2); its derivative by x is 4w(w + 1)/(n + 2)².
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanhSoftPlus(V x, out V slope)
    {
        V w = Exp(V.Min(x, V.Broadcast(170)));
        V n = w * (w + V.Broadcast(2));
        V denominator = n + V.Broadcast(2);
        // 4w first: that is exact, while a subnormal w would lose digits divided.
        slope = V.Broadcast(4) * w / denominator * ((w + V.Broadcast(1)) / denominator);
        return n / denominator;
    }

    /// <summary>erf for |x| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfNear(V x)
    {
        V z = x * x;

        // erf(x)/x in z = x² on [0, 1], error 2^-62.7.
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
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.3761263890318375));
        p = V.MultiplyAdd(p, z, V.Broadcast(1.1283791670955126));
        return p * x;
    }

    /// <summary>
    /// e^(x + rest) for a rest far below x, as (high + low) times two powers of 2 that are normal numbers whatever the result: a Gaussian needs more
    /// digits in its argument than a double has.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfSum(V x, V rest, out V scale, out V scaleAgain, out V low)
    {
        x = V.Min(V.Max(x, V.Broadcast(-746)), V.Broadcast(710));
        V fraction = Reduce(x, rest, out V shifted);
        V k = shifted - V.Broadcast(LaneConstants.Shift);
        // Halve k towards an integer by the same shift.
        V half = V.MultiplyAdd(k, V.Broadcast(0.5), V.Broadcast(LaneConstants.Shift));
        V otherHalf = (k - (half - V.Broadcast(LaneConstants.Shift))) + V.Broadcast(LaneConstants.Shift);
        scale = V.PowerOfTwo(half);
        scaleAgain = V.PowerOfTwo(otherHalf);
        V high = V.Broadcast(1) + fraction;
        low = fraction - (high - V.Broadcast(1));
        return high;
    }

    /// <summary>e^r - 1 with x + low = k·ln 2 + r, |r| ≤ ½ ln 2; k comes back added to the shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce(V x, V low, out V shifted)
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
        V lost = correction - (r - high);
        return V.MultiplyAdd(q, r * r, lost) + r;
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

    /// <summary>erfc(|x|) and e^(-x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ComplementaryTail(V x, out V gauss)
    {
        V near = V.Min(V.Abs(x), V.Broadcast(1e3));
        V square = near * near;
        V scaled = V.Broadcast(Constants.SqrtTwo) * near;
        V scaledRest = V.MultiplyAdd(near, V.Broadcast(SqrtTwoLow), V.MultiplyAdd(near, V.Broadcast(Constants.SqrtTwo), -scaled));
        return V.Broadcast(2) * GaussianTail(-square, -V.MultiplyAdd(near, near, -square), scaled, scaledRest, out gauss);
    }

    /// <summary>
    /// e^(exponent + rest)·R(x + xRest) with R(x) = e^(½x²)·Φ(-x), x ≥ 0; the factors' rounding errors are carried to the last product.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GaussianTail(V exponent, V rest, V x, V xRest, out V gauss)
    {
        V high = ExpOfSum(exponent, rest, out V scale, out V scaleAgain, out V low);
        gauss = high * scale * scaleAgain;

        // R(x) = u·P(2u - 1) with u = 5/(x + 5) for x ≤ 39, relative error 2^-63; beyond, every double result is 0 or 1.
        V five = V.Broadcast(5);
        V denominator = x + five;
        V u = five / denominator;
        V denominatorLost = SumLost(x, five, denominator) + xRest;
        V uLost = V.MultiplyAdd(-u, denominator, five) - (u * denominatorLost);
        uLost = uLost * u * V.Broadcast(0.2);
        V v = V.MultiplyAdd(V.Broadcast(2), u, V.Broadcast(-1));

        // The last step of Horner's scheme with what it loses; the polynomial's slope there is about its quotient by v.
        V quotient = ScaledTailQuotient(v);
        V step = quotient * v;
        V constant = V.Broadcast(0.15383860995001258);
        V p = constant + step;
        V pLost = SumLost(step, constant, p) + V.MultiplyAdd(quotient, v, -step) + V.Broadcast(ConstantLow) + (V.Broadcast(2) * uLost * quotient);
        V product = u * p;
        V productLost = V.MultiplyAdd(u, p, -product) + V.MultiplyAdd(uLost, p, u * pLost);
        V sum = V.MultiplyAdd(high, product, V.MultiplyAdd(high, productLost, low * product));
        return sum * scale * scaleAgain;
    }

    /// <summary>What rounding left + right to their sum lost (Knuth's two-sum).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SumLost(V left, V right, V sum)
    {
        V back = sum - right;
        return (left - back) + (right - (sum - back));
    }

    /// <summary>(P(v) - P(0))/v for P of the scaled tail, v on [-1, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledTailQuotient(V v)
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
        return V.MultiplyAdd(p, v, V.Broadcast(0.13307650057801138));
    }
}
