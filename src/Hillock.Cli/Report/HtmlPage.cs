using System.Text;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Drawing;

namespace Hillock.Cli.Report;

/// <summary>A page that needs nothing but itself, no script, light or dark as the reader's system prefers.</summary>
internal sealed class HtmlPage
{
    /// <summary>A name of more letters may not fit the first column of a table.</summary>
    private const int LongName = 18;

    private readonly StringBuilder body = new();

    /// <summary>The page as a document.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="footer">What stands below all, behind the name of the tool, as markup.</param>
    public string Document(string title, string footer) =>
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + $"<title>{Svg.Escape(title)}</title>\n"
        + $"<style>\n{ChartStyle.Colours}{ChartStyle.Classes}{ReportStyle.Css}</style>\n</head>\n<body>\n<main>\n"
        + body
        + $"<footer>Made by hillock {Tool.Version} {footer}</footer>\n</main>\n</body>\n</html>\n";

    /// <summary>Adds markup.</summary>
    public HtmlPage Append(string markup)
    {
        body.Append(markup);
        return this;
    }

    /// <summary>Begins a section.</summary>
    public void Section(string title, string note) =>
        Append($"<section>\n<h2>{Svg.Escape(title)}</h2>\n<p class=\"note\">{Svg.Escape(note)}</p>\n");

    /// <summary>Ends a section.</summary>
    public void EndSection() => Append("</section>\n");

    /// <summary>Adds what is to be known before the next chart or table.</summary>
    public void Note(string text) => Append($"<p class=\"note after\">{Svg.Escape(text)}</p>\n");

    /// <summary>Adds a figure with what it means; nothing where there is no figure.</summary>
    public void Tile(string figure, string caption)
    {
        if (figure.Length > 0)
        {
            Append($"<div class=\"tile\"><b>{Svg.Escape(figure)}</b><span>{Svg.Escape(caption)}</span></div>\n");
        }
    }

    /// <summary>Adds a chart that keeps a readable size: on a narrow screen it is moved, not shrunk.</summary>
    public void Chart(Svg chart) => Append($"<div class=\"scroll\">{chart.ToElement()}</div>\n");

    /// <summary>Adds a chart in two layouts, of which the page shows the one that suits its width.</summary>
    public void Chart(Svg wide, Svg narrow) =>
        Append($"<div class=\"scroll wide\">{wide.ToElement()}</div>\n<div class=\"narrow\">{narrow.ToElement()}</div>\n");

    /// <summary>Adds a table. What its first column has no room for is cut, and shows where the pointer rests on it.</summary>
    /// <param name="headings">The headings of its columns.</param>
    /// <param name="rows">For each row its style, possibly none, and its cells.</param>
    public void Table(IEnumerable<string> headings, IEnumerable<(string Style, IEnumerable<string> Cells)> rows)
    {
        body.Append("<div class=\"scroll\"><table>\n<tr>").AppendJoin("", headings.Select(h => $"<th>{Svg.Escape(h)}</th>")).Append("</tr>\n");
        foreach ((string style, IEnumerable<string> cells) in rows)
        {
            body.Append(style.Length > 0 ? $"<tr class=\"{style}\">" : "<tr>")
                .AppendJoin("", cells.Select((c, i) => $"<td{(i == 0 && c.Length > LongName ? $" title=\"{Svg.Escape(c)}\"" : "")}>{Svg.Escape(c)}</td>")).Append("</tr>\n");
        }

        body.Append("</table></div>\n");
    }

    /// <summary>Adds terms and what they stand for; those that stand for nothing are left out.</summary>
    public void Definitions(params IEnumerable<(string Term, string Text)> definitions)
    {
        Append("<dl>\n");
        foreach ((string term, string text) in definitions.Where(definition => definition.Text.Length > 0))
        {
            Append($"<dt>{Svg.Escape(term)}</dt><dd>{Svg.Escape(text)}</dd>\n");
        }

        Append("</dl>\n");
    }
}
