using Hillock.Cli.CommandLine;
using Hillock.Laboratory;
using Hillock.Networks;
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
        page.Line($"Recommended: {result.Recommended ?? "none"}", result.Recommended is null ? Color.Red : Color.Green);
        page.Paragraph(result.Reason, "  ");
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
        string resumed = result.ResumedTrials > 0 ? $" ({result.ResumedTrials} trials were finished before)" : "";
        string report = folder is null ? "" : $"; the report is {Path.Combine(folder, "report.html")}";
        page.Line($"{Words.Duration(TimeSpan.FromSeconds(result.Seconds))}{resumed}{report}", Color.Grey);
    }

    private void WriteTable(ComparisonResult result)
    {
        Protocol protocol = result.Protocol;
        bool deviation = result.Candidates.Any(c => c.StandardDeviation is not null);
        FittedTable table = new(terminal);
        table.AddColumn("", priority: 0);
        table.AddColumn("activation", priority: 0);
        table.AddColumn(Sentences.Metric(protocol.Metric), priority: 0, right: true);
        table.AddColumn(deviation ? "± std" : "", priority: deviation ? 2 : 99, right: true);
        table.AddColumn("95 % interval", priority: 4, right: true);
        table.AddColumn("p", priority: 1, right: true);
        table.AddColumn(Sentences.Metric(protocol.SecondaryMetric), priority: 5, right: true);
        table.AddColumn("lr", priority: 6, right: true);
        table.AddColumn("ms/epoch", priority: 7, right: true);
        table.AddColumn("dead", priority: 8, right: true);
        table.AddColumn("saturated", priority: 9, right: true);
        table.AddColumn("zeros", priority: 11, right: true);
        table.AddColumn("gradient", priority: 10, right: true);
        for (int i = 0; i < result.Candidates.Count; i++)
        {
            CandidateResult c = result.Candidates[i];
            bool recommended = c.Name == result.Recommended;
            Color? colour = recommended ? Color.Green : c.Status == CandidateStatus.Diverged ? Color.Red : null;
            string interval = c is { Low: { } low, High: { } high } ? $"{low:0.0000} to {high:0.0000}" : "";
            table.AddRow(
            [
                new(recommended ? (terminal.Unicode ? "▸" : ">") : "", colour),
                new(c.Name, colour, recommended ? Decoration.Bold : Decoration.None),
                new(c.Mean is { } mean ? $"{mean:0.0000}" : "diverged", colour),
                new(c.StandardDeviation is { } std ? $"{std:0.0000}" : "", colour),
                new(interval),
                new(c.PValue is { } p ? Sentences.PValue(p) : i == 0 && c.Mean is not null ? "best" : ""),
                new(c.SecondaryMean is { } secondary ? Sentences.Secondary(protocol, secondary) : ""),
                new(c.LearningRate is { } rate ? Words.Significant(rate, 3) : ""),
                new(c.SecondsPerEpoch is { } seconds ? Words.Significant(seconds * 1000, 3) : ""),
                new(Sentences.Share(c.Dead)),
                new(Sentences.Share(c.Saturated)),
                new(Sentences.Share(c.Sparsity)),
                new(c.GradientRatio is { } ratio ? $"×{Words.Significant(ratio, 2)}" : ""),
            ]);
        }

        table.Write();
    }
}
