namespace Hillock.Cli.Drawing;

/// <summary>Draws activations and their derivatives: f solid, f′ dashed.</summary>
internal static class FunctionChart
{
    /// <summary>Wide enough for a letter of a name in the legend, most letters being narrower.</summary>
    private const double LetterWidth = 7.2;

    /// <summary>The room of the line that tells f from f′.</summary>
    private const double KeyHeight = 44;

    /// <summary>A drawing that stands alone: in one chart as many curves as can be told apart by their colours, more of them in panels.</summary>
    public static Svg Draw(IReadOnlyList<ActivationCurve> curves) =>
        curves.Count <= ChartStyle.SeriesColours ? DrawTogether(curves) : DrawPanels(curves, Extent(curves), KeyHeight);

    /// <summary>One panel for each activation, all on the same axes, so that their shapes compare.</summary>
    public static Svg DrawPanels(IReadOnlyList<ActivationCurve> curves)
    {
        (double low, double high) = Extent(curves);
        return DrawPanels(curves, (Math.Max(low, -2), Math.Min(high, 4)), top: 0);
    }

    private static Svg DrawTogether(IReadOnlyList<ActivationCurve> curves)
    {
        const double Width = 760;
        const double Left = 52;
        const double Right = 24;
        double legendColumn = 42 + (LetterWidth * curves.Max(c => c.Name.Length));
        int legendColumns = Math.Clamp((int)((Width - Left - Right) / legendColumn), 1, Math.Min(4, curves.Count));
        int legendRows = (curves.Count + legendColumns - 1) / legendColumns;
        double top = KeyHeight + (legendRows * 20);
        Svg svg = new(Width, top + 440, "f and its derivative f′: " + string.Join(", ", curves.Select(c => c.Name)));
        Frame frame = new(Left, top, Width - Left - Right, 396);
        Scale x = frame.Across(curves[0].X[0], curves[0].X[^1]);
        (double low, double high) = Extent(curves);
        Scale y = frame.Upwards(low, high);
        frame.DrawAcross(svg, x, 10, zero: true);
        frame.DrawUpwards(svg, y, 8, zero: true);
        svg.Text(frame.Right, frame.Bottom + 32, "x", "muted", TextAnchor.End);
        DrawKey(svg, Left, curves, y);
        for (int i = 0; i < curves.Count; i++)
        {
            double left = Left + (i % legendColumns * legendColumn);
            double line = 48 + (i / legendColumns * 20);
            svg.Path([(left, line), (left + 18, line)], "curve " + Series(i));
            svg.Text(left + 26, line + 4, curves[i].Name, "");
        }

        DrawCurves(svg, frame, x, y, curves, Series);
        return svg;
    }

    private static Svg DrawPanels(IReadOnlyList<ActivationCurve> curves, (double Low, double High) extent, double top)
    {
        PanelGrid grid = new(curves.Count, 190, 150);
        Svg svg = new(grid.Width, grid.Height + top, "f (solid) and f′ (dashed) of each activation");
        for (int i = 0; i < curves.Count; i++)
        {
            Frame panel = grid.Panel(i);
            Frame frame = panel with { Top = panel.Top + top };
            CandidateLabels.Write(svg, frame.Left, frame.Top - 8, curves[i].Name, "strong", letters: CandidateLabels.PanelLetters);
            Scale x = frame.Across(curves[i].X[0], curves[i].X[^1]);
            Scale y = frame.Upwards(extent.Low, extent.High);
            frame.DrawAcross(svg, x, 4, zero: true);
            frame.DrawUpwards(svg, y, 4, zero: true);
            DrawCurves(svg, frame, x, y, [curves[i]], _ => "");
            if (i == 0 && top > 0)
            {
                DrawKey(svg, frame.Left, curves, y);
            }
        }

        return svg;
    }

    /// <summary>Says which line is f and which f′, and whether f′ is out of sight.</summary>
    private static void DrawKey(Svg svg, double left, IReadOnlyList<ActivationCurve> curves, Scale y)
    {
        svg.Line(left, 24, left + 30, 24, "curve s7");
        svg.Text(left + 38, 28, "f(x)", "muted");
        float[] slopes = [.. curves.SelectMany(c => c.Slope).Where(float.IsFinite)];
        if (slopes.Length > 0 && (slopes.Max() < y.Minimum || slopes.Min() > y.Maximum))
        {
            string least = $"{slopes.Min():0.####}";
            string greatest = $"{slopes.Max():0.####}";
            svg.Text(left + 80, 28, "f′(x) is out of sight: " + (least == greatest ? least : $"from {least} to {greatest}"), "muted");
            return;
        }

        svg.Line(left + 80, 24, left + 110, 24, "curve slope s7");
        svg.Text(left + 118, 28, "f′(x)", "muted");
    }

    private static string Series(int index) => $"s{index}";

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

    /// <summary>The range of values to show: f and f′ with 0 and 1, but where f is far from 0 only f, whose shape would be a line at the edge.</summary>
    private static (double Low, double High) Extent(IReadOnlyList<ActivationCurve> curves)
    {
        float[] values = [.. curves.SelectMany(c => c.Value).Where(float.IsFinite).DefaultIfEmpty(0)];
        double least = values.Min();
        double greatest = values.Max();
        double span = greatest - least;
        bool far = span > 0 && (least > 2 * span || greatest < -2 * span);
        double low = far ? least : Math.Min(-0.1, curves.Min(c => c.Extent().Low));
        double high = far ? greatest : Math.Max(1.05, curves.Max(c => c.Extent().High));
        double margin = 0.04 * (high - low);
        return (low - margin, high + margin);
    }
}
