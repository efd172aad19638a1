namespace Hillock.Activations.Random;

/// <summary>
/// The quantile function of the standard normal distribution by Wichura's algorithm AS 241 (PPND16, Applied Statistics 37, 1988): rational
/// approximations with a relative error of about 10⁻¹⁶.
/// </summary>
/// <remarks>Random numbers have to stay the same for ever, so nothing here is shared with functions that may be made more accurate.</remarks>
internal static class NormalQuantile
{
    /// <summary>The x below which a standard normal number lies with the given probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Of(double probability)
    {
        double q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double centre = 0.180625 - q * q;
            return q * Ratio(
                centre,
                [
                    3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
                ],
                [
                    1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
                    2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
                ]);
        }

        double tail = q < 0 ? probability : 1 - probability;
        double r = Math.Sqrt(-Log(tail));
        double magnitude = r <= 5
            ? Ratio(
                r - 1.6,
                [
                    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
                    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
                ],
                [
                    1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
                ])
            : Ratio(
                r - 5,
                [
                    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
                    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
                ],
                [
                    1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
                ]);
        return q < 0 ? -magnitude : magnitude;
    }

    /// <summary>The natural logarithm of a positive normal number: m·2^e with m in [√½, √2), ln m = 2 artanh((m - 1)/(m + 1)) by its series.</summary>
    internal static double Log(double x)
    {
        const double ln2 = 0.6931471805599453;
        const double sqrtHalf = 0.7071067811865476;
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1022;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000);
        if (mantissa < sqrtHalf)
        {
            mantissa *= 2;
            exponent--;
        }

        // |s| ≤ 0.172: the first term left out, s^23/23, is below 10⁻¹⁸.
        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s;
        double series = 0;
        for (int power = 21; power >= 1; power -= 2)
        {
            series = series * square + 1.0 / power;
        }

        return exponent * ln2 + 2 * s * series;
    }

    private static double Ratio(double x, ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator) =>
        Polynomial(x, numerator) / Polynomial(x, denominator);

    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        double value = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            value = value * x + coefficients[i];
        }

        return value;
    }
}
