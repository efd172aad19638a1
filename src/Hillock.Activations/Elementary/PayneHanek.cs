namespace Hillock.Activations.Elementary;

/// <summary>
/// The reduction of a huge angle in whole numbers: its mantissa times the bits of 2/π that matter for its exponent (Payne &amp; Hanek, Radian Reduction for
/// Trigonometric Functions, 1983).
/// </summary>
internal static class PayneHanek
{
    private const double HalfPi = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;

    /// <summary>2^-127.</summary>
    private const double Unit = 5.877471754111438e-39;

    /// <summary>2/π in words of 64 bits below the point.</summary>
    private static ReadOnlySpan<ulong> TwoOverPi =>
        [
            0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561,
            0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
            0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
            0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B,
            0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
        ];

    /// <summary>Reduces an angle of at least 2^30, or 0.</summary>
    /// <param name="x">The angle, without its power of 2.</param>
    /// <param name="quarters">The number of quarter turns nearest to it, modulo 4.</param>
    /// <param name="low">What the result lost in rounding.</param>
    /// <param name="scale">The power of 2 by which x is multiplied, at most 16: the angle may be greater than every double.</param>
    /// <returns>What the quarter turns leave of it; no number for infinity and NaN.</returns>
    public static double Reduce(double x, out double quarters, out double low, int scale = 0)
    {
        if (!double.IsFinite(x))
        {
            quarters = 0;
            low = 0;
            return double.NaN;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1075 + scale;
        ulong mantissa = (ulong)((bits & 0xF_FFFF_FFFF_FFFF) | (1L << 52));

        // |x| is mantissa·2^exponent. The bits of 2/π at places before exponent - 2 give multiples of 4 quarter turns; the 192 from there on are enough for
        // the double that is nearest to a multiple of π/2. The product, modulo 2^192, has two places above the point.
        int first = exponent - 2;
        UInt128 window = new(Word(first), Word(first + 64));
        UInt128 last = (UInt128)mantissa * Word(first + 128);
        UInt128 product = (window * mantissa) + (last >> 64);

        // As a signed number the fraction lies between -½ and ½; a bit is dropped so that it stays below 2^127 when rounded.
        Int128 fraction = (Int128)((product << 2) | ((ulong)last >> 62)) >> 1;
        double sign = x < 0 ? -1 : 1;
        quarters = sign * (double)((ulong)(product >> 126) + (fraction < 0 ? 1ul : 0ul));
        double high = (double)fraction;
        double rest = (double)(fraction - (Int128)high) * Unit;
        high *= Unit;
        double angle = high * HalfPi;
        low = sign * (Math.FusedMultiplyAdd(high, HalfPi, -angle) + Math.FusedMultiplyAdd(high, HalfPiLow, rest * HalfPi));
        return sign * angle;
    }

    /// <summary>64 bits of 2/π from a place below the point on; above it there are none.</summary>
    private static ulong Word(int place)
    {
        int index = place >> 6;
        int shift = place & 63;
        return shift == 0 ? At(index) : (At(index) << shift) | (At(index + 1) >> (64 - shift));
    }

    private static ulong At(int index) => index < 0 ? 0 : TwoOverPi[index];
}
