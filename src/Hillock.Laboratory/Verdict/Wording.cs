using Hillock.Activations.Catalogue;

namespace Hillock.Laboratory.Verdict;

/// <summary>Numbers and names as they stand in sentences.</summary>
internal static class Wording
{
    /// <summary>The metric in words.</summary>
    public static string MetricName(Protocol protocol) => protocol.Metric == "accuracy" ? "accuracy" : "R²";

    /// <summary>The secondary metric in words.</summary>
    public static string SecondaryName(Protocol protocol) => protocol.SecondaryMetric == "log_loss" ? "log-loss" : "RMSE";

    /// <summary>A score to four places; one so large that it means nothing but its magnitude, with an exponent.</summary>
    public static string Score(double? score) => Math.Abs(score ?? 0) < 10_000 ? FormattableString.Invariant($"{score:F4}") : FormattableString.Invariant($"{score:0.###e0}");

    /// <summary>A p-value to two digits.</summary>
    public static string PValue(double? pValue) => pValue < 0.001 ? "p < 0.001" : FormattableString.Invariant($"p = {pValue:G2}");

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double? share) => FormattableString.Invariant($"{100 * share:0.#} %");

    /// <summary>What a cost class means.</summary>
    public static string Cost(CostClass cost) => cost switch
    {
        CostClass.Free => "nothing to compute",
        CostClass.Arithmetic => "plain arithmetic",
        CostClass.OneTranscendental => "one exponential's worth",
        _ => "several exponentials' worth",
    };

    /// <summary>Names joined by commas and a last "and".</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
