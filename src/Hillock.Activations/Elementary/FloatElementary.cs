using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>
/// The elementary functions in float lanes, twice as many to a register as doubles: within 1 ULP for exponents of at most 40 in magnitude, and
/// valid to 80 in magnitude: no exponential overflows or loses digits to subnormals. Callers see to the range.
/// </summary>
/// <remarks>
/// What a float cannot hold travels beside it as a second, smaller float: rounding errors of sums (Dekker 1971) and the remainders of
/// quotients, which a fused multiply-add gives exactly. So a result is rounded once, as if from a wider format. The
/// polynomials are Chebyshev interpolants computed by <c>tools/coefficients.py</c>.
/// Where two polynomials are needed, their steps are written in turn: the compiler keeps instructions in this order, and the processor looks
/// ahead only so far. It saves a tenth of the time.
/// </remarks>
/// <typeparam name="F">The register of floats.</typeparam>
internal static partial class FloatElementary<F>
    where F : struct, ISingleLanes<F>
{
    /// <summary>1.5·2^23 + 127: adding it rounds to an integer k, and leaves the exponent of 2^k in the low bits.</summary>
    private const float Shift = 12583039;

    private const float Log2E = 1.44269504f;

    /// <summary>ln 2, whose product with k a fused multiply-add takes from x exactly, and what that float lacks of it.</summary>
    private const float Ln2 = 0.693147182464599609375f;

    private const float Ln2Low = -1.90465429995776804525e-09f;

    /// <summary>The first 17 bits of ln 2, and the rest of it.</summary>
    private const float Ln2Head = 0.693145751953125f;

    private const float Ln2Tail = 1.428606765330187e-06f;

    /// <summary>2√(2/π), and what that float lacks of it.</summary>
    private const float StraightPart = 1.5957691669464111f;

    private const float StraightPartLow = -4.534068042105272e-08f;

    /// <summary>0.044715 times as much, and what that float lacks of it.</summary>
    private const float BentPart = 0.07135481387376785f;

    private const float BentPartLow = 2.3988323959931355e-09f;

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

    /// <summary>tanh x, by pieces of |x|; from 9.1 on it is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Tanh(F x)
    {
        F a = F.Min(F.Abs(x), F.Broadcast(9.1f));
        ReadOnlySpan<float> table = PieceTables.Tanh;
        F v = Offset(table, a, a + F.Broadcast(1), out F piece);
        F p = Quotient(table, v, piece);

        // In the first piece the constant is 0 and the slope close to 1, so that the slope's rounding would count as much as the last.
        F slope = MultiplyAdd(p, v, Entry(table, 2, piece), out F slopeLow);
        return F.CopySign(F.MultiplyAdd(slope, v, F.MultiplyAdd(slopeLow, v, Entry(table, 1, piece))), x);
    }

    /// <summary>tanh x and its derivative h(2 - h), with h = 1 - |tanh x| = 2/(1 + e^(2|x|)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Tanh(F x, out F slope)
    {
        F a = F.Abs(x);
        F h = F.Broadcast(2) / (F.Broadcast(1) + Exp(a + a));
        slope = F.MultiplyAddNegated(h, h, h + h);
        return Tanh(x);
    }

    /// <summary>The logistic function from s = σ(-|x|): s or 1 - s; its derivative is s(1 - s).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Sigmoid(F x, out F slope)
    {
        F s = LesserSigmoid(x);
        slope = F.MultiplyAddNegated(s, s, s);
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

    /// <summary>max(x, 0) + e^(-a)·N(a) with a = |x| and N(a) = e^a·ln(1 + e^(-a)), by pieces.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SoftPlus(F x) => SoftPlus(x, out F low) + low;

    /// <summary>The same, and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F SoftPlus(F x, out F low)
    {
        F a = F.Abs(x);
        ReadOnlySpan<float> table = PieceTables.Softplus;
        F b = F.Min(F.MultiplyAdd(a, F.Broadcast(0.8125f), F.Broadcast(1)), F.Broadcast(15.9f));
        F v = Offset(table, F.Min(a, F.Broadcast(18.3f)), b, out F piece);
        F z = F.CopySign(x, F.Broadcast(-0f));
        F k = Exponent(z, out F scale);
        F p = Term(table, 6, Entry(table, 7, piece), v, piece);
        F r = F.MultiplyAdd(k, F.Broadcast(-Ln2), z);
        p = Term(table, 5, p, v, piece);
        F rLow = k * F.Broadcast(-Ln2Low);
        p = Term(table, 4, p, v, piece);
        F fraction = Fraction(r, rLow, out F fractionLow);
        p = Term(table, 3, p, v, piece);
        F n = MultiplyAdd(F.MultiplyAdd(p, v, Entry(table, 2, piece)), v, Entry(table, 1, piece), out F nLow);

        F product = MultiplyAdd(n, fraction, n, out F productLow);
        F logarithm = scale * product;
        F logarithmLow = scale * (productLow + F.MultiplyAdd(n, fractionLow, nLow));

        // The error of the sum is exact when the greater summand comes first.
        F positive = F.Max(x, F.Broadcast(0));
        F greater = F.Max(positive, logarithm);
        F lesser = F.Min(positive, logarithm);
        F sum = greater + lesser;
        low = (lesser - (sum - greater)) + logarithmLow;
        return sum;
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
        F remainder = F.MultiplyAdd(nLow, complement, F.MultiplyAddNegated(q, n, F.MultiplyAddNegated(two, q, n)));
        return F.IfGreater(x, two, complement, F.MultiplyAdd(remainder, F.Broadcast(0.5f) * complement, q));
    }

    /// <summary>erf x, by pieces of |x|; from 3.99 on it is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Erf(F x)
    {
        F y = ErfOfMagnitude(x, out _, out F low);
        return F.CopySign(y + low, x);
    }

    /// <summary>erf |x|, what the float lacks of it, and the slope of the line from there to the centre of its piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F ErfOfMagnitude(F x, out F slope, out F low)
    {
        F a = F.Min(F.Abs(x), F.Broadcast(3.99f));
        ReadOnlySpan<float> table = PieceTables.Erf;
        F v = Offset(table, a, F.MultiplyAdd(a, F.Broadcast(3.75f), F.Broadcast(1)), out F piece);
        F p = Quotient(table, v, piece);
        slope = MultiplyAdd(p, v, Entry(table, 2, piece), out F slopeLow);
        F y = MultiplyAdd(slope, v, Entry(table, 1, piece), out F yLow);
        low = F.MultiplyAdd(slopeLow + F.Broadcast(PieceTables.ErfSlopeLow), v, yLow);
        return y;
    }

    /// <summary>x - tanh x: a polynomial up to 0.9, where the difference would cancel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F TanhShrink(F x)
    {
        F tanh = Tanh(x, F.Broadcast(0), out F low);
        F square = x * x;
        F cube = square * x;
        F cubeLow = F.MultiplyAdd(F.MultiplyAdd(x, x, -square), x, F.MultiplyAdd(square, x, -cube));
        // ((x - tanh x)/x³ - 1/3)/x² in x² on [0, 0.81]; the least of errors leaves 2^-29.2 of the whole.
        F p = F.MultiplyAdd(F.Broadcast(-0.00018004488083533943f), square, F.Broadcast(0.0010345234768465161f));
        p = F.MultiplyAdd(p, square, F.Broadcast(-0.003336737398058176f));
        p = F.MultiplyAdd(p, square, F.Broadcast(0.008773230016231537f));
        p = F.MultiplyAdd(p, square, F.Broadcast(-0.02185201272368431f));
        p = F.MultiplyAdd(p, square, F.Broadcast(0.05396661534905434f));
        p = F.MultiplyAdd(p, square, F.Broadcast(-0.13333328068256378f));
        p = F.Broadcast(0.333333343267440796f) + F.MultiplyAdd(p, square, F.Broadcast(-9.93410776e-09f));
        return F.IfGreater(F.Abs(x), F.Broadcast(0.9f), (x - tanh) - low, F.MultiplyAdd(cube, p, cubeLow * p));
    }

    /// <summary>x·σ(u) with u = 2√(2/π)·(x + 0.044715x³); |x| is at most 9.5. Its derivative is σ(u)·(1 + x·u'·σ(-u)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F TanhGelu(F x, out F slope)
    {
        F zero = F.Broadcast(0);
        F one = F.Broadcast(1);
        F straight = F.Broadcast(StraightPart);
        F square = x * x;
        F bend = F.Broadcast(BentPart) * square;
        F squareLow = F.MultiplyAdd(x, x, -square);
        F bendLow = F.MultiplyAdd(F.Broadcast(BentPart), square, -bend);
        bendLow += F.MultiplyAdd(F.Broadcast(BentPartLow), square, F.MultiplyAdd(F.Broadcast(BentPart), squareLow, F.Broadcast(StraightPartLow)));

        // u/x; the error of the sum is exact when the greater summand comes first.
        F greater = F.Max(bend, straight);
        F lesser = F.Min(bend, straight);
        F factor = greater + lesser;
        F factorLow = (lesser - (factor - greater)) + bendLow;
        F minus = F.CopySign(x, F.Broadcast(-0f));
        F u = minus * factor;
        F uLow = F.MultiplyAdd(minus, factorLow, F.MultiplyAdd(minus, factor, -u));
        F w = Exp(u, out F wLow);
        wLow = F.MultiplyAdd(w, uLow, wLow);
        F s = LesserSigmoid(w, wLow);
        F product = x * s;

        // u' is u/x and twice the bent part, whose low part has that of the straight one with it.
        F two = F.Broadcast(2);
        F growth = F.MultiplyAdd(two, bend, factor);
        F growthLow = F.MultiplyAdd(two, bend, factor - growth) + F.MultiplyAdd(two, bendLow, factorLow + F.Broadcast(-2 * StraightPartLow));
        F other = one - s;
        F otherProduct = x * F.IfGreater(x, zero, s, other);
        slope = F.IfGreater(x, zero, other, s) * F.MultiplyAdd(otherProduct, growth, F.MultiplyAdd(otherProduct, growthLow, one));
        return F.IfGreater(x, zero, x - product, product);
    }

    /// <summary>e^(-x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Gauss(F x)
    {
        F r = ProductRemainder(-x, x, Exponent(-x * x, out F scale));
        F r2 = r * r;
        return F.MultiplyAdd(scale, F.MultiplyAdd(ExpQuotient(r, r2), r2, r), scale);
    }

    /// <summary>x·Φ(x) = max(x, 0) - a·Φ(-a) with a = |x| ≤ 13, and its derivative, which is d = Φ(-a) - a·φ(a) left of 0 and 1 - d right of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F NormalLinear(F x, out F slope)
    {
        F a = F.Abs(x);
        F m = MillsQuotient(x, a, out F mLow, out F fraction, out F scale);
        F difference = F.MultiplyAddNegated(a, F.Broadcast((float)Constants.InverseSqrtTwoPi), m) + mLow;
        F d = scale * F.MultiplyAdd(difference, fraction, difference);
        slope = F.IfGreater(x, F.Broadcast(0), F.Broadcast(1) - d, d);
        // The sum m + m·fraction is not rounded by itself: that would count as much as the product's rounding.
        F product = F.MultiplyAdd(a, m, a * F.MultiplyAdd(m, fraction, mLow));
        return F.MultiplyAddNegated(scale, product, F.Max(x, F.Broadcast(0)));
    }

    /// <summary>Φ(-a) = e^(-½a²)·M(a) with a = |x| ≤ 13: M, given by pieces, and e^(-½a²) = scale·(1 + fraction).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F MillsQuotient(F x, F a, out F low, out F fraction, out F scale)
    {
        ReadOnlySpan<float> table = PieceTables.Mills;
        F half = F.Broadcast(-0.5f) * x;
        F v = Offset(table, a, a + F.Broadcast(1), out F piece);
        F k = Exponent(half * x, out scale);
        F p = Term(table, 6, Entry(table, 7, piece), v, piece);
        F remainder = ProductRemainder(half, x, k);
        p = Term(table, 5, p, v, piece);
        F square = remainder * remainder;
        p = Term(table, 4, p, v, piece);
        fraction = F.MultiplyAdd(ExpQuotient(remainder, square), square, remainder);
        p = Term(table, 3, p, v, piece);
        return MultiplyAdd(F.MultiplyAdd(p, v, Entry(table, 2, piece)), v, Entry(table, 1, piece), out low);
    }

    /// <summary>Which piece's polynomial it is, told by b, and v = a less the piece's centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Offset(ReadOnlySpan<float> table, F a, F b, out F piece)
    {
        piece = F.ShiftBitsRight(b, PieceTables.IndexShift);
        return a - Entry(table, 0, piece);
    }

    /// <summary>One step of Horner's scheme for the piece's polynomial.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Term(ReadOnlySpan<float> table, int row, F p, F v, F piece) => F.MultiplyAdd(p, v, Entry(table, row, piece));

    /// <summary>All but the first two terms of the piece's polynomial, divided by v².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Quotient(ReadOnlySpan<float> table, F v, F piece)
    {
        F p = Term(table, 6, Entry(table, 7, piece), v, piece);
        p = Term(table, 5, p, v, piece);
        p = Term(table, 4, p, v, piece);
        return Term(table, 3, p, v, piece);
    }

    /// <summary>a·b + c, and what the float lacks of it where c is the greater summand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F MultiplyAdd(F a, F b, F c, out F low)
    {
        F sum = F.MultiplyAdd(a, b, c);
        low = F.MultiplyAdd(a, b, c - sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Entry(ReadOnlySpan<float> table, int row, F piece) =>
        F.Lookup(table.Slice(row * PieceTables.Pieces, PieceTables.Pieces), piece);

    /// <summary>σ(-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F LesserSigmoid(F x)
    {
        F w = Exp(F.CopySign(x, F.Broadcast(-0f)), out F low);
        return LesserSigmoid(w, low);
    }

    /// <summary>σ(-|x|) from w = e^(-|x|): q = w/(1 + w), where 1/(1 + w) = 1 - q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F LesserSigmoid(F w, F low)
    {
        F one = F.Broadcast(1);
        F q = w / (one + w);
        F complement = one - q;
        // What is left of (w + low) - q·(1 + w + low); the difference w - q is exact.
        F remainder = F.MultiplyAdd(low, complement, F.MultiplyAddNegated(q, w, w - q));
        return F.MultiplyAdd(remainder, complement, q);
    }

    /// <summary>e^x and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Exp(F x, out F low)
    {
        F p = Fraction(Reduce(x, out F rLow, out F scale), rLow, out _);
        return MultiplyAdd(scale, p, scale, out low);
    }

    /// <summary>e^x - 1, what the float lacks of it, and e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F ExpM1(F x, out F low, out F exp)
    {
        F r = Reduce(x, out F rLow, out F scale);
        return ExpM1(r, rLow, scale, out low, out exp, out _);
    }

    /// <summary>scale·e^(r + rLow) - 1 and scale·e^(r + rLow), each with what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F ExpM1(F r, F rLow, F scale, out F low, out F exp, out F expLow)
    {
        F p = Fraction(r, rLow, out F pLow);
        F m = MultiplyAdd(scale, p, scale - F.Broadcast(1), out F mLow);
        low = F.MultiplyAdd(scale, pLow, mLow);
        exp = MultiplyAdd(scale, p, scale, out expLow);
        return m;
    }

    /// <summary>The integer k next to x / ln 2, and scale = 2^k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Exponent(F x, out F scale)
    {
        F shifted = F.MultiplyAdd(x, F.Broadcast(Log2E), F.Broadcast(Shift));
        scale = F.LowBitsAsExponent(shifted);
        return shifted - F.Broadcast(Shift);
    }

    /// <summary>xy - k·ln 2. The product is not rounded by itself; the head of ln 2 has so few bits that its product with k is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F ProductRemainder(F x, F y, F k) =>
        F.MultiplyAdd(k, F.Broadcast(-Ln2Tail), F.MultiplyAdd(x, y, k * F.Broadcast(-Ln2Head)));

    /// <summary>r = x - k·ln 2 with k such that |r| ≤ ½ ln 2, what r lacks of it, and scale = 2^k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Reduce(F x, out F low, out F scale)
    {
        F k = Exponent(x, out scale);
        low = k * F.Broadcast(-Ln2Low);
        return F.MultiplyAdd(k, F.Broadcast(-Ln2), x);
    }

    /// <summary>e^(r + rLow) - 1 on |r| ≤ ½ ln 2, and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Fraction(F r, F rLow, out F low)
    {
        F r2 = r * r;
        F rest = F.MultiplyAdd(ExpQuotient(r, r2), r2, F.MultiplyAdd(rLow, r, rLow));
        F p = r + rest;
        low = rest - (p - r);
        return p;
    }

    /// <summary>(e^r - 1 - r)/r²; what the least of errors leaves is 2^-28.2 of e^r. Pairs first: a shorter chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F ExpQuotient(F r, F r2) => F.MultiplyAdd(
        F.MultiplyAdd(F.Broadcast(0.001393849728628993f), r2, F.MultiplyAdd(F.Broadcast(0.008368815295398235f), r, F.Broadcast(0.0416664257645607f))),
        r2,
        F.MultiplyAdd(F.Broadcast(0.1666651964187622f), r, F.Broadcast(0.5f)));
}
