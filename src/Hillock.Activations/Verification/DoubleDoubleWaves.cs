using System.Globalization;
using System.Numerics;

namespace Hillock.Activations.Verification;

/// <summary>Sine and cosine of <see cref="DoubleDouble"/>: reduced by 1408 binary digits of 2/π as whole numbers, then by their series.</summary>
internal static class DoubleDoubleWaves
{
    /// <summary>How many binary digits of 2/π there are below.</summary>
    private const int Digits = 1408;

    /// <summary>A double-double times 2 to this power is a whole number.</summary>
    private const int MantissaDigits = 170;

    /// <summary>⌊2/π·2^1408⌋: enough for the largest double, which takes 1024 of them, and what a difference from a multiple of ½π may lose.</summary>
    private static readonly BigInteger TwoOverPi = BigInteger.Parse(
        "0a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f5"
        + "2ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d"
        + "7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361da9e391615ee61b086599855f14a06840",
        NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture);

    private static readonly DoubleDouble[] InverseFactorials = [.. Factorials(34)];

    /// <summary>sin x and cos x; no numbers where x is not finite or beyond the doubles.</summary>
    public static DoubleDouble Sin(DoubleDouble x, out DoubleDouble cosine)
    {
        if (!double.IsFinite(x.High) || x.Exponent > 1100)
        {
            return cosine = double.NaN;
        }

        DoubleDouble r = Reduced(x, out int quadrant);
        DoubleDouble square = r * r;
        DoubleDouble sine = 0;
        DoubleDouble even = 0;
        for (int k = 15; k >= 0; k--)
        {
            int sign = k % 2 == 0 ? 1 : -1;
            sine = (sine * square) + (sign * InverseFactorials[(2 * k) + 1]);
            even = (even * square) + (sign * InverseFactorials[2 * k]);
        }

        sine *= r;
        cosine = quadrant switch { 0 => even, 1 => -sine, 2 => -even, _ => sine };
        return quadrant switch { 0 => sine, 1 => even, 2 => -sine, _ => -even };
    }

    /// <summary>x less the nearest multiple of ½π, and which that is, modulo 4.</summary>
    private static DoubleDouble Reduced(DoubleDouble x, out int quadrant)
    {
        quadrant = 0;
        if (x.High == 0 || x.Exponent < -1)
        {
            return x;
        }

        BigInteger mantissa = new BigInteger(Math.ScaleB(x.High, MantissaDigits)) + new BigInteger(Math.ScaleB(x.Low, MantissaDigits));
        int shift = Digits + MantissaDigits - (int)x.Exponent;
        BigInteger turns = mantissa * TwoOverPi;
        BigInteger nearest = (turns + (BigInteger.One << (shift - 1))) >> shift;
        BigInteger rest = turns - (nearest << shift);
        quadrant = (int)(((nearest % 4) + 4) % 4);

        // Its leading 53 digits, and those after them.
        int cut = Math.Max(0, (int)BigInteger.Abs(rest).GetBitLength() - 160);
        BigInteger leading = rest >> cut;
        double high = (double)leading;
        double low = (double)(leading - new BigInteger(high));
        return DoubleDouble.Scaled(DoubleDouble.Sum(high, low), cut - shift) * DoubleDouble.Pi * 0.5;
    }

    private static IEnumerable<DoubleDouble> Factorials(int count)
    {
        DoubleDouble inverse = 1;
        for (int n = 1; n <= count; n++)
        {
            yield return inverse;
            inverse /= n;
        }
    }
}
