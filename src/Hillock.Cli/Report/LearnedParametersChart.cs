using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>What every layer learned for the parameters of its activation: a dot for each value, one panel for each parameter.</summary>
internal static class LearnedParametersChart
{
    private const int MostDots = 256;

    /// <summary>Draws the chart; null where nothing was learned.</summary>
    public static Svg? Draw(DiagnosisResult result)
    {
        var learned = (from layer in result.Layers from parameter in layer.LearnedParameters select (Layer: layer, Parameter: parameter)).ToArray();
        string[] names = [.. learned.Select(item => item.Parameter.Name).Distinct()];
        if (names.Length == 0)
        {
            return null;
        }

        PanelGrid grid = new(names.Length, 300, 160);
        Svg svg = new(grid.Width, grid.Height, "Learned parameters of the activations, layer by layer");
        for (int i = 0; i < names.Length; i++)
        {
            var values = Array.FindAll(learned, item => item.Parameter.Name == names[i] && item.Parameter.Values.All(float.IsFinite));
            if (values.Length == 0)
            {
                continue;
            }

            Frame frame = grid.Panel(i);
            double low = values.Min(item => item.Parameter.Values.Min());
            double high = values.Max(item => item.Parameter.Values.Max());
            double margin = Math.Max(0.05 * (high - low), 0.01);
            Scale x = Scale.Linear(0.5, result.Layers.Count + 0.5, frame.Left, frame.Right, leastStep: 1);
            Scale y = frame.Upwards(Math.Min(low, 0) - margin, high + margin);
            frame.DrawAcross(svg, x, 8);
            frame.DrawUpwards(svg, y, 4, zero: true);
            svg.Text(frame.Left, frame.Top - 8, $"{names[i]} by layer", "strong");
            foreach ((LayerDiagnosis layer, LearnedParameter parameter) in values)
            {
                int dots = Math.Min(parameter.Values.Count, MostDots);
                for (int dot = 0; dot < dots; dot++)
                {
                    double aside = dots == 1 ? 0 : 0.5 * ((double)dot / (dots - 1) - 0.5);
                    svg.Circle(x.At(layer.Layer + aside), y.At(parameter.Values[dot]), dots == 1 ? 4 : 2, dots == 1 ? "dot chosen" : "dot fold");
                }

                double mean = parameter.Values.Average();
                svg.Line(x.At(layer.Layer - 0.3), y.At(mean), x.At(layer.Layer + 0.3), y.At(mean), "whisker chosen");
                svg.Text(x.At(layer.Layer + 0.32), y.At(mean) + 4, Words.Significant(mean, 2), "small");
            }
        }

        return svg;
    }
}
