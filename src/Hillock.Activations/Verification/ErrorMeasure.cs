namespace Hillock.Activations.Verification;

/// <summary>Distances between what a kernel gave and what is right, in units in the last place of the right result.</summary>
internal static class ErrorMeasure
{
    private const double SmallestSingleUnit = 1.401298464324817e-45;

    /// <summary>Half a unit beyond the largest float: from here on rounding gives infinity.</summary>
    private const double SingleOverflow = 3.4028235677973366e38;

    /// <summary>How near to the middle between two floats a double must be for its own error to matter.</summary>
    private const long Doubt = 16;

    /// <summary>The distance in units of the float that the expected value has.</summary>
    public static double Units(float result, double expected)
    {
        if (double.IsNaN(expected) || float.IsNaN(result))
        {
            return double.IsNaN(expected) && float.IsNaN(result) ? 0 : double.PositiveInfinity;
        }

        if (float.IsInfinity(result))
        {
            return Math.Abs(expected) >= SingleOverflow && Math.Sign(expected) == Math.Sign(result) ? 0 : double.PositiveInfinity;
        }

        // The unit has the exponent of the expected value, 23 binary places lower.
        long exponent = (BitConverter.DoubleToInt64Bits(expected) >> 52) & 0x7FF;
        double unit = exponent < 24 ? SmallestSingleUnit : BitConverter.Int64BitsToDouble((exponent - 23) << 52);
        return Math.Abs(result - expected) / Math.Max(unit, SmallestSingleUnit);
    }

    /// <summary>The distance in units of the double that the expected value has.</summary>
    public static double Units(double result, DoubleDouble expected)
    {
        if (expected.IsNaN || double.IsNaN(result))
        {
            return expected.IsNaN && double.IsNaN(result) ? 0 : double.PositiveInfinity;
        }

        if (double.IsInfinity(result) || double.IsInfinity(expected.High))
        {
            return expected.ToDouble() == result ? 0 : double.PositiveInfinity;
        }

        long unit = Math.Clamp(expected.High == 0 ? -1074 : expected.Exponent - 52, -1074, 1023 - 52);
        return DoubleDouble.Abs(DoubleDouble.Scaled(result - expected, -unit)).ToDouble();
    }

    /// <summary>The error of a derivative as a share of its largest summand.</summary>
    public static double OfLargest(double result, SummandBound<DoubleDouble> exact) => !double.IsFinite(result) || exact.Largest.Sign == 0
        ? double.PositiveInfinity
        : (DoubleDouble.Abs(result - exact.Slope) / exact.Largest).ToDouble();

    /// <summary>Whether a double is so near the middle of two floats that its own last digits decide which of them is the nearest.</summary>
    public static bool IsDoubtful(double expected)
    {
        double magnitude = Math.Abs(expected);
        if (magnitude >= 1.1754943508222875e-38)
        {
            const long half = 1L << 28;
            long rest = BitConverter.DoubleToInt64Bits(magnitude) & ((2 * half) - 1);
            return Math.Abs(rest - half) <= Doubt;
        }

        double units = magnitude / SmallestSingleUnit;
        return Math.Abs(units - Math.Floor(units) - 0.5) < 1e-8;
    }

    /// <summary>The nearest float.</summary>
    public static float Nearest(DoubleDouble value)
    {
        double rounded = value.ToDouble();
        float nearest = (float)rounded;
        int beside = (value - rounded).Sign;
        if (beside == 0 || !float.IsFinite(nearest))
        {
            return nearest;
        }

        // Where the double is the very middle, what it lost decides.
        float other = nearest > rounded ? float.BitDecrement(nearest) : float.BitIncrement(nearest);
        return nearest != rounded && Math.Abs(nearest - rounded) == Math.Abs(other - rounded) && (other > nearest) == (beside > 0) ? other : nearest;
    }
}
