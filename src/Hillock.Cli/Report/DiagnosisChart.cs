using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Laboratory;

namespace Hillock.Cli.Report;

/// <summary>What each hidden layer of each candidate's networks does: dead units, saturation, exact zeros, gradient; a bar for each layer.</summary>
internal static class DiagnosisChart
{
    private const double Width = 1000;
    private const double Top = 40;
    private const double BarPitch = 13;
    private const double RowGap = 9;
    private const double ValueWidth = 54;
    private const double ColumnGap = 18;

    private sealed record Measure(string Title, Func<LayerSummary, double?> Value, Func<double, string> Text);

    private static readonly Measure[] Shares =
    [
        new("dead units", l => l.Dead, v => Sentences.Share(v)),
        new("saturated", l => l.Saturated, v => Sentences.Share(v)),
        new("exact zeros", l => l.Sparsity, v => Sentences.Share(v)),
    ];

    private static readonly Measure Gradient = new("gradient", l => l.GradientNorm, v => Words.Significant(v, 2));

    /// <summary>Draws the chart; null where no candidate has hidden layers to look into.</summary>
    public static Svg? Draw(ComparisonResult result)
    {
        IReadOnlyList<CandidateResult> candidates = [.. result.Candidates.Where(c => c.Layers.Count > 0)];
        if (candidates.Count == 0)
        {
            return null;
        }

        double rowHeight = (candidates.Max(c => c.Layers.Count) * BarPitch) + RowGap;
        Svg svg = new(Width, Top + (rowHeight * candidates.Count) + 4, "Dead units, saturation, zeros and gradient of each hidden layer");
        double left = CandidateLabels.Width(candidates.Select(c => c.Name)) - ColumnGap;
        double column = (Width - left) / (Shares.Length + 1);
        double[] gradients = [.. candidates.SelectMany(c => c.Layers).Select(l => l.GradientNorm).Where(g => double.IsFinite(g) && g > 0)];
        for (int m = 0; m <= Shares.Length; m++)
        {
            Measure measure = m < Shares.Length ? Shares[m] : Gradient;
            double x = left + (m * column) + ColumnGap;
            double width = column - ColumnGap - ValueWidth;
            Scale scale = m < Shares.Length || gradients.Length == 0
                ? Scale.Linear(0, 1, 0, width)
                : Scale.Decades(gradients.Min(), gradients.Max(), 0, width);
            svg.Text(x, Top - 22, measure.Title, "strong");
            string range = scale.IsLogarithmic ? $"{scale.Label(scale.Minimum, 1)} to {scale.Label(scale.Maximum, 1)}, by decades" : "0 to 100 %";
            svg.Text(x, Top - 8, range, "muted small");
            for (int i = 0; i < candidates.Count; i++)
            {
                DrawBars(svg, candidates[i], measure, scale, x, Top + (i * rowHeight), width);
            }
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            double middle = Top + (i * rowHeight) + (candidates[i].Layers.Count * BarPitch / 2) + 4;
            CandidateLabels.Write(svg, left, middle, candidates[i].Name, candidates[i].Name == result.Recommended ? "accent" : "", TextAnchor.End);
        }

        return svg;
    }

    private static void DrawBars(Svg svg, CandidateResult candidate, Measure measure, Scale scale, double x, double y, double width)
    {
        for (int layer = 0; layer < candidate.Layers.Count; layer++)
        {
            double top = y + (layer * BarPitch);
            svg.Rectangle(x, top + 2, width, BarPitch - 4, "track", 2);
            if (measure.Value(candidate.Layers[layer]) is not { } value || !double.IsFinite(value))
            {
                svg.Text(x + width + 6, top + 10, "–", "muted small");
                continue;
            }

            double length = scale.At(value);
            if (length > 0.2)
            {
                svg.Rectangle(x, top + 2, length, BarPitch - 4, $"bar shade{Math.Min(layer, 3)}", 2);
            }

            svg.Text(x + width + 6, top + 10, measure.Text(value), "muted small");
        }
    }
}
