using System.Numerics;

namespace Hillock.Activations.Verification;

/// <summary>Distances between what a kernel gave and what is right, in units in the last place of the right result.</summary>
internal static class ErrorMeasure
{
    private const double SmallestSingleUnit = 1.401298464324817e-45;

    /// <summary>Half a unit beyond the largest float: from here on rounding gives infinity.</summary>
    private const double SingleOverflow = 3.4028235677973366e38;

    /// <summary>How near to the middle between two floats a double must be for its own error to matter.</summary>
    private const long Doubt = 16;

    /// <summary>The same below the normal floats, in units of the float.</summary>
    private const double SubnormalDoubt = 1e-8;

    /// <summary>Half a unit of a float in units of the double.</summary>
    private const long Half = 1L << 28;

    /// <summary>From here on floats have all their digits.</summary>
    private const double SmallestNormal = 1.1754943508222875e-38;

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
        if (magnitude >= SmallestNormal)
        {
            long rest = BitConverter.DoubleToInt64Bits(magnitude) & ((2 * Half) - 1);
            return Math.Abs(rest - Half) <= Doubt;
        }

        double units = magnitude / SmallestSingleUnit;
        return Math.Abs(units - Math.Floor(units) - 0.5) < SubnormalDoubt;
    }

    /// <summary>Whether a float is, as far as a double can tell, half a unit away, as both floats beside a doubtful double are.</summary>
    /// <param name="units">The distance, from <see cref="Units(float, double)"/>.</param>
    public static bool IsHalfUnit(double units) => units <= 0.5 + 1e-7;

    /// <summary>Whether the first register of results are finite and, beyond doubt, the floats nearest to what is expected.</summary>
    /// <param name="results">The results.</param>
    /// <param name="expected">The expected values.</param>
    /// <param name="exactly">Whether they have to be the expected values themselves.</param>
    public static bool AreNearest(ReadOnlySpan<float> results, ReadOnlySpan<double> expected, bool exactly)
    {
        Vector<float> result = new(results);
        Vector<double> low = new(expected);
        Vector<double> high = new(expected[Vector<double>.Count..]);
        if (!Vector.EqualsAll(result, Vector.Narrow(low, high)) || !Vector.LessThanAll(Vector.Abs(result), new Vector<float>(float.PositiveInfinity)))
        {
            return false;
        }

        if (exactly)
        {
            Vector.Widen(result, out Vector<double> first, out Vector<double> second);
            return Vector.EqualsAll(first, low) && Vector.EqualsAll(second, high);
        }

        return AreBeyondDoubt(low) && AreBeyondDoubt(high);
    }

    private static bool AreBeyondDoubt(Vector<double> expected)
    {
        Vector<double> magnitude = Vector.Abs(expected);
        Vector<long> rest = Vector.AsVectorInt64(magnitude) & new Vector<long>((2 * Half) - 1);
        Vector<long> beyond = Vector.GreaterThan(Vector.Abs(rest - new Vector<long>(Half)), new Vector<long>(Doubt));
        Vector<long> normal = Vector.GreaterThanOrEqual(magnitude, new Vector<double>(SmallestNormal));
        if (Vector.EqualsAll(beyond & normal, Vector<long>.AllBitsSet))
        {
            return true;
        }

        Vector<double> units = magnitude / new Vector<double>(SmallestSingleUnit);
        Vector<double> fromMiddle = Vector.Abs(units - Vector.Floor(units) - new Vector<double>(0.5));
        Vector<long> beyondBelow = Vector.GreaterThanOrEqual(fromMiddle, new Vector<double>(SubnormalDoubt));
        return Vector.EqualsAll(Vector.ConditionalSelect(normal, beyond, beyondBelow), Vector<long>.AllBitsSet);
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
