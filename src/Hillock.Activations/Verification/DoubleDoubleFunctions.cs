namespace Hillock.Activations.Verification;

/// <summary>
/// The elementary functions of <see cref="DoubleDouble"/> by their series and a continued fraction: slow, plain, and unlike the kernels, which they judge.
/// </summary>
internal static class DoubleDoubleFunctions
{
    /// <summary>Where e^x is as good as ∞, and e^-x as 0.</summary>
    private const int SaturationExponent = 41;

    private const double Log2OfE = 1.4426950408889634;

    // ln 2 in three doubles.
    private const double Ln2High = 0.6931471805599453;
    private const double Ln2Middle = 2.3190468138462996e-17;
    private const double Ln2Low = 5.707708438416212e-34;

    /// <summary>How often the argument of e^r - 1 is halved before its series.</summary>
    private const int Halvings = 8;

    private static readonly DoubleDouble[] InverseFactorials = Factorials(40);

    private static readonly DoubleDouble[] OddReciprocals = [.. Enumerable.Range(0, 32).Select(k => (DoubleDouble)1 / ((2.0 * k) + 1))];

    /// <summary>2/√π.</summary>
    public static DoubleDouble TwoOverSqrtPi { get; } = (DoubleDouble)2 / DoubleDouble.Sqrt(DoubleDouble.Pi);

    /// <summary>√½.</summary>
    public static DoubleDouble SqrtHalf { get; } = DoubleDouble.Sqrt(0.5);

    /// <summary>e^x.</summary>
    public static DoubleDouble Exp(DoubleDouble x)
    {
        DoubleDouble minusOne = Reduced(x, out long exponent);
        return DoubleDouble.Scaled(1 + minusOne, exponent);
    }

    /// <summary>e^x - 1.</summary>
    public static DoubleDouble ExpM1(DoubleDouble x)
    {
        DoubleDouble minusOne = Reduced(x, out long exponent);
        return exponent == 0 ? minusOne : DoubleDouble.Scaled(1 + minusOne, exponent) - 1;
    }

    /// <summary>ln x.</summary>
    public static DoubleDouble Log(DoubleDouble x)
    {
        if (!(x.High > 0) || !double.IsFinite(x.High))
        {
            return x.High == 0 ? double.NegativeInfinity : x.High > 0 ? x : double.NaN;
        }

        // x = m·2^e with m near 1.
        long exponent = x.High > 1.4142 ? x.Exponent + 1 : x.Exponent;
        DoubleDouble m = DoubleDouble.Scaled(x, -exponent);
        return TwiceArtanh((m - 1) / (m + 1)) + (exponent * (DoubleDouble.Sum(Ln2High, Ln2Middle) + Ln2Low));
    }

    /// <summary>ln(1 + x).</summary>
    public static DoubleDouble Log1P(DoubleDouble x) => Math.Abs(x.Unscaled) < 0.25 ? TwiceArtanh(x / (2 + x)) : Log(1 + x);

    /// <summary>tanh from e^(-2|x|) - 1; its derivative is 4e/(1 + e)² with e = e^(-2|x|).</summary>
    public static DoubleDouble Tanh(DoubleDouble x, out DoubleDouble slope)
    {
        DoubleDouble twice = -2 * DoubleDouble.Abs(x);
        DoubleDouble minusOne = ExpM1(twice);
        DoubleDouble denominator = 2 + minusOne;
        slope = 4 * Exp(twice) / (denominator * denominator);
        DoubleDouble magnitude = -minusOne / denominator;
        return double.IsNegative(x.High) ? -DoubleDouble.Abs(magnitude) : DoubleDouble.Abs(magnitude);
    }

    /// <summary>The logistic function from e = e^(-|x|); its derivative is e/(1 + e)².</summary>
    public static DoubleDouble Sigmoid(DoubleDouble x, out DoubleDouble slope)
    {
        DoubleDouble e = Exp(-DoubleDouble.Abs(x));
        DoubleDouble denominator = 1 + e;
        slope = e / (denominator * denominator);
        return (x.Sign > 0 ? 1 : e) / denominator;
    }

    /// <summary>max(x, 0) + ln(1 + e^(-|x|)).</summary>
    public static DoubleDouble SoftPlus(DoubleDouble x) => (x.Sign > 0 ? x : 0) + Log1P(Exp(-DoubleDouble.Abs(x)));

    /// <summary>tanh(ln(1 + w)) = n/(n + 2) with w = e^x and n = w(w + 2); its derivative is 4w(w + 1)/(n + 2)².</summary>
    public static DoubleDouble TanhSoftPlus(DoubleDouble x, out DoubleDouble slope)
    {
        DoubleDouble w = Exp(x);
        DoubleDouble n = w * (w + 2);
        DoubleDouble denominator = n + 2;
        slope = 4 * w / denominator * ((w + 1) / denominator);
        return n / denominator;
    }

