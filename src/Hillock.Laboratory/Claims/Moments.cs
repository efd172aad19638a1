using Hillock.Activations.Random;

namespace Hillock.Laboratory.Claims;

/// <summary>Sums over many floats, and many floats to sum over.</summary>
internal static class Moments
{
    /// <summary>The arithmetic mean.</summary>
    public static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>The mean of the squares.</summary>
    public static double MeanSquare(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum / values.Length;
    }

    /// <summary>The mean of the squares of the deviations from the mean.</summary>
    public static double Variance(ReadOnlySpan<float> values)
    {
        double mean = Mean(values);
        return MeanSquare(values) - (mean * mean);
    }

    /// <summary>Numbers of a normal distribution around 0.</summary>
    public static float[] Normal(RandomKey key, int count, double deviation = 1)
    {
        float[] values = new float[count];
        new RandomStream(key).FillNormal(values, 0, deviation);
        return values;
    }

    /// <summary>Evenly distributed numbers.</summary>
    public static float[] Uniform(RandomKey key, int count, double low, double high)
    {
        float[] values = new float[count];
        new RandomStream(key).FillUniform(values, (float)low, (float)high);
        return values;
    }

    /// <summary>The value below which a share of the values lie, between the two nearest in proportion.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
