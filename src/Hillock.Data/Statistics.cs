namespace Hillock.Data;

/// <summary>Mean and standard deviation, in an order of additions that is always the same.</summary>
internal static class Statistics
{
    /// <summary>
    /// The mean and the standard deviation (that of all given values, not an estimate for others). The deviation is exactly 0 if and only
    /// if all values are the same; no values give 0 and 0.
    /// </summary>
    public static (double Mean, double Deviation) Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return (0, 0);
        }

        double sum = 0;
        double least = values[0];
        double greatest = values[0];
        foreach (double value in values)
        {
            sum += value;
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        if (least == greatest)
        {
            return (least, 0);
        }

        // Squares of deviations relative to the range neither overflow nor vanish.
        double mean = sum / values.Length;
        double range = greatest - least;
        double squares = 0;
        foreach (double value in values)
        {
            double deviation = (value - mean) / range;
            squares += deviation * deviation;
        }

        return (mean, range * Math.Sqrt(squares / values.Length));
    }
}
