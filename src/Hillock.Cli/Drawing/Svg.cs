using System.Globalization;
using System.Net;
using System.Text;

namespace Hillock.Cli.Drawing;

/// <summary>Where a text stands relative to its position.</summary>
internal enum TextAnchor
{
    /// <summary>It begins there.</summary>
    Start,

    /// <summary>It is centred there.</summary>
    Middle,

    /// <summary>It ends there.</summary>
    End,
}

/// <summary>
/// Writes a drawing in scalable vector graphics. Colours come from classes (see <see cref="ChartStyle"/>), so that a drawing suits light and dark.
/// </summary>
/// <param name="width">The width in user units (pixels at natural size).</param>
/// <param name="height">The height.</param>
/// <param name="title">What the drawing shows, for those who hear it.</param>
internal sealed class Svg(double width, double height, string title)
{
    private readonly StringBuilder body = new();

    /// <summary>The width in user units.</summary>
    public double Width => width;

    /// <summary>The height in user units.</summary>
    public double Height => height;

    /// <summary>A number as short as a drawing needs it.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Text with the characters escaped that mean something in markup, and without those that XML forbids.</summary>
    public static string Escape(string text) =>
        WebUtility.HtmlEncode(new string([.. text.Select(c => (char.IsControl(c) || c >= '\ufffe') ? '\ufffd' : c)]));

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string style) =>
        body.Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" class=\"{style}\"/>\n");

    /// <summary>A rectangle, its corners rounded by <paramref name="radius"/>.</summary>
    public void Rectangle(double x, double y, double rectangleWidth, double rectangleHeight, string style, double radius = 0, string extra = "") =>
        body.Append($"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(rectangleWidth)}\" height=\"{Number(rectangleHeight)}\"")
            .Append(radius > 0 ? $" rx=\"{Number(radius)}\"" : "").Append($" class=\"{style}\"{extra}/>\n");

    /// <summary>A filled circle, with a text that appears where the pointer rests on it.</summary>
    public void Circle(double x, double y, double radius, string style, string tip = "") =>
        body.Append($"<circle cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\" class=\"{style}\"")
            .Append(tip.Length > 0 ? $"><title>{Escape(tip)}</title></circle>\n" : "/>\n");

    /// <summary>A line of text, with another that appears where the pointer rests on it.</summary>
    public void Text(double x, double y, string text, string style, TextAnchor anchor = TextAnchor.Start, string tip = "") =>
        body.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" class=\"{style}\"")
            .Append(anchor switch { TextAnchor.Middle => " text-anchor=\"middle\"", TextAnchor.End => " text-anchor=\"end\"", _ => "" })
            .Append(tip.Length > 0 ? $"><title>{Escape(tip)}</title>" : ">").Append($"{Escape(text)}</text>\n");

    /// <summary>A line through points; a point that is no number interrupts it.</summary>
    /// <param name="points">The points.</param>
    /// <param name="style">Its class.</param>
    /// <param name="width">Its width where that is not the one of the class.</param>
    public void Path(IEnumerable<(double X, double Y)> points, string style, double? width = null)
    {
        StringBuilder path = new();
        bool down = false;
        foreach ((double x, double y) in points)
        {
            bool drawn = double.IsFinite(x) && double.IsFinite(y);
            if (drawn)
            {
                path.Append(down ? 'L' : 'M').Append(Number(x)).Append(' ').Append(Number(y));
            }

            down = drawn;
        }

        if (path.Length > 0)
        {
            body.Append($"<path d=\"{path}\" class=\"{style}\"").Append(width is { } w ? $" style=\"stroke-width:{Number(w)}\"" : "").Append("/>\n");
        }
    }

    /// <summary>Draws what is cut off where it would stick out of a frame. Positions mean the same inside as outside.</summary>
    public void Framed(Frame frame, Action draw)
    {
        (string x, string y, string w, string h) = (Number(frame.Left), Number(frame.Top), Number(frame.Width), Number(frame.Height));
        body.Append($"<svg x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" viewBox=\"{x} {y} {w} {h}\">\n");
        draw();
        body.Append("</svg>\n");
    }

    /// <summary>The drawing as an element to stand in a page that has the <see cref="ChartStyle"/>.</summary>
    public string ToElement() => Open("") + body + "</svg>\n";

    /// <summary>The drawing as a file of its own.</summary>
    public string ToFile() => Open(" xmlns=\"http://www.w3.org/2000/svg\"")
        + $"<style>\n{ChartStyle.Standalone}</style>\n"
        + $"<rect width=\"{Number(width)}\" height=\"{Number(height)}\" class=\"surface\"/>\n"
        + body + "</svg>\n";

    private string Open(string extra) =>
        $"<svg{extra} viewBox=\"0 0 {Number(width)} {Number(height)}\" width=\"{Number(width)}\" height=\"{Number(height)}\""
        + " class=\"chart\" role=\"img\">\n"
        + $"<title>{Escape(title)}</title>\n";
}
