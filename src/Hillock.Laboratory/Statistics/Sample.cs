namespace Hillock.Laboratory.Statistics;

/// <summary>What is said about a handful of numbers.</summary>
internal static class Sample
{
    /// <summary>The arithmetic mean; NaN of nothing.</summary>
    public static double Mean(IEnumerable<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            sum += value;
            count++;
        }

        return sum / count;
    }

    /// <summary>The variance with n - 1, computed from the deviations; NaN of fewer than two.</summary>
    public static double Variance(IReadOnlyCollection<double> values)
    {
        double mean = Mean(values);
        double sum = 0;
        foreach (double value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return values.Count < 2 ? double.NaN : sum / (values.Count - 1);
    }

    /// <summary>The standard deviation with n - 1; null of fewer than two.</summary>
    public static double? StandardDeviation(IReadOnlyCollection<double> values) =>
        values.Count < 2 ? null : Math.Sqrt(Variance(values));

    /// <summary>The middle value, or the mean of the two in the middle; null of nothing.</summary>
    public static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? null
            : sorted.Length % 2 == 1 ? sorted[middle]
            : 0.5 * (sorted[middle - 1] + sorted[middle]);
    }

    /// <summary>The middle value, or the lesser of the two in the middle, and so always one of the values; null of nothing.</summary>
    public static double? LowerMedian(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : sorted[(sorted.Length - 1) / 2];
    }
}
