namespace Hillock.Activations.Elementary;

/// <summary>
/// Sums whose bits depend on nothing but the numbers: element i goes to lane i mod 16, and the lanes are added in pairs. Any width of
/// register can keep this order.
/// </summary>
internal static class FixedTree
{
    private const int Lanes = 16;

    public static double Sum(ReadOnlySpan<double> values)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            lanes[i % Lanes] += values[i];
        }

        return Fold(lanes);
    }

    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        for (int i = 0; i < left.Length; i++)
        {
            lanes[i % Lanes] = Math.FusedMultiplyAdd(left[i], right[i], lanes[i % Lanes]);
        }

        return Fold(lanes);
    }

    private static double Fold(Span<double> lanes)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }
}
