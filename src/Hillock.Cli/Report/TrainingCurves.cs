using Hillock.Cli.Drawing;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>How loss and score of one training went on: what was learned from beside what was held out.</summary>
internal static class TrainingCurves
{
    private const double Width = 1000;
    private const double PanelHeight = 210;
    private const double Top = 34;
    private const double Bottom = 30;
    private const double MarginLeft = 52;
    private const double Gap = 68;
    private const double LegendStep = 120;

    /// <summary>Draws the chart.</summary>
    /// <param name="training">The training.</param>
    /// <param name="score">The name of the score; null where nothing was held out.</param>
    /// <param name="marksBest">Whether the best epoch is the one that was kept.</param>
    public static Svg Draw(TrainingResult training, string? score, bool marksBest)
    {
        Svg svg = new(Width, Top + PanelHeight + Bottom, "Loss and score of each epoch");
        int panels = score is null ? 1 : 2;
        double panelWidth = ((Width - MarginLeft - 16) - ((panels - 1) * Gap)) / panels;
        int? best = marksBest ? training.BestEpoch : null;
        List<(string Name, string Style, double[] Values)> losses = [("training", "curve s0", [.. training.Epochs.Select(e => e.TrainingLoss)])];
        if (score is not null)
        {
            losses.Add(("held out", "curve s1", [.. training.Epochs.Select(e => e.ValidationLoss ?? double.NaN)]));
        }

        Panel(svg, new Frame(MarginLeft, Top, panelWidth, PanelHeight), "loss", losses, best, logarithmic: true);
        if (score is not null)
        {
            double[] scores = [.. training.Epochs.Select(e => e.ValidationScore ?? double.NaN)];
            Panel(svg, new Frame(MarginLeft + panelWidth + Gap, Top, panelWidth, PanelHeight), score, [("held out", "curve s1", scores)], best, logarithmic: false);
        }

        return svg;
    }

    private static void Panel(
        Svg svg, Frame frame, string title, List<(string Name, string Style, double[] Values)> curves, int? best, bool logarithmic)
    {
        int epochs = Math.Max(2, curves[0].Values.Length);
        Scale x = Scale.Linear(1, epochs, frame.Left, frame.Right, leastStep: 1);
        double[] all = [.. curves.SelectMany(c => c.Values).Where(v => double.IsFinite(v) && (!logarithmic || v > 0)).Order()];
        if (all.Length == 0)
        {
            all = [1];
        }

        double margin = Math.Max(0.05 * (all[^1] - all[0]), 1e-3 * Math.Abs(all[^1]));
        Scale y = logarithmic ? Scale.Logarithmic(all[0], all[^1], frame.Bottom, frame.Top) : frame.Upwards(all[0] - margin, all[^1] + margin);
        frame.DrawAcross(svg, x, 6);
        frame.DrawUpwards(svg, y, 5);
        svg.Text(frame.Left, frame.Top - 12, title, "strong");
        for (int i = 0; i < curves.Count; i++)
        {
            double left = frame.Right - ((curves.Count - i) * LegendStep) + 40;
            svg.Path([(left, frame.Top - 16), (left + 18, frame.Top - 16)], curves[i].Style);
            svg.Text(left + 24, frame.Top - 12, curves[i].Name, "muted small");
        }

        svg.Framed(frame, () =>
        {
            if (best is { } epoch)
            {
                svg.Line(x.At(epoch), frame.Top, x.At(epoch), frame.Bottom, "rule");
            }

            foreach ((_, string style, double[] values) in curves)
            {
                svg.Path(values.Select((v, i) => (x.At(i + 1), double.IsFinite(v) && (!logarithmic || v > 0) ? y.Beyond(v) : double.NaN)), style);
            }
        });
        foreach ((_, _, double[] values) in curves.Where(curve => curve.Values.Length == 1))
        {
            svg.Circle(x.At(1), y.At(values[0]), 3, "dot");
        }
    }
}
