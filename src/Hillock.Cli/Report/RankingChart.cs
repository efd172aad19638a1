using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Laboratory;

namespace Hillock.Cli.Report;

/// <summary>The ranking as a dot-and-whisker plot: means, their 95 % intervals, and the single trials behind them.</summary>
internal static class RankingChart
{
    private const double Width = 1000;
    private const double RowHeight = 30;
    private const double Right = 190;
    private const double Top = 30;

    private const double NarrowWidth = 400;
    private const double NarrowRowHeight = 46;
    private const int NarrowLetters = 30;

    /// <summary>Draws the chart for narrow pages: what is said of a candidate stands above its row and not beside it.</summary>
    public static Svg DrawNarrow(ComparisonResult result)
    {
        IReadOnlyList<CandidateResult> candidates = result.Candidates;
        string metric = Sentences.Metric(result.Protocol.Metric);
        Frame frame = new(6, 4, NarrowWidth - 12, NarrowRowHeight * candidates.Count);
        Svg svg = new(NarrowWidth, frame.Bottom + 40, $"{metric} of each candidate with its 95 % interval");
        Scale x = DrawAxis(svg, frame, candidates, metric, 4);
        for (int i = 0; i < candidates.Count; i++)
        {
            CandidateResult candidate = candidates[i];
            bool chosen = candidate.Name == result.Recommended;
            double y = frame.Top + ((i + 1) * NarrowRowHeight) - 12;
            CandidateLabels.Write(svg, frame.Left, y - 16, candidate.Name, chosen ? "accent" : "", letters: NarrowLetters);
            if (DrawMarks(svg, frame, x, candidate, y, chosen) is { } mean)
            {
                string p = candidate.PValue is null ? PText(candidate, i) : $"p {PText(candidate, i)}";
                svg.Text(frame.Right, y - 16, p.Length > 0 ? $"{Words.Fixed(mean)}, {p}" : Words.Fixed(mean), "muted", TextAnchor.End);
            }
        }

        return svg;
    }

    /// <summary>Draws the chart.</summary>
    public static Svg Draw(ComparisonResult result)
    {
        IReadOnlyList<CandidateResult> candidates = result.Candidates;
        string metric = Sentences.Metric(result.Protocol.Metric);
        double left = CandidateLabels.Width(candidates.Select(c => c.Name));
        Frame frame = new(left, Top, Width - left - Right, (RowHeight * candidates.Count) + 6);
        Svg svg = new(Width, frame.Bottom + 40, $"{metric} of each candidate with its 95 % interval");
        Scale x = DrawAxis(svg, frame, candidates, metric, 7);
        svg.Text(frame.Right + 16, Top - 10, metric, "muted small");
        svg.Text(Width - 4, Top - 10, "p against the best", "muted small", TextAnchor.End);
        for (int i = 0; i < candidates.Count; i++)
        {
            DrawRow(svg, frame, x, candidates[i], i, candidates[i].Name == result.Recommended);
        }

        return svg;
    }

    private static void DrawRow(Svg svg, Frame frame, Scale x, CandidateResult candidate, int index, bool chosen)
    {
        double y = frame.Top + 3 + ((index + 0.5) * RowHeight);
        CandidateLabels.Write(svg, frame.Left - 16, y + 4, candidate.Name, chosen ? "accent" : "", TextAnchor.End);
        if (DrawMarks(svg, frame, x, candidate, y, chosen) is { } mean)
        {
            svg.Text(frame.Right + 16, y + 4, Words.Fixed(mean), chosen ? "accent" : "");
            svg.Text(Width - 4, y + 4, PText(candidate, index), "muted", TextAnchor.End);
        }
    }

    private static string PText(CandidateResult candidate, int index) => candidate.PValue is { } p ? Sentences.PValue(p) : index == 0 ? "best" : "";

    /// <summary>The axis, and a line at the best candidate's mean.</summary>
    private static Scale DrawAxis(Svg svg, Frame frame, IReadOnlyList<CandidateResult> candidates, string metric, int ticks)
    {
        (double low, double high) = Domain(candidates);
        Scale x = frame.Across(low, high);
        frame.DrawAcross(svg, x, ticks);
        svg.Text(frame.Right, frame.Bottom + 32, "test " + metric, "muted small", TextAnchor.End);
        if (candidates[0].Mean is { } best)
        {
            svg.Line(x.At(best), frame.Top, x.At(best), frame.Bottom, "rule");
        }

        return x;
    }

    /// <summary>The interval, the trials and the mean, which is returned; null where the candidate diverged.</summary>
    private static double? DrawMarks(Svg svg, Frame frame, Scale x, CandidateResult candidate, double y, bool chosen)
    {
        if (candidate.Mean is not { } mean)
        {
            svg.Text(frame.Left + 8, y + 4, "diverged", "bad");
            return null;
        }

        string style = chosen ? " chosen" : "";
        foreach (TrialResult trial in candidate.Trials)
        {
            if (trial.Score is { } score && score >= x.Minimum)
            {
                svg.Circle(x.At(score), y, 3, "dot fold", $"{candidate.Name}, repeat {trial.Repeat}, fold {trial.Fold}: {Words.Fixed(score)}");
            }
        }

        string tip = $"{candidate.Name}: {Words.Fixed(mean)}";
        if (candidate is { Low: { } low, High: { } high })
        {
            svg.Line(x.At(low), y, x.At(high), y, "whisker" + style);
            tip += $", 95 % interval {Words.Fixed(low)} to {Words.Fixed(high)}";
        }

        if (mean >= x.Minimum)
        {
            svg.Circle(x.At(mean), y, chosen ? 6 : 5, "dot" + style, tip);
        }
        else
        {
            svg.Text(frame.Left + 4, y + 4, "◂ off the scale", "muted small");
        }

        return mean;
    }

    /// <summary>
    /// The range of values to show. A candidate that fell far behind must not press all others into a corner: it is marked as off the scale.
    /// </summary>
    private static (double Low, double High) Domain(IReadOnlyList<CandidateResult> candidates)
    {
        CandidateResult[] scored = [.. candidates.Where(c => c.Mean is not null)];
        if (scored.Length == 0)
        {
            return (0, 1);
        }

        double best = scored[0].Mean!.Value;
        double median = scored[scored.Length / 2].Mean!.Value;
        double reach = Math.Max(8 * (best - median), 6 * scored.Take((scored.Length + 1) / 2).Max(Spread));
        CandidateResult[] near = [.. scored.Where(c => c.Mean >= best - Math.Max(reach, 1e-6))];
        double low = near.Min(Lowest);
        double high = near.Max(c => Math.Max(c.High ?? double.MinValue, c.Trials.Max(t => t.Score ?? double.MinValue)));
        double margin = Math.Max(0.03 * (high - low), 1e-5);
        return (low - margin, high + margin);
    }

    private static double Lowest(CandidateResult candidate) =>
        Math.Min(candidate.Low ?? double.MaxValue, candidate.Trials.Min(t => t.Score ?? double.MaxValue));

    private static double Spread(CandidateResult candidate) => candidate.Mean!.Value - Lowest(candidate);
}
