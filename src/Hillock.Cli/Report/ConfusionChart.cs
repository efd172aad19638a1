using System.Globalization;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Laboratory;

namespace Hillock.Cli.Report;

/// <summary>Which classes are taken for which: rows are the samples' classes, columns what they were taken for; the darker, the larger the share of the row.</summary>
internal static class ConfusionChart
{
    private const double Width = 1000;
    private const double Top = 58;
    private const double GreatestCell = 58;
    private const double LeastCell = 5;
    private const double ReadableCell = 26;
    private const double LabelledCell = 11;

    /// <summary>A chart of more classes would be wider than a page.</summary>
    public const int MostClasses = 150;

    /// <summary>Draws the chart.</summary>
    public static Svg Draw(ConfusionMatrix confusion)
    {
        int classes = confusion.Classes.Count;
        double left = Math.Max(90, CandidateLabels.Width(confusion.Classes));
        double cell = Math.Clamp((Width - left) / classes, LeastCell, GreatestCell);
        double height = Math.Min(cell, 34);
        Svg svg = new(Width, Top + (height * classes) + 8, "How often the samples of each class are taken for which");
        svg.Text(left + (cell * classes / 2), 16, "taken for", "muted small", TextAnchor.Middle);
        for (int i = 0; i < classes; i++)
        {
            string name = CandidateLabels.Shorten(confusion.Classes[i]);
            if (height >= LabelledCell)
            {
                svg.Text(left - 12, Top + ((i + 0.5) * height) + 4, name, "", TextAnchor.End);
            }

            if (cell >= ReadableCell)
            {
                int letters = Math.Max(3, (int)(cell / 7));
                svg.Text(left + ((i + 0.5) * cell), Top - 10, name.Length > letters ? name[..(letters - 1)] + "…" : name, "muted small", TextAnchor.Middle);
            }

            for (int j = 0; j < classes; j++)
            {
                Cell(svg, new Frame(left + (j * cell), Top + (i * height), cell, height), confusion, i, j);
            }
        }

        return svg;
    }

    private static void Cell(Svg svg, Frame place, ConfusionMatrix confusion, int actual, int predicted)
    {
        int count = confusion[actual, predicted];
        int samples = confusion.Samples(actual);
        double gap = place.Width >= ReadableCell ? 1 : 0;
        double share = samples == 0 ? 0 : (double)count / samples;

        // The root lets single errors be seen beside hundreds of right answers.
        double depth = count == 0 ? 0.03 : 0.08 + (0.62 * Math.Sqrt(share));
        string opacity = depth.ToString("0.###", CultureInfo.InvariantCulture);
        svg.Rectangle(
            place.Left + gap, place.Top + gap, place.Width - (2 * gap), place.Height - (2 * gap), actual == predicted ? "right" : "wrong", gap * 3, $" fill-opacity=\"{opacity}\"");
        if (count > 0 && place.Width >= ReadableCell && Words.Digits(count) * 8 <= place.Width)
        {
            svg.Text(place.Left + (place.Width / 2), place.Top + (place.Height / 2) + 4, $"{count}", actual == predicted ? "small strong" : "small", TextAnchor.Middle);
        }
    }
}
