namespace Hillock.Cli.Output;

/// <summary>Says the figures of claims as people read them; the terminal and the page of the documentation say the same.</summary>
internal static class ClaimText
{
    /// <summary>The median of a figure.</summary>
    public static string Median(FigureEntry figure) => Value(figure.Median, figure.IsShare);

    /// <summary>The range over the seeds; nothing where there is one value.</summary>
    public static string Spread(FigureEntry figure) =>
        figure.Values.Count < 2 ? "" : $"{Value(figure.Spread.Low, figure.IsShare)} to {Value(figure.Spread.High, figure.IsShare)}";

    /// <summary>How the figures came about.</summary>
    public static string Run(ClaimEntry entry) =>
        $"{entry.Budget} run, {Words.Count(entry.Seeds, "seed")}, {Words.Duration(TimeSpan.FromSeconds(entry.Seconds))}";

    private static string Value(double? value, bool isShare) => value is not { } v ? "none" : isShare ? $"{100 * v:0.##} %" : Words.Significant(v, 3);
}
