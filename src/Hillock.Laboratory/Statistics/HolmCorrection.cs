namespace Hillock.Laboratory.Statistics;

/// <summary>
/// Holm's step-down correction for several tests at once (A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6, 1979):
/// the smallest of m p-values is multiplied by m, the next by m - 1, and so on, never below the one before.
/// </summary>
internal static class HolmCorrection
{
    /// <summary>The adjusted p-values, in the order given.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        double[] adjusted = new double[pValues.Count];
        double largest = 0;
        int remaining = pValues.Count;
        foreach (int index in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            largest = Math.Max(largest, Math.Min(1, pValues[index] * remaining--));
            adjusted[index] = largest;
        }

        return adjusted;
    }
}
