using System.Globalization;
using Hillock.Cli.Drawing;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>What a classifier of points in the plane says everywhere, and the samples: the surer it is, the darker.</summary>
internal static class DecisionMap
{
    private const int Cells = 64;
    private const double Side = 448;
    private const double Margin = 40;
    private const int MostSamples = 600;
    private const int Colours = 8;

    /// <summary>Draws the map of a model with its samples; null where they are not two numbers, or are not classified.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples.</param>
    public static Svg? Draw(TrainedModel model, DataSource data) => model.Preparation.Features == 2
        ? Draw(model.Network, model.Preparation.Apply(data, [.. Enumerable.Range(0, data.Count)]), model.Classes)
        : null;

    /// <summary>Draws the map; null where samples are not two numbers, or are not classified, and where the network gives numbers that are not finite.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">The samples as the network reads them.</param>
    /// <param name="classes">The names of the classes.</param>
    public static Svg? Draw(Network network, Dataset samples, IReadOnlyList<string> classes)
    {
        if (samples.Features != 2 || samples.Classes == 0 || samples.LabelsPerSample != 1)
        {
            return null;
        }

        Frame frame = new(Margin, 12, Side, Side);
        Svg svg = new(1000, Side + 44, "What the network says everywhere in the plane of its two inputs");
        (Scale x, Scale y) = (Axis(samples, 0, frame), Axis(samples, 1, frame));
        double cell = Side / Cells;
        float[] grid = new float[Cells * Cells * 2];
        for (int i = 0; i < Cells * Cells; i++)
        {
            grid[2 * i] = (float)(x.Minimum + ((i % Cells + 0.5) / Cells * (x.Maximum - x.Minimum)));
            grid[2 * i + 1] = (float)(y.Maximum - ((i / Cells + 0.5) / Cells * (y.Maximum - y.Minimum)));
        }

        float[] outputs = network.Predict(Dataset.Classification(grid, samples.Shape, new int[Cells * Cells], samples.Classes));
        if (!Array.TrueForAll(outputs, float.IsFinite))
        {
            return null;
        }

        int width = network.Description.Outputs;
        for (int i = 0; i < Cells * Cells; i++)
        {
            (int label, double sure) = Says(outputs.AsSpan(i * width, width));
            string opacity = (0.08 + (0.42 * Math.Clamp((sure - (1.0 / samples.Classes)) / (1 - (1.0 / samples.Classes)), 0, 1))).ToString("0.##", CultureInfo.InvariantCulture);
            svg.Rectangle(
                frame.Left + (i % Cells * cell), frame.Top + (i / Cells * cell), cell, cell, $"area s{label % Colours}", 0, $" fill-opacity=\"{opacity}\"");
        }

        frame.DrawAcross(svg, x, 5);
        frame.DrawUpwards(svg, y, 5);
        int step = Math.Max(1, samples.Count / MostSamples);
        for (int row = 0; row < samples.Count; row += step)
        {
            svg.Circle(x.At(samples.Inputs[2 * row]), y.At(samples.Inputs[2 * row + 1]), 2.6, $"area s{samples.Labels[row] % Colours}");
        }

        for (int i = 0; i < Math.Min(classes.Count, 20); i++)
        {
            svg.Circle(frame.Right + 30, frame.Top + 12 + (i * 20), 5, $"area s{i % Colours}");
            svg.Text(frame.Right + 44, frame.Top + 16 + (i * 20), classes[i], "");
        }

        return svg;
    }

    private static (int Label, double Sure) Says(ReadOnlySpan<float> outputs)
    {
        if (outputs.Length == 1)
        {
            return outputs[0] > 0.5 ? (1, outputs[0]) : (0, 1 - outputs[0]);
        }

        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
        {
            best = outputs[i] > outputs[best] ? i : best;
        }

        return (best, outputs[best]);
    }

    private static Scale Axis(Dataset samples, int input, Frame frame)
    {
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        for (int row = 0; row < samples.Count; row++)
        {
            least = Math.Min(least, samples.Inputs[2 * row + input]);
            greatest = Math.Max(greatest, samples.Inputs[2 * row + input]);
        }

        double margin = 0.08 * (greatest - least);
        return input == 0 ? frame.Across(least - margin, greatest + margin) : frame.Upwards(least - margin, greatest + margin);
    }
}
