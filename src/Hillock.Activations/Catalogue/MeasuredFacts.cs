using Hillock.Activations.Numbers;

namespace Hillock.Activations.Catalogue;

/// <summary>What can be computed about an element-wise activation instead of being claimed.</summary>
public sealed record MeasuredFacts
{
    private const double Reach = 40;
    private const double Step = 1.0 / 512;

    private MeasuredFacts()
    {
    }

    /// <summary>The greatest absolute slope between -40 and 40: by how much it can stretch a difference of inputs (its Lipschitz constant); may be infinite.</summary>
    public required double LargestSlope { get; init; }

    /// <summary>Whether the slope is greater towards -40 and 40 than it is between -20 and 20, so that it may be greater still beyond.</summary>
    public required bool SlopeGrowsOutwards { get; init; }

    /// <summary>The value at 0.</summary>
    public required double AtZero { get; init; }

    /// <summary>The mean of f(x) for x ~ N(0, 1); NaN, like the following, where f is not defined for all x.</summary>
    public required double NormalMean { get; init; }

    /// <summary>The variance of f(x) for x ~ N(0, 1).</summary>
    public required double NormalVariance { get; init; }

    /// <summary>The mean of f′(x)² for x ~ N(0, 1): what a layer does to the size of a gradient that passes through it.</summary>
    public required double NormalSquaredSlope { get; init; }

    /// <summary>Computes the facts, learned and random parameters standing at the value they have in evaluation.</summary>
    /// <param name="activation">An element-wise activation.</param>
    /// <exception cref="ArgumentException">The activation is a function of a whole row.</exception>
    public static MeasuredFacts Of(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        if (!activation.Definition.IsElementwise)
        {
            throw new ArgumentException($"{activation.Name} is a function of a whole row, and only element-wise ones can be measured so", nameof(activation));
        }

        // The midpoint rule with a cell's edge at 0, where kinks are: exact across a jump there, and spectrally accurate for smooth functions.
        int count = (int)(2 * Reach / Step);
        double[] x = new double[count + 1];
        for (int i = 0; i < count; i++)
        {
            x[i] = -Reach + ((i + 0.5) * Step);
        }

        x[count] = 0;
        double[] value = new double[x.Length];
        double[] slope = new double[x.Length];
        activation.Evaluate(x, value);
        activation.Slope(x, slope);

        double mean = 0;
        double square = 0;
        double squaredSlope = 0;
        for (int i = 0; i < count; i++)
        {
            double weight = Constants.InverseSqrtTwoPi * Math.Exp(-0.5 * x[i] * x[i]) * Step;
            mean += weight * value[i];
            square += weight * value[i] * value[i];
            squaredSlope += weight * slope[i] * slope[i];
        }

        double largest = slope.Max(Math.Abs);
        double inner = slope.AsSpan(count / 4, count / 2).ToArray().Max(Math.Abs);
        return new MeasuredFacts
        {
            LargestSlope = largest,
            SlopeGrowsOutwards = largest > 1.001 * inner,
            AtZero = value[count],
            NormalMean = mean,
            NormalVariance = square - (mean * mean),
            NormalSquaredSlope = squaredSlope,
        };
    }
}
