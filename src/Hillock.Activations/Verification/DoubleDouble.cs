using Hillock.Activations.Numbers;

namespace Hillock.Activations.Verification;

/// <summary>
/// A number of some 106 binary digits and practically unlimited exponent: (<see cref="High"/> + <see cref="Low"/>)·2^<see cref="Exponent"/>, the unevaluated sum of two
/// doubles (Dekker 1971) with an exponent beside it, so that nothing overflows or becomes subnormal on the way. Formulas run over it as over any other number; what comes out
/// is the reference of the double kernels, with which it shares no code. Its functions are accurate to about 2^-95 and are tested against mpmath.
/// </summary>
/// <remarks>Sum, product and quotient are those of Joldes, Muller &amp; Popescu, Tight and rigorous error bounds for basic building blocks of double-word arithmetic, ACM TOMS 2017.</remarks>
internal readonly struct DoubleDouble : IReal<DoubleDouble>
{
    /// <summary>Exponents stay between this and its negative: far beyond what e^x of any double could tell from ∞ and 0.</summary>
    private const long LargestExponent = 1L << 50;

    /// <summary>Beyond this distance of exponents the lesser summand does not reach into the digits of the greater.</summary>
    private const long Reach = 200;

    private DoubleDouble(double high, double low, long exponent)
    {
        High = high;
        Low = low;
        Exponent = exponent;
    }

    /// <summary>The leading digits: 0, or of a magnitude in [1, 2), or not finite.</summary>
    public double High { get; }

    /// <summary>The digits after them, at most half a unit in the last place of <see cref="High"/>.</summary>
    public double Low { get; }

    /// <summary>The binary exponent.</summary>
    public long Exponent { get; }

    /// <summary>π to the last digit.</summary>
    public static DoubleDouble Pi { get; } = Sum(3.141592653589793, 1.2246467991473532e-16);

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => High > 0 ? 1 : High < 0 ? -1 : 0;

    /// <summary>Whether it is no number.</summary>
    public bool IsNaN => double.IsNaN(High);

    public static implicit operator DoubleDouble(double value) => Normalized(value, 0, 0);

    public static DoubleDouble operator +(DoubleDouble left, DoubleDouble right)
    {
        if (left.High == 0 || right.High == 0 || !double.IsFinite(left.High) || !double.IsFinite(right.High))
        {
            return left.High == 0 && right.High != 0 ? right : right.High == 0 && left.High != 0 ? left : left.High + right.High;
        }

        long distance = left.Exponent - right.Exponent;
        if (Math.Abs(distance) > Reach)
        {
            return distance > 0 ? left : right;
        }

        // At the exponent of the greater: scaling the lesser down by at most 2^200 is exact.
        DoubleDouble greater = distance >= 0 ? left : right;
        DoubleDouble lesser = distance >= 0 ? right : left;
        double scale = PowerOfTwo(-Math.Abs(distance));
        double high = TwoSum(greater.High, lesser.High * scale, out double highLost);
        double low = TwoSum(greater.Low, lesser.Low * scale, out double lowLost);
        high = FastTwoSum(high, highLost + low, out double rest);
        high = FastTwoSum(high, rest + lowLost, out rest);
        return Normalized(high, rest, greater.Exponent);
    }

    public static DoubleDouble operator -(DoubleDouble left, DoubleDouble right) => left + -right;

    public static DoubleDouble operator -(DoubleDouble value) => new(-value.High, -value.Low, value.Exponent);

    public static DoubleDouble operator *(DoubleDouble left, DoubleDouble right)
    {
        double high = left.High * right.High;
        if (!double.IsFinite(high))
        {
            return high;
        }

        double lost = Math.FusedMultiplyAdd(left.High, right.High, -high);
        lost += Math.FusedMultiplyAdd(left.High, right.Low, left.Low * right.High);
        high = FastTwoSum(high, lost, out double low);
        return Normalized(high, low, left.Exponent + right.Exponent);
    }

    public static DoubleDouble operator /(DoubleDouble left, DoubleDouble right)
    {
        if (right.High == 0 || !double.IsFinite(left.High) || !double.IsFinite(right.High))
        {
            return left.High / right.High;
        }

        // Long division in three digits.
        DoubleDouble divisor = new(right.High, right.Low, 0);
        DoubleDouble rest = new(left.High, left.Low, 0);
        double first = rest.High / divisor.High;
        rest -= divisor * first;
        double second = rest.Unscaled / divisor.High;
        rest -= divisor * second;
        double third = rest.Unscaled / divisor.High;
        double high = FastTwoSum(first, second, out double low);
        high = FastTwoSum(high, low + third, out low);
        return Normalized(high, low, left.Exponent - right.Exponent);
    }

    public static bool operator >(DoubleDouble left, DoubleDouble right) => (left - right).Sign > 0;

    public static bool operator <(DoubleDouble left, DoubleDouble right) => (left - right).Sign < 0;

    /// <inheritdoc/>
    public static DoubleDouble Constant(double value) => value;

    /// <inheritdoc/>
    public static DoubleDouble MultiplyAdd(DoubleDouble a, DoubleDouble b, DoubleDouble c) => (a * b) + c;

    /// <inheritdoc/>
    public static DoubleDouble IfPositive(DoubleDouble condition, DoubleDouble positive, DoubleDouble otherwise) => condition.Sign > 0 ? positive : otherwise;

    /// <inheritdoc/>
    public static DoubleDouble Abs(DoubleDouble x) => double.IsNegative(x.High) ? -x : x;

    /// <inheritdoc/>
    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (!(x.High > 0) || !double.IsFinite(x.High))
        {
            return Math.Sqrt(x.High);
        }

        // Newton's step from the root of the leading digits doubles them; the exponent is halved as a whole number.
        long odd = x.Exponent & 1;
        DoubleDouble radicand = Scaled(new(x.High, x.Low, 0), odd);
        double root = Math.Sqrt(radicand.Unscaled);
        DoubleDouble rest = radicand - ((DoubleDouble)root * root);
        return Scaled(root + (rest / (2 * root)), (x.Exponent - odd) / 2);
    }

    /// <inheritdoc/>
    public static DoubleDouble Round(DoubleDouble x)
    {
        if (x.Exponent > 110 || !double.IsFinite(x.High))
        {
            return x;
        }

        if (x.Exponent >= 52)
        {
            return Sum(x.High * PowerOfTwo(x.Exponent), Math.Round(x.Low * PowerOfTwo(x.Exponent)));
        }

        // What High lost to Low decides ties.
        double high = x.Unscaled;
        double rounded = Math.Round(high);
        double rest = high - rounded;
        rounded += rest == 0.5 && x.Low > 0 ? 1 : rest == -0.5 && x.Low < 0 ? -1 : 0;
        return double.CopySign(rounded, x.High);
    }

    /// <inheritdoc/>
    public static DoubleDouble Sin(DoubleDouble x) => DoubleDoubleWaves.Sin(x, out _);

    /// <inheritdoc/>
    public static DoubleDouble Cos(DoubleDouble x)
    {
        DoubleDoubleWaves.Sin(x, out DoubleDouble cosine);
        return cosine;
    }

    /// <inheritdoc/>
    public static DoubleDouble Pow(DoubleDouble x, DoubleDouble y)
    {
        if (y.High == 0)
        {
            return 1;
        }

        bool whole = (Round(y) - y).Sign == 0;
        bool odd = whole && (Round(0.5 * y) - (0.5 * y)).Sign != 0;
        if (x.High == 0)
        {
            double limit = y.Sign > 0 ? 0 : double.PositiveInfinity;
            return odd ? double.CopySign(limit, x.High) : limit;
        }

        DoubleDouble power = Exp(y * Log(Abs(x)));
        return x.Sign > 0 ? power : !whole ? double.NaN : odd ? -power : power;
    }

    /// <summary>ln x and its derivative 1/x, which is no number either where x is negative.</summary>
    public static DoubleDouble Log(DoubleDouble x, out DoubleDouble slope)
    {
        slope = x.Sign < 0 ? double.NaN : x.High == 0 ? double.PositiveInfinity : 1 / x;
        return Log(x);
    }

    /// <inheritdoc/>
    public static DoubleDouble Exp(DoubleDouble x) => DoubleDoubleFunctions.Exp(x);

    /// <inheritdoc/>
    public static DoubleDouble ExpM1(DoubleDouble x) => DoubleDoubleFunctions.ExpM1(x);

    /// <inheritdoc/>
    public static DoubleDouble Log(DoubleDouble x) => DoubleDoubleFunctions.Log(x);

    /// <inheritdoc/>
    public static DoubleDouble Log1P(DoubleDouble x) => DoubleDoubleFunctions.Log1P(x);

    /// <inheritdoc/>
    public static DoubleDouble Tanh(DoubleDouble x) => DoubleDoubleFunctions.Tanh(x, out _);

    /// <inheritdoc/>
    public static DoubleDouble Tanh(DoubleDouble x, out DoubleDouble slope) => DoubleDoubleFunctions.Tanh(x, out slope);

    /// <inheritdoc/>
    public static DoubleDouble Sigmoid(DoubleDouble x) => DoubleDoubleFunctions.Sigmoid(x, out _);

    /// <inheritdoc/>
    public static DoubleDouble Sigmoid(DoubleDouble x, out DoubleDouble slope) => DoubleDoubleFunctions.Sigmoid(x, out slope);

    /// <inheritdoc/>
    public static DoubleDouble SoftPlus(DoubleDouble x) => DoubleDoubleFunctions.SoftPlus(x);

    /// <inheritdoc/>
    public static DoubleDouble Erf(DoubleDouble x) => DoubleDoubleFunctions.Erf(x);

    /// <inheritdoc/>
    public static DoubleDouble Erf(DoubleDouble x, out DoubleDouble slope)
    {
        slope = DoubleDoubleFunctions.TwoOverSqrtPi * Exp(-(x * x));
        return DoubleDoubleFunctions.Erf(x);
    }

    /// <inheritdoc/>
    public static DoubleDouble Erfc(DoubleDouble x) => DoubleDoubleFunctions.Erfc(x);

    /// <inheritdoc/>
    public static DoubleDouble Erfc(DoubleDouble x, out DoubleDouble slope)
    {
        slope = -DoubleDoubleFunctions.TwoOverSqrtPi * Exp(-(x * x));
        return DoubleDoubleFunctions.Erfc(x);
    }

    /// <inheritdoc/>
    public static DoubleDouble NormalCdf(DoubleDouble x) => 0.5 * DoubleDoubleFunctions.Erfc(-x * DoubleDoubleFunctions.SqrtHalf);

    /// <inheritdoc/>
    public static DoubleDouble NormalCdf(DoubleDouble x, out DoubleDouble slope)
    {
        slope = 0.5 * DoubleDoubleFunctions.TwoOverSqrtPi * DoubleDoubleFunctions.SqrtHalf * Exp(-0.5 * (x * x));
        return NormalCdf(x);
    }

    /// <inheritdoc/>
    public static DoubleDouble TanhSoftPlus(DoubleDouble x) => DoubleDoubleFunctions.TanhSoftPlus(x, out _);

    /// <inheritdoc/>
    public static DoubleDouble TanhSoftPlus(DoubleDouble x, out DoubleDouble slope) => DoubleDoubleFunctions.TanhSoftPlus(x, out slope);

    /// <inheritdoc/>
    public static DoubleDouble TanhGelu(DoubleDouble x) => x * Sigmoid(DoubleDoubleFunctions.GeluArgument(x, out _));

    /// <inheritdoc/>
    public static DoubleDouble TanhGelu(DoubleDouble x, out DoubleDouble slope)
    {
        DoubleDouble gate = Sigmoid(DoubleDoubleFunctions.GeluArgument(x, out DoubleDouble argumentSlope), out DoubleDouble gateSlope);
        slope = gate + (x * gateSlope * argumentSlope);
        return x * gate;
    }

    /// <inheritdoc/>
    public static DoubleDouble TanhShrink(DoubleDouble x) => DoubleDoubleFunctions.TanhShrink(x);

    /// <summary>The number times 2^<paramref name="exponent"/>, exactly.</summary>
    public static DoubleDouble Scaled(DoubleDouble value, long exponent) =>
        value.High == 0 || !double.IsFinite(value.High) ? value : Normalized(value.High, value.Low, value.Exponent + exponent);

    /// <summary>The exact sum of two doubles.</summary>
    public static DoubleDouble Sum(double left, double right)
    {
        double sum = TwoSum(left, right, out double lost);
        return Normalized(sum, lost, 0);
    }

    /// <summary>The nearest double.</summary>
    public double ToDouble()
    {
        if (High == 0 || !double.IsFinite(High) || Exponent > 1023)
        {
            return Exponent > 1023 ? double.CopySign(double.PositiveInfinity, High) : High;
        }

        if (Exponent >= -1022)
        {
            return Math.ScaleB(High, (int)Exponent);
        }

        if (Exponent < -1076)
        {
            return double.CopySign(0, High);
        }

        // Subnormal: to a multiple of the quantum, where what High lost to Low decides ties.
        double quantum = PowerOfTwo(-1074 - Exponent);
        double shift = 6755399441055744.0 * quantum;
        double rounded = (High + shift) - shift;
        double rest = High - rounded;
        rounded += rest == 0.5 * quantum && Low > 0 ? quantum : rest == -0.5 * quantum && Low < 0 ? -quantum : 0;
        return double.CopySign(Math.ScaleB(rounded, (int)Exponent), High);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"({High:R} + {Low:R})·2^{Exponent}");

    /// <summary>The leading digits with the exponent, which must be one of a double.</summary>
    internal double Unscaled => Exponent is > -1000 and < 1000 ? High * PowerOfTwo(Exponent) : Exponent > 0 ? double.CopySign(double.MaxValue, High) : 0;

    internal static double PowerOfTwo(long exponent) => BitConverter.Int64BitsToDouble((exponent + 1023) << 52);

    private static DoubleDouble Normalized(double high, double low, long exponent)
    {
        if (high == 0 || !double.IsFinite(high))
        {
            return new(high, 0, 0);
        }

        if (Math.Abs(high) < 1e-290)
        {
            high *= PowerOfTwo(200);
            low *= PowerOfTwo(200);
            exponent -= 200;
        }

        long own = ((BitConverter.DoubleToInt64Bits(high) >> 52) & 0x7FF) - 1023;
        // In two steps: the inverse of the largest power of two is subnormal.
        double half = PowerOfTwo(-(own / 2));
        double otherHalf = PowerOfTwo(-(own - (own / 2)));
        return new(high * half * otherHalf, low * half * otherHalf, Math.Clamp(exponent + own, -LargestExponent, LargestExponent));
    }

    private static double TwoSum(double left, double right, out double lost)
    {
        double sum = left + right;
        double back = sum - left;
        lost = (left - (sum - back)) + (right - back);
        return sum;
    }

    private static double FastTwoSum(double greater, double lesser, out double lost)
    {
        double sum = greater + lesser;
        lost = lesser - (sum - greater);
        return sum;
    }
}
