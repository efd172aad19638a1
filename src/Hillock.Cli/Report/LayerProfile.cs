using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>What signals, gradients and units do from layer to layer of a network as it is: one panel for each figure, one dot for each layer.</summary>
internal static class LayerProfile
{
    /// <summary>Wide enough for the letters of a small text: what is too much stands behind it.</summary>
    private const double LetterWidth = 5.8;

    /// <summary>A panel: one or more figures on one axis.</summary>
    private sealed record Panel(string Title, bool Logarithmic, params (string Name, Func<LayerDiagnosis, double?> Value)[] Lines);

    private static readonly Panel[] Panels =
    [
        new("standard deviation of the sums", true, ("", layer => Math.Sqrt(layer.Sums.UnitVariance))),
        new("gradients", true, ("of a sample, dC/ds", layer => layer.SampleGradientNorm), ("dC/dW", layer => layer.WeightGradientNorm)),
        new("units", false, ("dead", layer => layer.Dead), ("stuck", layer => layer.Stuck), ("saturated", layer => layer.Saturated)),
    ];

    /// <summary>Draws the panels that show how something goes on from one layer to another; null where none does.</summary>
    public static Svg? Draw(DiagnosisResult result)
    {
        Panel[] shown = Array.FindAll(Panels, panel => Array.Exists(panel.Lines, line => result.Layers.Count(layer => IsDrawn(panel, line.Value(layer))) > 1));
        if (shown.Length == 0)
        {
            return null;
        }

        PanelGrid grid = new(shown.Length, 210, 130);
        Svg svg = new(grid.Width, grid.Height, "Signals, gradients and units from layer to layer");
        for (int i = 0; i < shown.Length; i++)
        {
            DrawPanel(svg, grid.Panel(i), shown[i], result.Layers);
        }

        return svg;
    }

    private static void DrawPanel(Svg svg, Frame frame, Panel panel, IReadOnlyList<LayerDiagnosis> layers)
    {
        double[] all = [.. from layer in layers from line in panel.Lines let value = line.Value(layer) where IsDrawn(panel, value) select value.Value];
        Scale x = Scale.Linear(0.5, layers.Count + 0.5, frame.Left, frame.Right, leastStep: 1);
        Scale y = panel.Logarithmic ? Scale.Logarithmic(all.Min(), all.Max(), frame.Bottom, frame.Top) : frame.Upwards(0, 1);
        frame.DrawAcross(svg, x, 8);
        frame.DrawUpwards(svg, y, 4);
        svg.Text(frame.Left, frame.Top - 8, panel.Title, "strong");
        double right = frame.Right;
        for (int line = panel.Lines.Length - 1; line >= 0; line--)
        {
            (string name, Func<LayerDiagnosis, double?> figure) = panel.Lines[line];
            (double X, double Y)[] points = [.. layers.Select(layer => (x.At(layer.Layer), figure(layer) is { } v && IsDrawn(panel, v) ? y.At(v) : double.NaN))];
            svg.Path(points, $"curve s{line}");
            foreach (LayerDiagnosis layer in layers.Where(layer => IsDrawn(panel, figure(layer))))
            {
                double value = figure(layer)!.Value;
                string text = panel.Logarithmic ? Words.Significant(value, 2) : Sentences.Share(value);
                svg.Circle(x.At(layer.Layer), y.At(value), 3, $"area s{line}", $"{LayerCurves.Name(layer)}: {(name.Length > 0 ? name : panel.Title)} {text}");
            }

            if (name.Length > 0 && points.Any(point => double.IsFinite(point.Y)))
            {
                double width = LetterWidth * name.Length;
                svg.Text(right - width, frame.Top - 8, name, "small");
                svg.Line(right - width - 17, frame.Top - 12, right - width - 5, frame.Top - 12, $"curve s{line}");
                right -= width + 30;
            }
        }
    }

    private static bool IsDrawn(Panel panel, double? value) => value is { } v && double.IsFinite(v) && (!panel.Logarithmic || v > 0);
}
