using Hillock.Cli.CommandLine;
using Hillock.Laboratory;
using Spectre.Console;

namespace Hillock.Cli.Output;

/// <summary>Writes claims for a person at a terminal.</summary>
internal sealed class ClaimsPrinter(Terminal terminal)
{
    private readonly TextPage page = new(terminal);

    /// <summary>Writes what can be tried, and what cannot.</summary>
    public void WriteList()
    {
        FittedTable table = new(terminal);
        table.AddColumn("", priority: 0, right: true);
        table.AddColumn("name", priority: 0);
        table.AddColumn("claim", priority: 1, leastWidth: 30);
        table.AddColumn("needs", priority: 2);
        foreach (Claim claim in ClaimCatalogue.All)
        {
            table.AddRow([new($"{claim.Number}"), new(claim.Name, Decoration: Decoration.Bold), new(claim.Statement), new(string.Join(", ", claim.Data))]);
        }

        foreach (ClaimOutOfReach claim in ClaimCatalogue.OutOfReach)
        {
            table.AddRow([new(""), new(claim.Name, Color.Grey), new($"{claim.Statement}. Not reproducible here: {claim.Why}", Color.Grey), new("")]);
        }

        table.Write();
        page.Gap();
        page.Line("'hillock claims run NAME' tries one, 'hillock claims run --all --quick' all that can be tried.");
    }

    /// <summary>Writes what came of a claim.</summary>
    public void Write(ClaimEntry entry)
    {
        page.Heading($"{entry.Number}  {entry.Name}: {entry.Verdict}");
        page.Gap();
        page.Paragraph(entry.Claim + ".");
        page.Gap();
        page.Fact("source", entry.Source);
        page.Fact("published", entry.Published);
        page.Fact("run", entry.Figures.Count > 0 ? ClaimText.Run(entry) : "");
        page.Gap();
        if (entry.Figures.Count > 0)
        {
            FittedTable table = new(terminal);
            table.AddColumn("figure", priority: 0, leastWidth: 24);
            table.AddColumn("published", priority: 2);
            table.AddColumn("measured", priority: 0, right: true);
            table.AddColumn("over seeds", priority: 1);
            foreach (FigureEntry figure in entry.Figures)
            {
                table.AddRow([new(figure.Name), new(figure.Published), new(ClaimText.Median(figure), Decoration: Decoration.Bold), new(ClaimText.Spread(figure))]);
            }

            table.Write();
            page.Gap();
        }

        foreach (CheckEntry check in entry.Checks)
        {
            page.Paragraph(check.Rule, bullet: check.Holds ? "holds: " : "does not hold: ");
        }

        if (entry.Checks.Count == 0)
        {
            page.Paragraph(entry.Why);
        }

        foreach (string remark in entry.Remarks)
        {
            page.Gap();
            page.Paragraph(remark);
        }

        page.Gap();
    }

    /// <summary>Writes the verdicts of several claims.</summary>
    public void WriteSummary(IReadOnlyList<ClaimEntry> entries)
    {
        FittedTable table = new(terminal);
        table.AddColumn("", priority: 0, right: true);
        table.AddColumn("claim", priority: 0);
        table.AddColumn("verdict", priority: 0);
        table.AddColumn("first figure", priority: 2, leastWidth: 24);
        table.AddColumn("measured", priority: 1, right: true);
        table.AddColumn("over seeds", priority: 1);
        foreach (ClaimEntry entry in entries)
        {
            FigureEntry? first = entry.Figures.Count > 0 ? entry.Figures[0] : null;
            table.AddRow(
            [
                new(entry.Number > 0 ? $"{entry.Number}" : ""),
                new(entry.Name, Decoration: Decoration.Bold),
                new(entry.Verdict),
                new(first?.Name ?? ""),
                new(first is null ? "" : ClaimText.Median(first)),
                new(first is null ? "" : ClaimText.Spread(first)),
            ]);
        }

        table.Write();
    }
}
