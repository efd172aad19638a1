using System.Text;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Laboratory;

namespace Hillock.Cli.Report;

/// <summary>Findings as a list: what is wrong, why, and what to do.</summary>
internal static class FindingList
{
    /// <summary>The list as HTML for a page that has the style sheets of reports.</summary>
    /// <param name="findings">The findings, each with where it was found; empty where that is clear.</param>
    public static string Markup(IEnumerable<(string Where, Finding Finding)> findings)
    {
        StringBuilder list = new("<ul class=\"remarks\">\n");
        foreach ((string where, Finding finding) in findings)
        {
            list.Append("<li>")
                .Append(where.Length > 0 ? $"{Svg.Escape(where)}: " : "")
                .Append($"<b>{Svg.Escape(finding.Text)}.</b> {Svg.Escape(Sentences.Whole(finding.Cause))} {Svg.Escape(Sentences.Whole(finding.Advice))} <code>{finding.Code}</code></li>\n");
        }

        return list.Append("</ul>\n").ToString();
    }
}
