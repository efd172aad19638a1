using Hillock.Cli.Drawing;
using Hillock.Laboratory;

namespace Hillock.Cli.Report;

/// <summary>Learning curves as small charts: in each, one candidate before all the others.</summary>
/// <param name="Chart">The drawing.</param>
/// <param name="LeavesOut">Whether a part of a curve is too far below the others to be in sight.</param>
internal sealed record LearningCurves(Svg Chart, bool LeavesOut)
{
    /// <summary>The share of the first epochs that need not be in sight, so that a slow start does not flatten what matters.</summary>
    private const double WarmUp = 0.1;

    /// <summary>Draws the means over the trials, epoch by epoch.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="value">What is drawn of an epoch.</param>
    /// <param name="logarithmic">Whether equal steps upwards are equal ratios, as suits a loss.</param>
    public static LearningCurves Draw(IReadOnlyList<CandidateResult> candidates, string title, Func<EpochRecord, double?> value, bool logarithmic)
    {
        double[][] curves = [.. candidates.Select(c => Mean(c, value))];
        int epochs = Math.Max(2, curves.Max(c => c.Length));
        PanelGrid grid = new(candidates.Count, 190, 110);
        Svg svg = new(grid.Width, grid.Height, title);
        double[][] steady = [.. curves.Where((_, i) => candidates[i].Status != CandidateStatus.Diverged)];
        double[] all = Drawable(steady.Length > 0 ? steady : curves, logarithmic);
        if (all.Length == 0)
        {
            return new LearningCurves(svg, LeavesOut: false);
        }

        double low = logarithmic ? all[0] : Lowest(all, Drawable(steady.Select(c => c[(int)Math.Ceiling(WarmUp * c.Length)..]), logarithmic));
        for (int i = 0; i < candidates.Count; i++)
        {
            Frame frame = grid.Panel(i);
            Scale x = Scale.Linear(1, epochs, frame.Left, frame.Right, leastStep: 1);

            double margin = 0.05 * (all[^1] - low);
            Scale y = logarithmic ? Scale.Logarithmic(low, all[^1], frame.Bottom, frame.Top) : frame.Upwards(low - margin, all[^1] + margin);
            frame.DrawAcross(svg, x, 4);
            frame.DrawUpwards(svg, y, 4);
            CandidateLabels.Write(svg, frame.Left, frame.Top - 8, candidates[i].Name, "strong", letters: CandidateLabels.PanelLetters);
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

        return new LearningCurves(svg, LeavesOut: all[0] < low);
    }

    /// <summary>The least score to show: first epochs, and a candidate that learned nothing or worse, must not flatten what matters.</summary>
    private static double Lowest(double[] all, double[] later)
    {
        if (later.Length == 0)
        {
            return all[0];
        }

        double reach = Math.Max(1, 4 * (all[^1] - later[later.Length / 2]));
        return Math.Max(later[0], all[^1] - reach);
    }

    private static double[] Drawable(IEnumerable<double[]> curves, bool logarithmic) =>
        [.. curves.SelectMany(c => c).Where(v => double.IsFinite(v) && (!logarithmic || v > 0)).Order()];

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
