using MathNet.Numerics.Distributions;

namespace Hillock.Laboratory.Statistics;

/// <summary>
/// McNemar's test of two classifiers on the same samples (Psychometrika 12, 1947), exact at every size: of the samples on which just one of them
/// is right, each is right on half if they are equally good.
/// </summary>
internal static class McNemarTest
{
    /// <summary>The two-sided p-value: twice the smaller tail of the binomial distribution, at most 1.</summary>
    /// <param name="onlyFirst">The samples on which only the first is right.</param>
    /// <param name="onlySecond">The samples on which only the second is right.</param>
    public static double PValue(int onlyFirst, int onlySecond) =>
        onlyFirst + onlySecond == 0 ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, onlyFirst + onlySecond, Math.Min(onlyFirst, onlySecond)));
}
