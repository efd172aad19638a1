namespace Hillock.Cli.Drawing;

/// <summary>Draws activations and their derivatives: f solid, f′ dashed.</summary>
internal static class FunctionChart
{
    /// <summary>Wide enough for a letter of a name in the legend, most letters being narrower.</summary>
    private const double LetterWidth = 7.2;

    /// <summary>Several curves in one chart with a legend.</summary>
    public static Svg Draw(IReadOnlyList<ActivationCurve> curves)
    {
        const double Width = 760;
        const double Left = 52;
        const double Right = 24;
        double legendColumn = 42 + (LetterWidth * curves.Max(c => c.Name.Length));
        int legendColumns = Math.Clamp((int)((Width - Left - Right) / legendColumn), 1, Math.Min(4, curves.Count));
        int legendRows = (curves.Count + legendColumns - 1) / legendColumns;
        double top = 44 + (legendRows * 20);
        Svg svg = new(Width, top + 440, "f and its derivative f′: " + string.Join(", ", curves.Select(c => c.Name)));
        Frame frame = new(Left, top, Width - Left - Right, 396);
        Scale x = frame.Across(curves[0].X[0], curves[0].X[^1]);
        (double low, double high) = Extent(curves);
        Scale y = frame.Upwards(low, high);
        frame.DrawAcross(svg, x, 10, zero: true);
        frame.DrawUpwards(svg, y, 8, zero: true);
        svg.Text(frame.Right, frame.Bottom + 32, "x", "muted", TextAnchor.End);

        svg.Line(Left, 24, Left + 30, 24, "curve s7");
        svg.Text(Left + 38, 28, "f(x)", "muted");
        svg.Line(Left + 80, 24, Left + 110, 24, "curve slope s7");
        svg.Text(Left + 118, 28, "f′(x)", "muted");
        for (int i = 0; i < curves.Count; i++)
        {
            double left = Left + (i % legendColumns * legendColumn);
            double line = 48 + (i / legendColumns * 20);
            svg.Line(left, line, left + 18, line, "curve " + Series(i));
            svg.Text(left + 26, line + 4, curves[i].Name, "");
        }

        DrawCurves(svg, frame, x, y, curves, Series);
        return svg;
    }

    /// <summary>One panel for each activation, all on the same axes, so that their shapes compare.</summary>
    public static Svg DrawPanels(IReadOnlyList<ActivationCurve> curves)
    {
        PanelGrid grid = new(curves.Count, 190, 150);
        Svg svg = new(grid.Width, grid.Height, "f (solid) and f′ (dashed) of each candidate");
        (double low, double high) = Extent(curves);
        low = Math.Max(low, -2);
        high = Math.Min(high, 4);
        for (int i = 0; i < curves.Count; i++)
        {
            Frame frame = grid.Panel(i);
            svg.Text(frame.Left, frame.Top - 8, CandidateLabels.Shorten(curves[i].Name, CandidateLabels.PanelLetters), "strong");
            Scale x = frame.Across(curves[i].X[0], curves[i].X[^1]);
            Scale y = frame.Upwards(low, high);
            frame.DrawAcross(svg, x, 4, zero: true);
            frame.DrawUpwards(svg, y, 4, zero: true);
            DrawCurves(svg, frame, x, y, [curves[i]], _ => "");
        }

        return svg;
    }

    private static string Series(int index) => "s" + (index % ChartStyle.SeriesColours);

    private static void DrawCurves(Svg svg, Frame frame, Scale x, Scale y, IReadOnlyList<ActivationCurve> curves, Func<int, string> style)
    {
        svg.Framed(frame, () =>
        {
            double extent = y.Maximum - y.Minimum;
            for (int i = 0; i < curves.Count; i++)
            {
                ActivationCurve curve = curves[i];
                svg.Path(curve.Points(curve.Slope, extent).Select(Place), "curve slope " + style(i));
                svg.Path(curve.Points(curve.Value, extent).Select(Place), "curve " + style(i));
            }
        });

        (double X, double Y) Place((double X, double Y) point) => (x.At(point.X), y.Beyond(point.Y));
    }

    private static (double Low, double High) Extent(IReadOnlyList<ActivationCurve> curves)
    {
        double low = Math.Min(-0.1, curves.Min(c => c.Extent().Low));
        double high = Math.Max(1.05, curves.Max(c => c.Extent().High));
        double margin = 0.04 * (high - low);
        return (low - margin, high + margin);
    }
}
