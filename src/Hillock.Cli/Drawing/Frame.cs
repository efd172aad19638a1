namespace Hillock.Cli.Drawing;

/// <summary>The area of a chart between its axes.</summary>
/// <param name="Left">The position of its left side.</param>
/// <param name="Top">The position of its top.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
internal readonly record struct Frame(double Left, double Top, double Width, double Height)
{
    /// <summary>The position of its right side.</summary>
    public double Right => Left + Width;

    /// <summary>The position of its bottom.</summary>
    public double Bottom => Top + Height;

    /// <summary>A linear scale over its width.</summary>
    public Scale Across(double minimum, double maximum) => Scale.Linear(minimum, maximum, Left, Right);

    /// <summary>A linear scale over its height, upwards.</summary>
    public Scale Upwards(double minimum, double maximum) => Scale.Linear(minimum, maximum, Bottom, Top);

    /// <summary>Draws upright lines and labels below at round values.</summary>
    public void DrawAcross(Svg svg, Scale x, int ticks, bool labels = true, bool zero = false)
    {
        foreach (double tick in x.Ticks(ticks))
        {
            svg.Line(x.At(tick), Top, x.At(tick), Bottom, zero && Math.Abs(tick) < 1e-12 ? "zero" : "grid");
            if (labels)
            {
                svg.Text(x.At(tick), Bottom + 15, x.Label(tick, ticks), "muted small", TextAnchor.Middle);
            }
        }
    }

    /// <summary>Draws level lines and labels to the left at round values.</summary>
    public void DrawUpwards(Svg svg, Scale y, int ticks, bool labels = true, bool zero = false)
    {
        foreach (double tick in y.Ticks(ticks))
        {
            svg.Line(Left, y.At(tick), Right, y.At(tick), zero && Math.Abs(tick) < 1e-12 ? "zero" : "grid");
            if (labels)
            {
                svg.Text(Left - 6, y.At(tick) + 4, y.Label(tick, ticks), "muted small", TextAnchor.End);
            }
        }
    }
}
