using Hillock.Cli.Drawing;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>A figure of every layer over the epochs, one line for each layer, in one panel for each figure.</summary>
internal static class LayerCurves
{
    private const int MostLines = 8;
    private const double LegendPitch = 15;

    /// <summary>What is drawn in a panel.</summary>
    /// <param name="Title">Its heading.</param>
    /// <param name="Value">The figure; null or NaN where it does not exist.</param>
    /// <param name="Logarithmic">Whether equal steps upwards are equal ratios; else the axis is that of a share.</param>
    internal sealed record Measure(string Title, Func<LayerDiagnosis, double?> Value, bool Logarithmic);

    /// <summary>Norms of gradients and updates.</summary>
    public static IReadOnlyList<Measure> Gradients { get; } =
    [
        new("gradient of a sample, |dC/ds|", layer => layer.SampleGradientNorm, Logarithmic: true),
        new("gradient of the weights, |dC/dW|", layer => layer.WeightGradientNorm, Logarithmic: true),
        new("update of a step / weights", layer => layer.UpdateRatio, Logarithmic: true),
    ];

    /// <summary>Dead, saturated and stuck units.</summary>
    public static IReadOnlyList<Measure> Units { get; } =
    [
        new("dead units", layer => layer.Dead, Logarithmic: false),
        new("saturated", layer => layer.Saturated, Logarithmic: false),
        new("exact zeros", layer => layer.ActivationName is null ? null : layer.Sparsity, Logarithmic: false),
    ];

    /// <summary>A layer as a legend names it.</summary>
    public static string Name(LayerDiagnosis layer) => CandidateLabels.Shorten($"{layer.Layer} {layer.Text}", CandidateLabels.PanelLetters);

    /// <summary>Some of the epochs, evenly chosen, the first and the last among them.</summary>
    public static IReadOnlyList<DiagnosisResult> Spread(IReadOnlyList<DiagnosisResult> epochs, int most) => epochs.Count <= most
        ? epochs
        : [.. Enumerable.Range(0, most).Select(i => epochs[(int)Math.Round(i * (epochs.Count - 1.0) / (most - 1))])];

    /// <summary>Draws the figures; null where none has anything to show, and of a single epoch, which has no course.</summary>
    /// <param name="epochs">The epochs of a training.</param>
    /// <param name="title">What the drawing shows.</param>
    /// <param name="measures">The figures.</param>
    public static Svg? Draw(IReadOnlyList<DiagnosisResult> epochs, string title, IReadOnlyList<Measure> measures)
    {
        Measure[] shown = [.. measures.Where(measure => epochs.Any(epoch => epoch.Layers.Any(layer => IsDrawn(measure, measure.Value(layer)))))];
        if (shown.Length == 0 || epochs.Count < 2)
        {
            return null;
        }

        // Of many layers the first and the last and some between them: their order is what counts.
        int layers = epochs[^1].Layers.Count;
        int[] lines = [.. Enumerable.Range(0, Math.Min(layers, MostLines)).Select(i => layers <= MostLines ? i : (int)Math.Round(i * (layers - 1.0) / (MostLines - 1)))];
        int[] legend = [.. Enumerable.Range(0, lines.Length).Where(line => shown.Any(m => epochs.Any(epoch => IsDrawn(m, m.Value(epoch.Layers[lines[line]])))))];
        PanelGrid grid = new(shown.Length, 260, 150);
        Svg svg = new(grid.Width, grid.Height + (LegendPitch * ((legend.Length + 3) / 4)) + 8, title);
        for (int i = 0; i < shown.Length; i++)
        {
            DrawPanel(svg, grid.Panel(i), epochs, shown[i], lines);
        }

        for (int i = 0; i < legend.Length; i++)
        {
            double x = 38 + (i % 4 * 240);
            double y = grid.Height + 12 + (i / 4 * LegendPitch);
            svg.Line(x, y - 4, x + 18, y - 4, $"curve s{legend[i]}");
            svg.Text(x + 24, y, Name(epochs[^1].Layers[lines[legend[i]]]), "small");
        }

        return svg;
    }

    private static void DrawPanel(Svg svg, Frame frame, IReadOnlyList<DiagnosisResult> epochs, Measure measure, int[] lines)
    {
        double[] all = [.. from epoch in epochs from layer in lines let value = measure.Value(epoch.Layers[layer]) where IsDrawn(measure, value) select value.Value];
        Scale x = Scale.Linear(1, Math.Max(2, epochs.Count), frame.Left, frame.Right, leastStep: 1);
        Scale y = measure.Logarithmic && all.Length > 0 ? Scale.Logarithmic(all.Min(), all.Max(), frame.Bottom, frame.Top) : frame.Upwards(0, 1);
        frame.DrawAcross(svg, x, 5);
        frame.DrawUpwards(svg, y, 4);
        svg.Text(frame.Left, frame.Top - 8, measure.Title, "strong");
        for (int line = 0; line < lines.Length; line++)
        {
            int layer = lines[line];
            (double X, double Y)[] points =
            [
                .. epochs.Select((epoch, i) => (x.At(i + 1), measure.Value(epoch.Layers[layer]) is { } v && IsDrawn(measure, v) ? y.At(v) : double.NaN)),
            ];
            svg.Path(points, $"curve s{line}");
        }
    }

    private static bool IsDrawn(Measure measure, double? value) => value is { } v && double.IsFinite(v) && (!measure.Logarithmic || v > 0);
}