    /// <summary>2√(2/π)·(x + 0.044715x³), the argument of the tanh approximation of GELU, and its derivative.</summary>
    public static DoubleDouble GeluArgument(DoubleDouble x, out DoubleDouble slope)
    {
        DoubleDouble factor = TwoOverSqrtPi * 2 * SqrtHalf;
        DoubleDouble cubic = (DoubleDouble)44715 / 1e6 * x * x;
        slope = factor * (1 + (3 * cubic));
        return factor * x * (1 + cubic);
    }

    /// <summary>x - tanh x; up to 1 as (x·cosh x - sinh x)/cosh x, whose series has positive terms only.</summary>
    public static DoubleDouble TanhShrink(DoubleDouble x)
    {
        if (!(Math.Abs(x.Unscaled) <= 1))
        {
            return x - Tanh(x, out _);
        }

        // Σ x^(2k+1)·2k/(2k + 1)! over Σ x^(2k)/(2k)!.
        DoubleDouble square = x * x;
        DoubleDouble numerator = 0;
        DoubleDouble cosh = 0;
        for (int k = 18; k >= 0; k--)
        {
            numerator = (numerator * square) + (2 * k * InverseFactorials[(2 * k) + 1]);
            cosh = (cosh * square) + InverseFactorials[2 * k];
        }

        return numerator * x / cosh;
    }

    /// <summary>erf: 2/√π·e^(-x²)·Σ 2^n·x^(2n+1)/(2n + 1)!!, whose terms are positive, up to 2; the complement of the tail beyond.</summary>
    public static DoubleDouble Erf(DoubleDouble x)
    {
        if (!(Math.Abs(x.Unscaled) <= 2))
        {
            DoubleDouble tail = Tail(DoubleDouble.Abs(x));
            return x.Sign > 0 ? 1 - tail : tail - 1;
        }

        DoubleDouble square = x * x;
        DoubleDouble term = x;
        DoubleDouble sum = x;
        for (int n = 1; n < 200 && term.Exponent > sum.Exponent - 110 && term.High != 0; n++)
        {
            term = term * square * 2 / ((2.0 * n) + 1);
            sum += term;
        }

        return TwoOverSqrtPi * Exp(-square) * sum;
    }

    /// <summary>1 - erf(x).</summary>
    public static DoubleDouble Erfc(DoubleDouble x) => x.Unscaled > 2 ? Tail(x) : 1 - Erf(x);

    /// <summary>erfc(x) for x ≥ 2 by its continued fraction e^(-x²)/√π / (x + ½/(x + 1/(x + 1½/(x + ...)))), whose error falls as e^(-x√(8n)).</summary>
    private static DoubleDouble Tail(DoubleDouble x)
    {
        double reach = 80 / Math.Min(x.Unscaled, 1e3);
        DoubleDouble fraction = x;
        for (int n = 12 + (int)(reach * reach / 8); n > 0; n--)
        {
            fraction = x + (0.5 * n / fraction);
        }

        return 0.5 * TwoOverSqrtPi * Exp(-(x * x)) / fraction;
    }

    /// <summary>e^r - 1 with x = k·ln 2 + r, |r| ≤ ½ ln 2; k is 0 where |x| is small.</summary>
    private static DoubleDouble Reduced(DoubleDouble x, out long k)
    {
        if (x.High == 0 || !double.IsFinite(x.High) || x.Exponent > SaturationExponent)
        {
            k = x.High == 0 || double.IsNaN(x.High) ? 0 : x.High > 0 ? 1L << SaturationExponent : -(1L << SaturationExponent);
            return k == 0 ? x : 0;
        }

        double rounded = Math.Round(x.Unscaled * Log2OfE);
        k = (long)rounded;
        DoubleDouble r = k == 0 ? x : x - (rounded * (DoubleDouble)Ln2High) - (rounded * (DoubleDouble)Ln2Middle) - (rounded * (DoubleDouble)Ln2Low);
        if (r.Exponent < -120)
        {
            return r;
        }

        // The series of e^s - 1 at s = r/2^8; then e^(2s) - 1 = m(m + 2) eight times, which keeps its relative accuracy.
        DoubleDouble s = DoubleDouble.Scaled(r, -Halvings);
        DoubleDouble m = 0;
        for (int n = 12; n >= 1; n--)
        {
            m = (m + InverseFactorials[n]) * s;
        }

        for (int i = 0; i < Halvings; i++)
        {
            m *= m + 2;
        }

        return m;
    }

    /// <summary>2·artanh(s) = 2(s + s³/3 + s⁵/5 + ...) for |s| ≤ 0.18.</summary>
    private static DoubleDouble TwiceArtanh(DoubleDouble s)
    {
        DoubleDouble square = s * s;
        DoubleDouble sum = 0;
        for (int k = 24; k >= 0; k--)
        {
            sum = (sum * square) + OddReciprocals[k];
        }

        return 2 * s * sum;
    }

    private static DoubleDouble[] Factorials(int count)
    {
        DoubleDouble[] inverse = new DoubleDouble[count];
        inverse[0] = 1;
        for (int n = 1; n < count; n++)
        {
            inverse[n] = inverse[n - 1] / n;
        }

        return inverse;
    }
}
