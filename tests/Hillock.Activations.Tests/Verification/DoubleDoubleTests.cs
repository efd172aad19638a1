using System.Globalization;
using System.Numerics;
using Hillock.Activations.Numbers;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Tests.Verification;

/// <summary>The judge of the double kernels against values of 45 digits.</summary>
public class DoubleDoubleTests
{
    /// <summary>2^-90: far below what would turn the nearest double into another.</summary>
    private static readonly double Tolerance = double.ScaleB(1, -90);

    private static readonly ILookup<string, string[]> Rows = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "double_double.csv"))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToLookup(cells => cells[0]);

    public static TheoryData<string> Names => new(Rows.Select(group => group.Key));

    [Theory]
    [MemberData(nameof(Names))]
    public void Functions_and_derivatives_have_thirty_digits(string name)
    {
        foreach (string[] row in Rows[name])
        {
            double x = double.Parse(row[1], CultureInfo.InvariantCulture);
            Dual<DoubleDouble> result = Of(name, Dual<DoubleDouble>.Variable(x));
            RelativeError(result.Value, row[2]).ShouldBeLessThan(Tolerance, $"{name}({x:R})");
            RelativeError(result.Slope, row[3]).ShouldBeLessThan(Tolerance, $"{name}'({x:R})");
        }
    }

    [Theory]
    [InlineData(1.0, 3.0, "0.333333333333333333333333333333333333333333333")]
    [InlineData(2.0, 7.0, "0.285714285714285714285714285714285714285714286")]
    [InlineData(1e300, 1e-300, "1.00000000000000002744566841999565987524479636e+600")]
    [InlineData(5e-324, 1.7976931348623157e308, "2.74833138236958751134651472207227553586408014e-632")]
    public void Quotients_are_right_beyond_the_range_of_doubles(double dividend, double divisor, string expected) =>
        RelativeError((DoubleDouble)dividend / divisor, expected).ShouldBeLessThan(Tolerance);

    [Fact]
    public void Sums_keep_what_doubles_lose()
    {
        DoubleDouble sum = (DoubleDouble)1 + double.ScaleB(1, -100);
        (sum - 1).ToDouble().ShouldBe(double.ScaleB(1, -100));
        ((DoubleDouble)double.MaxValue + double.MaxValue - double.MaxValue).ToDouble().ShouldBe(double.MaxValue);
        ((DoubleDouble)0.1 - 0.1).ToDouble().ShouldBe(0);
        ((DoubleDouble)1e300 * 1e300 / 1e300).ToDouble().ShouldBe(1e300);
    }

    [Fact]
    public void Rounding_is_to_the_nearest_double_subnormals_included()
    {
        DoubleDouble tiny = double.Epsilon;
        (tiny * 1.5).ToDouble().ShouldBe(2 * double.Epsilon, "ties go to even");
        (tiny * 2.5).ToDouble().ShouldBe(2 * double.Epsilon, "ties go to even");
        ((tiny * 2.5) + (tiny * double.ScaleB(1, -90))).ToDouble().ShouldBe(3 * double.Epsilon);
        ((tiny * 1.5) - (tiny * double.ScaleB(1, -90))).ToDouble().ShouldBe(double.Epsilon);
        (tiny * 0.5).ToDouble().ShouldBe(0);
        (tiny * -0.75).ToDouble().ShouldBe(-double.Epsilon);
        (tiny * 1e-10).ToDouble().ShouldBe(0);
        ((DoubleDouble)double.MaxValue * 1.0000001).ToDouble().ShouldBe(double.PositiveInfinity);
        foreach (double x in new[] { 5e-324, 1.5e-310, 2.2250738585072014e-308, -3.7e-309, double.MaxValue, -0.0 })
        {
            BitConverter.DoubleToInt64Bits(((DoubleDouble)x).ToDouble()).ShouldBe(BitConverter.DoubleToInt64Bits(x));
        }
    }

    [Fact]
    public void What_is_no_finite_number_stays_so()
    {
        DoubleDouble.Log(-1).IsNaN.ShouldBeTrue();
        DoubleDouble.Log(0.0).ToDouble().ShouldBe(double.NegativeInfinity);
        ((DoubleDouble)1 / 0.0).ToDouble().ShouldBe(double.PositiveInfinity);
        ((DoubleDouble)double.NaN + 1).IsNaN.ShouldBeTrue();
        (double.NaN * (DoubleDouble)2).IsNaN.ShouldBeTrue();
        DoubleDouble.Sqrt(-1).IsNaN.ShouldBeTrue();
        DoubleDouble.Exp(1e300).ToDouble().ShouldBe(double.PositiveInfinity);
        DoubleDouble.Exp(-1e300).ToDouble().ShouldBe(0);
        (1e300 * DoubleDouble.Exp(-1e300)).ToDouble().ShouldBe(0);
    }

    private static T Of<T>(string name, T x)
        where T : struct, IReal<T> => name switch
        {
            "sqrt" => T.Sqrt(x),
            "exp" => T.Exp(x),
            "expm1" => T.ExpM1(x),
            "log" => T.Log(x),
            "log1p" => T.Log1P(x),
            "tanh" => T.Tanh(x),
            "sigmoid" => T.Sigmoid(x),
            "softplus" => T.SoftPlus(x),
            "erf" => T.Erf(x),
            "erfc" => T.Erfc(x),
            "normal_cdf" => T.NormalCdf(x),
            "tanh_softplus" => T.TanhSoftPlus(x),
            "tanhshrink" => T.TanhShrink(x),
            "gauss" => T.Gauss(x),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such function"),
        };

    /// <summary>The relative difference from a decimal number, in exact arithmetic.</summary>
    private static double RelativeError(DoubleDouble actual, string expected)
    {
        string[] parts = expected.Split('e');
        string[] digits = parts[0].Split('.');
        int power = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - (digits.Length > 1 ? digits[1].Length : 0);
        BigInteger decimalPart = BigInteger.Parse(string.Concat(digits), CultureInfo.InvariantCulture);

        // High + Low is a whole number of 2^-170.
        BigInteger binaryPart = Whole(actual.High) + Whole(actual.Low);
        long exponent = actual.Exponent - 170;
        BigInteger left = binaryPart * (exponent > 0 ? BigInteger.One << (int)exponent : 1) * (power < 0 ? BigInteger.Pow(10, -power) : 1);
        BigInteger right = decimalPart * (power > 0 ? BigInteger.Pow(10, power) : 1) * (exponent < 0 ? BigInteger.One << (int)-exponent : 1);
        return right.IsZero ? (left.IsZero ? 0 : 1) : Math.Exp(BigInteger.Log(BigInteger.Max(1, BigInteger.Abs(left - right))) - BigInteger.Log(BigInteger.Abs(right)));

        static BigInteger Whole(double value) => new(double.ScaleB(value, 170));
    }
}
