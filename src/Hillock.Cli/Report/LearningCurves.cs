using Hillock.Cli.Drawing;
using Hillock.Laboratory;

namespace Hillock.Cli.Report;

/// <summary>Learning curves as small charts: in each, one candidate before all the others.</summary>
internal static class LearningCurves
{
    /// <summary>Draws the means over the trials, epoch by epoch.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="value">What is drawn of an epoch.</param>
    /// <param name="logarithmic">Whether equal steps upwards are equal ratios, as suits a loss.</param>
    public static Svg Draw(IReadOnlyList<CandidateResult> candidates, string title, Func<EpochRecord, double?> value, bool logarithmic)
    {
        double[][] curves = [.. candidates.Select(c => Mean(c, value))];
        int epochs = Math.Max(2, curves.Max(c => c.Length));
        PanelGrid grid = new(candidates.Count, 190, 110);
        Svg svg = new(grid.Width, grid.Height, title);
        double[] all = [.. curves.SelectMany(c => c).Where(v => double.IsFinite(v) && (!logarithmic || v > 0)).Order()];
        if (all.Length == 0)
        {
            return svg;
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            Frame frame = grid.Panel(i);
            Scale x = Scale.Linear(1, epochs, frame.Left, frame.Right, leastStep: 1);

            // The first epochs of a slow starter, or a loss that exploded, must not flatten what matters.
            double low = logarithmic ? all[0] : all[all.Length / 20];
            double high = logarithmic ? all[^(1 + (all.Length / 50))] : all[^1];
            Scale y = logarithmic ? Scale.Logarithmic(low, high, frame.Bottom, frame.Top) : frame.Upwards(low, high);
            frame.DrawAcross(svg, x, 4);
            frame.DrawUpwards(svg, y, 4);
            svg.Text(frame.Left, frame.Top - 8, CandidateLabels.Shorten(candidates[i].Name, CandidateLabels.PanelLetters), "strong");
            if (candidates[i].Status == CandidateStatus.Diverged)
            {
                svg.Text(frame.Right - 4, frame.Top + 14, "diverged", "bad small", TextAnchor.End);
            }

            int own = i;
            svg.Framed(frame, () =>
            {
                for (int other = 0; other < curves.Length; other++)
                {
                    if (other != own)
                    {
                        svg.Path(Points(curves[other], x, y), "curve other");
                    }
                }

                svg.Path(Points(curves[own], x, y), "curve");
            });
        }

        return svg;
    }

    private static IEnumerable<(double X, double Y)> Points(double[] curve, Scale x, Scale y) =>
        curve.Select((v, i) => (x.At(i + 1), double.IsFinite(v) ? y.Beyond(v) : double.NaN));

    private static double[] Mean(CandidateResult candidate, Func<EpochRecord, double?> value)
    {
        int epochs = candidate.Trials.Count == 0 ? 0 : candidate.Trials.Max(t => t.Epochs.Count);
        double[] mean = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double[] values = [.. candidate.Trials.Where(t => epoch < t.Epochs.Count).Select(t => value(t.Epochs[epoch]) ?? double.NaN)];
            mean[epoch] = values.Average();
        }

        return mean;
    }
}
