using MathNet.Numerics.Distributions;

namespace Hillock.Laboratory.Statistics;

/// <summary>
/// Student's t for scores of resampled data. The training parts of folds overlap, so their scores are not independent and the plain test
/// sees differences where there are none; Nadeau &amp; Bengio (Inference for the generalization error, Machine Learning 52, 2003) widen the
/// variance of the mean from s²/n to s²·(1/n + n_test/n_train). With a ratio of 0 this is the plain test for independent values.
/// </summary>
internal static class ResampledTTest
{
    /// <summary>The two-sided p-value of the hypothesis that the differences have mean 0; null with fewer than two, or where they agree to the last digits.</summary>
    /// <param name="differences">The paired differences, one for each trial.</param>
    /// <param name="testToTraining">The samples tested on over those trained on.</param>
    /// <param name="resolution">
    /// The steps in which scores come, such as 1/200 for an accuracy over 200 samples: differences that agree by chance agree no better than to one step, so their
    /// variance is taken to be at least that of rounding to it, a twelfth of its square (Sheppard 1898).
    /// </param>
    public static double? PValue(IReadOnlyCollection<double> differences, double testToTraining, double resolution = 0)
    {
        if (differences.Count < 2)
        {
            return null;
        }

        double mean = Sample.Mean(differences);
        double variance = Math.Max(Sample.Variance(differences), resolution * resolution / 12);
        double error = Math.Sqrt(variance * (1.0 / differences.Count + testToTraining));
        return mean == 0 ? 1
            : error <= 1e-12 * Math.Abs(mean) ? null
            : 2 * StudentT.CDF(0, 1, differences.Count - 1, -Math.Abs(mean / error));
    }

    /// <summary>The interval that covers the mean with the given confidence; null with fewer than two values.</summary>
    /// <param name="values">The scores, one for each trial.</param>
    /// <param name="testToTraining">The samples tested on over those trained on.</param>
    /// <param name="confidence">The confidence, such as 0.95.</param>
    public static (double Low, double High)? Interval(IReadOnlyCollection<double> values, double testToTraining, double confidence)
    {
        if (values.Count < 2)
        {
            return null;
        }

        double mean = Sample.Mean(values);
        double width = StudentT.InvCDF(0, 1, values.Count - 1, 0.5 + 0.5 * confidence) * StandardError(values, testToTraining);
        return (mean - width, mean + width);
    }

    /// <summary>The standard error of the mean of at least two values, corrected for the overlap of training parts.</summary>
    public static double StandardError(IReadOnlyCollection<double> values, double testToTraining) =>
        Math.Sqrt(Sample.Variance(values) * (1.0 / values.Count + testToTraining));
}
