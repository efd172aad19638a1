namespace Hillock.Cli.Drawing;

/// <summary>Draws an activation with characters.</summary>
internal static class TerminalCurve
{
    /// <summary>The curve of f with its axes, as lines of text.</summary>
    /// <param name="curve">The curve; at least as many points as there are dots in a row give a smooth line.</param>
    /// <param name="columns">Characters in a row, without the labels at the left.</param>
    /// <param name="rows">Rows of characters.</param>
    /// <param name="unicode">Whether Braille characters and lines can be shown; otherwise plain ASCII.</param>
    public static IEnumerable<string> Draw(ActivationCurve curve, int columns, int rows, bool unicode)
    {
        BrailleCanvas canvas = new(columns, rows, unicode);
        float[] finite = [.. curve.Value.Where(float.IsFinite)];
        double low = Math.Min(0, finite.Min());
        double high = Math.Max(0, finite.Max());
        Scale x = Scale.Linear(curve.X[0], curve.X[^1], 0, canvas.Width - 1);
        Scale y = Scale.Linear(low, high, canvas.Height - 1, 0);
        (double X, double Y) last = (double.NaN, double.NaN);
        foreach ((double px, double py) in curve.Points(curve.Value, high - low))
        {
            if (!double.IsFinite(px) || !double.IsFinite(py))
            {
                last = (double.NaN, double.NaN);
                continue;
            }

            (double X, double Y) here = (x.At(px), y.At(py));
            Connect(canvas, double.IsNaN(last.X) ? here : last, here);
            last = here;
        }

        int zeroColumn = curve.X[0] < 0 && curve.X[^1] > 0 ? (int)Math.Round(x.At(0)) / (unicode ? 2 : 1) : -1;
        int zeroRow = (int)Math.Round(y.At(0)) / (unicode ? 4 : 1);
        string[] labels = new string[rows];
        Array.Fill(labels, "");
        labels[rows - 1] = low.ToString("0.##");
        labels[zeroRow] = "0";
        labels[0] = high.ToString("0.##");
        int margin = labels.Max(l => l.Length);
        int index = 0;
        foreach (string row in canvas.Rows((column, r) => Axis(column == zeroColumn, r == zeroRow)))
        {
            yield return $"  {labels[index++].PadLeft(margin)} {row.TrimEnd()}".TrimEnd();
        }

        string from = curve.X[0].ToString("0.##");
        string to = curve.X[^1].ToString("0.##");
        yield return new string(' ', margin + 3) + from + to.PadLeft(columns - from.Length);

        char Axis(bool upright, bool level) => (upright, level) switch
        {
            (true, true) => unicode ? '┼' : '+',
            (true, false) => unicode ? '│' : '|',
            (false, true) => unicode ? '─' : '-',
            _ => ' ',
        };
    }

    private static void Connect(BrailleCanvas canvas, (double X, double Y) from, (double X, double Y) to)
    {
        int steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y))));
        for (int i = 0; i <= steps; i++)
        {
            double t = (double)i / steps;
            canvas.Set((int)Math.Round(from.X + (t * (to.X - from.X))), (int)Math.Round(from.Y + (t * (to.Y - from.Y))));
        }
    }
}
