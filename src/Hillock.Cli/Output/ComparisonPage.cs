using Hillock.Cli.CommandLine;
using Hillock.Laboratory;
using Spectre.Console;

namespace Hillock.Cli.Output;

/// <summary>Writes a comparison for people: the question, the table, the recommendation.</summary>
internal sealed class ComparisonPage(Terminal terminal)
{
    private readonly TextPage page = new(terminal);

    /// <summary>Writes what was found in the data and how candidates are compared.</summary>
    public void WriteQuestion(DataSummary data, Protocol protocol, int candidates)
    {
        page.Fact("data", $"{data.Name}: {data.Description}");
        page.Fact("network", Sentences.Network(protocol));
        page.Fact("comparison", Sentences.Comparison(protocol, candidates));
        page.Gap();
    }

    /// <summary>Writes what came out.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">Where the report was written; null where none was.</param>
    public void WriteAnswer(ComparisonResult result, string? folder)
    {
        WriteTable(result);
        page.Gap();
        page.Line($"without learning: {result.Baseline:0.0000} {Sentences.BaselineMeaning(result.Protocol)}", Color.Grey);
        page.Gap();
        page.Line($"Recommended: {result.Recommended ?? "none"}", result.Recommended is null ? Color.Red : Color.Green);
        page.Paragraph(result.Reason, "  ");
        WriteFindings(result.Candidates);
        if (result.Remarks.Count > 0)
        {
            page.Gap();
            page.Heading("Remarks");
            foreach (Remark remark in result.Remarks)
            {
                page.Paragraph(remark.ToString(), "  ", "- ");
            }
        }

        page.Gap();
        string resumed = result.ResumedTrials > 0 ? $" ({Words.Count(result.ResumedTrials, "trial")} finished before)" : "";
        string report = folder is null ? "" : $"; the report is {Path.Combine(folder, ComparisonFolder.Report)}";
        page.Line($"{Words.Duration(TimeSpan.FromSeconds(result.Seconds))}{resumed}{report}", Color.Grey);
    }

    private void WriteFindings(IReadOnlyList<CandidateResult> candidates)
    {
        if (candidates.All(candidate => candidate.Findings.Count == 0))
        {
            return;
        }

        page.Gap();
        page.Heading("Inside the networks");
        foreach (CandidateResult candidate in candidates)
        {
            foreach (CandidateFinding found in candidate.Findings)
            {
                page.Finding(found.Finding, "- ", $"{candidate.Name}{Sentences.InTrials(found, candidate)}: ");
            }
        }
    }

    private void WriteTable(ComparisonResult result)
    {
        IReadOnlyList<Figure> figures = Figure.Of(result);
        FittedTable table = new(terminal);
        table.AddColumn("", priority: 0);
        table.AddColumn("activation", priority: 0);
        foreach (Figure figure in figures)
        {
            table.AddColumn(figure.Title, figure.Priority, right: true);
        }

        foreach (CandidateResult candidate in result.Candidates)
        {
            bool recommended = candidate.Name == result.Recommended;
            Color? colour = recommended ? Color.Green : candidate.Status == CandidateStatus.Diverged ? Color.Red : null;
            Cell mark = new(recommended ? (terminal.Unicode ? "▸" : ">") : "", colour);
            Cell name = new(candidate.Name, colour, recommended ? Decoration.Bold : Decoration.None);
            table.AddRow([mark, name, .. figures.Select(f => new Cell(f.Text(candidate), f.Priority == 0 ? colour : null))]);
        }

        table.Write("a wider terminal, --json or the report of --out");
    }
}
