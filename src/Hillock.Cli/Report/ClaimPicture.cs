using Hillock.Cli.Drawing;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>Draws what a claim's experiment measured: points with the range over the seeds, courses, published figures, regions of a plane.</summary>
internal static class ClaimPicture
{
    private const double PlotWidth = 640;
    private const double PlotHeight = 300;
    private const double Left = 78;
    private const double Right = 24;
    private const double Top = 78;
    private const double Bottom = 52;
    private const double LegendPitch = 18;
    private const int Ticks = 5;

    /// <summary>Courses of more points show no dots and no ranges.</summary>
    private const int MostDots = 40;

    /// <summary>Draws a chart.</summary>
    public static Svg Draw(ClaimChart chart)
    {
        List<(ClaimSeries Series, double X, double Y)> legend = Legend(chart);
        double top = Top + (legend.Count == 0 ? 0 : legend.Max(l => l.Y));
        double side = chart.Regions is null ? 0 : PlotHeight + Left;
        Svg svg = new(Left + PlotWidth + side + Right, top + PlotHeight + Bottom, chart.Title);
        Frame frame = new(Left, top, PlotWidth, PlotHeight);
        svg.Text(Left, 24, chart.Title, "heading");
        svg.Text(Left, 46, chart.Upwards, "muted small");
        foreach ((ClaimSeries series, double x, double y) in legend)
        {
            Style style = StyleOf(chart, series);
            svg.Path([(Left + x, 62 + y), (Left + x + 16, 62 + y)], style.Line);
            svg.Text(Left + x + 22, 66 + y, series.Name, "small");
        }

        (Scale across, Scale upwards) = Scales(chart, frame);
        frame.DrawUpwards(svg, upwards, Ticks, zero: true);
        DrawAcross(svg, chart, frame, across);
        svg.Text(frame.Left + (frame.Width / 2), frame.Bottom + 40, chart.Across, "muted small", TextAnchor.Middle);
        svg.Framed(new Frame(frame.Left - 8, frame.Top - 8, frame.Width + 16, frame.Height + 16), () =>
        {
            foreach (ClaimSeries series in chart.Series)
            {
                DrawSeries(svg, series, StyleOf(chart, series), across, upwards);
            }
        });
        if (chart.Regions is { } regions)
        {
            DrawRegions(svg, regions, new Frame(frame.Right + Left, top, PlotHeight, PlotHeight));
        }

        return svg;
    }

    private static Style StyleOf(ClaimChart chart, ClaimSeries series)
    {
        int index = 0;
        foreach (ClaimSeries other in chart.Series.TakeWhile(s => s != series))
        {
            index += other.IsPublished ? 0 : 1;
        }

        return series.IsPublished ? new("curve slope s7", "curve s7") : new($"curve s{index % (ChartStyle.SeriesColours - 1)}", $"curve s{index % (ChartStyle.SeriesColours - 1)}");
    }

    /// <summary>Where the names of the series stand, from the left in as many lines as they need; nowhere for a single one.</summary>
    private static List<(ClaimSeries Series, double X, double Y)> Legend(ClaimChart chart)
    {
        List<(ClaimSeries, double, double)> places = [];
        double x = 0;
        double y = 0;
        foreach (ClaimSeries series in chart.Series.Count > 1 ? chart.Series : [])
        {
            double width = 44 + (6.2 * series.Name.Length);
            if (x > 0 && x + width > PlotWidth)
            {
                (x, y) = (0, y + LegendPitch);
            }

            places.Add((series, x, y));
            x += width;
        }

        return places;
    }

