using MathNet.Numerics.Distributions;

namespace Hillock.Laboratory.Statistics;

/// <summary>
/// Wilson's score interval of a proportion (J. Amer. Statist. Assoc. 22, 1927): stays within 0 and 1 and is sound near both.
/// </summary>
internal static class WilsonInterval
{
    /// <summary>The interval that covers the proportion with the given confidence.</summary>
    /// <param name="proportion">The share observed.</param>
    /// <param name="count">Out of how many.</param>
    /// <param name="confidence">The confidence, such as 0.95.</param>
    public static (double Low, double High) Of(double proportion, int count, double confidence)
    {
        double z = Normal.InvCDF(0, 1, 0.5 + 0.5 * confidence);
        double scale = 1 / (1 + z * z / count);
        double centre = scale * (proportion + z * z / (2 * count));
        double width = scale * z * Math.Sqrt(proportion * (1 - proportion) / count + z * z / (4.0 * count * count));
        return (Math.Max(0, centre - width), Math.Min(1, centre + width));
    }

    /// <summary>The standard error of the proportion with two successes and two failures added, so that it is above 0 at both ends (Agresti &amp; Coull 1998).</summary>
    /// <param name="proportion">The share observed.</param>
    /// <param name="count">Out of how many.</param>
    public static double StandardError(double proportion, int count)
    {
        double adjusted = (proportion * count + 2) / (count + 4);
        return Math.Sqrt(adjusted * (1 - adjusted) / (count + 4));
    }
}
