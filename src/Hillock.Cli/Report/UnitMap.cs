using System.Globalization;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>Every unit of every layer as a square: the darker, the more often its input is above zero; dead units are hollow.</summary>
internal static class UnitMap
{
    private const int MostUnits = 1024;
    private const double Pitch = 13;
    private const double Top = 24;
    private const double Width = 1000;
    private const double Gap = 18;
    private const double Left = 4;

    /// <summary>Draws the map; null where no layer has an activation of single numbers.</summary>
    public static Svg? Draw(DiagnosisResult result)
    {
        LayerDiagnosis[] layers = [.. result.Hidden.Where(layer => layer.Dead != null)];
        if (layers.Length == 0)
        {
            return null;
        }

        int columns = (int)((Width - Left) / Pitch);
        double Height(LayerDiagnosis layer) => Top + (Pitch * ((Math.Min(layer.Units, MostUnits) + columns - 1) / columns)) + Gap;
        Svg svg = new(Width, layers.Sum(Height), "Every unit: how often it is active, and which are dead");
        double y = 0;
        foreach (LayerDiagnosis layer in layers)
        {
            string cut = layer.Units > MostUnits ? $", the first {MostUnits} shown" : "";
            svg.Text(Left, y + 14, $"{LayerCurves.Name(layer)}, {layer.ActivationName}: {Words.Count(layer.Units, "unit")}{cut}, {Sentences.Share(layer.Dead)} dead", "strong");
            for (int i = 0; i < Math.Min(layer.Units, MostUnits); i++)
            {
                UnitDiagnosis unit = layer.UnitDetails[i];
                string opacity = (0.06 + (0.9 * unit.Active)).ToString("0.##", CultureInfo.InvariantCulture);
                svg.Rectangle(
                    Left + (i % columns * Pitch),
                    y + Top + (i / columns * Pitch),
                    Pitch - 2.5,
                    Pitch - 2.5,
                    unit.Dead ? "unit dead" : "unit",
                    2,
                    unit.Dead ? "" : $" fill-opacity=\"{opacity}\"");
            }

            y += Height(layer);
        }

        return svg;
    }
}