    private static (Scale Across, Scale Upwards) Scales(ClaimChart chart, Frame frame)
    {
        ClaimPoint[] points = [.. chart.Series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.Y))];
        double[] xs = [.. points.Select(p => p.X).Where(x => !chart.IsLogarithmicAcross || x > 0).Order()];
        double[] ys = [.. points.SelectMany(p => new[] { p.Low, p.Y, p.High }).Where(y => double.IsFinite(y) && (!chart.IsLogarithmicUpwards || y > 0)).Order()];
        if (xs.Length == 0 || ys.Length == 0)
        {
            return (frame.Across(0, 1), frame.Upwards(0, 1));
        }

        Scale across = chart.Places.Count > 0 ? frame.Across(-0.5, chart.Places.Count - 0.5)
            : chart.IsLogarithmicAcross ? Scale.Logarithmic(xs[0], xs[^1], frame.Left, frame.Right)
            : frame.Across(xs[0], xs[^1]);
        double low = ys[0] >= 0 && ys[0] < 0.5 * ys[^1] ? 0 : ys[0];
        double margin = 0.05 * (ys[^1] - low);
        return (across, chart.IsLogarithmicUpwards
            ? Scale.Logarithmic(ys[0], ys[^1], frame.Bottom, frame.Top)
            : frame.Upwards(low == 0 ? 0 : low - margin, ys[^1] + margin));
    }

    private static void DrawAcross(Svg svg, ClaimChart chart, Frame frame, Scale across)
    {
        if (chart.Places.Count == 0)
        {
            frame.DrawAcross(svg, across, Ticks);
            return;
        }

        for (int place = 0; place < chart.Places.Count; place++)
        {
            svg.Line(across.At(place), frame.Top, across.At(place), frame.Bottom, "grid");
            svg.Text(across.At(place), frame.Bottom + 18, chart.Places[place], "muted small", TextAnchor.Middle);
        }
    }

    private static void DrawSeries(Svg svg, ClaimSeries series, Style style, Scale across, Scale upwards)
    {
        if (series.IsLine)
        {
            svg.Path(series.Points.Select(p => (across.At(p.X), double.IsFinite(p.Y) ? upwards.At(p.Y) : double.NaN)), style.Line);
        }

        if (series.IsLine && series.Points.Count > MostDots)
        {
            return;
        }

        foreach (ClaimPoint point in series.Points.Where(p => double.IsFinite(p.Y)))
        {
            (double x, double y) = (across.At(point.X), upwards.At(point.Y));
            if (series.IsPublished)
            {
                svg.Path(series.IsLine ? [] : [(x - 14, y), (x + 14, y)], style.Mark);
                continue;
            }

            // A line of no length with round ends is a dot in the colour of its series.
            svg.Path([(x, y), (x, y)], style.Mark, series.IsLine ? 5 : 9);
            if (point.High > point.Low)
            {
                svg.Path([(x, upwards.At(point.Low)), (x, upwards.At(point.High))], style.Mark, 1.4);
            }
        }
    }

    /// <summary>Draws each row of points as strokes, one for each region that it passes.</summary>
    private static void DrawRegions(Svg svg, RegionMap map, Frame frame)
    {
        double cell = frame.Width / map.Size;
        List<(double X, double Y)>[] strokes = [.. Enumerable.Range(0, ChartStyle.SeriesColours).Select(_ => new List<(double, double)>())];
        for (int row = 0; row < map.Size; row++)
        {
            double y = frame.Top + ((row + 0.5) * cell);
            int first = 0;
            for (int column = 1; column <= map.Size; column++)
            {
                int region = map.Regions[(row * map.Size) + first];
                if (column < map.Size && map.Regions[(row * map.Size) + column] == region)
                {
                    continue;
                }

                List<(double X, double Y)> colour = strokes[region % strokes.Length];
                colour.Add((frame.Left + ((first + 0.5) * cell), y));
                colour.Add((frame.Left + ((column - 0.5) * cell), y));
                colour.Add((double.NaN, double.NaN));
                first = column;
            }
        }

        for (int colour = 0; colour < strokes.Length; colour++)
        {
            svg.Path(strokes[colour], $"curve s{colour}", cell);
        }

        svg.Text(frame.Left, frame.Bottom + 18, $"{map.Count} regions in sight", "muted small");
    }

    /// <summary>The classes of a series' line and of its dots.</summary>
    private readonly record struct Style(string Line, string Mark);
}
