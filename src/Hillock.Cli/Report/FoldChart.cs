using System.Globalization;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Laboratory;

namespace Hillock.Cli.Report;

/// <summary>Every score of every trial: rows are candidates, columns folds; the darker a cell, the nearer it is to the best of its fold.</summary>
internal static class FoldChart
{
    private const double Width = 1000;
    private const double Top = 34;
    private const double RowHeight = 26;
    private const int ReadableColumns = 14;

    /// <summary>Draws the chart.</summary>
    public static Svg Draw(ComparisonResult result)
    {
        IReadOnlyList<CandidateResult> candidates = result.Candidates;
        int columns = candidates.Max(c => c.Trials.Count);
        double left = CandidateLabels.Width(candidates.Select(c => c.Name));
        double cell = Math.Min(110, (Width - left) / columns);
        Svg svg = new(Width, Top + (RowHeight * candidates.Count) + 8, "The score of each candidate in each fold");
        double[] best = [.. Enumerable.Range(0, columns).Select(j => candidates.Max(c => Score(c, j) ?? double.MinValue))];
        double depth = Depth(candidates, best);
        for (int j = 0; j < columns; j++)
        {
            TrialResult trial = candidates[0].Trials[j];
            bool readable = columns <= ReadableColumns;
            if (readable || trial.Fold == 1)
            {
                string ofMany = readable ? $"{trial.Repeat}.{trial.Fold}" : $"repeat {trial.Repeat}";
                string label = result.Protocol.Repeats == 1 ? $"fold {trial.Fold}" : ofMany;
                svg.Text(left + ((j + 0.5) * cell), Top - 10, label, "muted small", readable ? TextAnchor.Middle : TextAnchor.Start);
            }
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            double y = Top + (i * RowHeight);
            bool chosen = candidates[i].Name == result.Recommended;
            CandidateLabels.Write(svg, left - 16, y + 17, candidates[i].Name, chosen ? "accent" : "", TextAnchor.End);
            for (int j = 0; j < columns; j++)
            {
                DrawCell(svg, left + (j * cell), y, cell, Score(candidates[i], j), best[j], depth, columns <= ReadableColumns);
            }
        }

        return svg;
    }

    private static void DrawCell(Svg svg, double x, double y, double cell, double? score, double best, double depth, bool readable)
    {
        if (score is not { } value)
        {
            svg.Text(x + (cell / 2), y + 17, "–", "muted small", TextAnchor.Middle);
            return;
        }

        double nearness = Math.Clamp(1 - ((best - value) / depth), 0, 1);
        string opacity = (0.04 + (0.42 * nearness)).ToString("0.###", CultureInfo.InvariantCulture);
        svg.Rectangle(x + 1, y + 1, cell - 2, RowHeight - 2, "heat", 3, $" fill-opacity=\"{opacity}\"");
        if (readable)
        {
            svg.Text(x + (cell / 2), y + 17, Words.Fixed(value), value >= best ? "small strong" : "small", TextAnchor.Middle);
        }
    }

    private static double? Score(CandidateResult candidate, int trial) => trial < candidate.Trials.Count ? candidate.Trials[trial].Score : null;

    /// <summary>The distance from the best at which a cell is white: what three quarters of the scores stay within.</summary>
    private static double Depth(IReadOnlyList<CandidateResult> candidates, double[] best)
    {
        double[] distances = [.. candidates.SelectMany(c => best.Select((b, j) => b - (Score(c, j) ?? b))).Order()];
        return Math.Max(1e-9, 1.5 * distances[distances.Length * 3 / 4]);
    }
}
