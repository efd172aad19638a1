using Hillock.Cli.Drawing;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>
/// The histograms of what every layer gives, one ridge for each epoch, the first on top, and one panel for each layer. The axis is logarithmic on both
/// sides of zero; heights are square roots of shares, cut off where the zeros of a rectifier stick out.
/// </summary>
internal static class ActivationRidges
{
    private const int MostRidges = 12;
    private const double Pitch = 13;
    private const double Reach = 34;
    private const double LeastShare = 0.001;

    private static readonly float[] Marks = [-100, -10, -1, -0.1f, 0, 0.1f, 1, 10, 100];

    /// <summary>Draws the chart; null where no layer has an activation.</summary>
    public static Svg? Draw(IReadOnlyList<DiagnosisResult> epochs)
    {
        IReadOnlyList<DiagnosisResult> drawn = LayerCurves.Spread(epochs, MostRidges);
        LayerDiagnosis[] layers = drawn.Count == 0 ? [] : [.. drawn[^1].Hidden];
        if (layers.Length == 0)
        {
            return null;
        }

        PanelGrid grid = new(layers.Length, 210, Reach + (Pitch * drawn.Count));
        Svg svg = new(grid.Width, grid.Height, "Histograms of the outputs of every layer, epoch by epoch");
        for (int i = 0; i < layers.Length; i++)
        {
            LogHistogram[] histograms = [.. drawn.Select(epoch => epoch.Layers.First(layer => layer.Layer == layers[i].Layer).Histogram)];
            DrawPanel(svg, grid.Panel(i), layers[i], histograms, drawn);
        }

        return svg;
    }

    private static void DrawPanel(Svg svg, Frame frame, LayerDiagnosis layer, LogHistogram[] histograms, IReadOnlyList<DiagnosisResult> epochs)
    {
        svg.Text(frame.Left, frame.Top - 8, LayerCurves.Name(layer), "strong");
        int[] used = [.. Enumerable.Range(0, LogHistogram.Bins).Where(bin => histograms.Any(h => Share(h, bin) >= LeastShare))];
        int first = Math.Max(0, Math.Min(used.FirstOrDefault(LogHistogram.Middle), LogHistogram.Middle) - 2);
        int last = Math.Min(LogHistogram.Bins - 1, Math.Max(used.LastOrDefault(LogHistogram.Middle), LogHistogram.Middle) + 2);
        Scale x = Scale.Linear(first, last, frame.Left, frame.Right);
        foreach (float mark in Marks)
        {
            int bin = LogHistogram.BinOf(mark);
            if (bin > first && bin < last)
            {
                svg.Line(x.At(bin), frame.Top, x.At(bin), frame.Bottom, mark == 0 ? "zero" : "grid");
                svg.Text(x.At(bin), frame.Bottom + 15, mark < 0 ? $"\u2212{-mark:0.#}" : $"{mark:0.#}", "muted small", TextAnchor.Middle);
            }
        }

        // The zeros of a rectifier may stick out; what is seen of the rest counts.
        double greatest = histograms.Max(h => Enumerable.Range(0, LogHistogram.Bins).Where(bin => bin != LogHistogram.Middle).Max(bin => Share(h, bin)));
        double scale = Reach / Math.Sqrt(Math.Max(greatest, LeastShare));
        for (int ridge = 0; ridge < histograms.Length; ridge++)
        {
            double foot = frame.Top + Reach + (Pitch * (ridge + 1)) - 4;
            IEnumerable<(double X, double Y)> points = Enumerable.Range(first, last - first + 1)
                .Select(bin => (x.At(bin), foot - Math.Min(Reach, scale * Math.Sqrt(Share(histograms[ridge], bin)))));
            svg.Path([(x.At(first), foot), .. points, (x.At(last), foot)], "ridge");
            if (epochs[ridge].Epoch is int epoch)
            {
                svg.Text(frame.Left - 6, foot, $"{epoch}", "muted small", TextAnchor.End);
            }
        }
    }

    private static double Share(LogHistogram histogram, int bin) => histogram.Total == 0 ? 0 : (double)histogram.Counts[bin] / histogram.Total;
}
