using Hillock.Laboratory;

namespace Hillock.Cli.Output;

/// <summary>One column of the table of candidates; the terminal and the report have the same.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Priority">The columns with the greatest numbers go first where space is short.</param>
/// <param name="Text">What it says of a candidate; nothing where that does not exist.</param>
internal sealed record Figure(string Title, int Priority, Func<CandidateResult, string> Text)
{
    /// <summary>The columns after the name, without those that have nothing to say of any candidate.</summary>
    public static IReadOnlyList<Figure> Of(ComparisonResult result)
    {
        Protocol protocol = result.Protocol;
        CandidateResult best = result.Candidates[0];
        Figure[] all =
        [
            new(Sentences.Metric(protocol.Metric), 0, c => c.Mean is { } mean ? Words.Fixed(mean) : "diverged"),
            new("± std", 2, c => Optional(c.StandardDeviation, Words.Fixed)),
            new("95 % interval", 4, c => c is { Low: { } low, High: { } high } ? $"{Words.Fixed(low)} to {Words.Fixed(high)}" : ""),
            new("p", 1, c => c.PValue is { } p ? Sentences.PValue(p) : c == best && c.Mean is not null ? "best" : ""),
            new(Sentences.Metric(protocol.SecondaryMetric), 5, c => Optional(c.SecondaryMean, v => Sentences.Secondary(protocol, v))),
            new("lr", 6, c => Optional(c.LearningRate, v => Words.Significant(v, 3))),
            new("ms/epoch", 7, c => Optional(c.SecondsPerEpoch, v => Words.Significant(v * 1000, 3))),
            new("dead", 8, c => Sentences.Share(c.Dead)),
            new("saturated", 9, c => Sentences.Share(c.Saturated)),
            new("zeros", 11, c => Sentences.Share(c.Sparsity)),
            new("gradient", 10, c => Optional(c.GradientRatio, v => $"×{Words.Significant(v, 2)}")),
        ];
        return [.. all.Where(f => result.Candidates.Any(c => f.Text(c).Length > 0))];
    }

    /// <summary>A figure, or nothing where it does not exist.</summary>
    public static string Optional(double? value, Func<double, string> text) => value is { } v ? text(v) : "";
}
