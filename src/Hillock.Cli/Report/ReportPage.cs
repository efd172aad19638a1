using System.Text;
using Hillock.Activations;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Laboratory;

namespace Hillock.Cli.Report;

/// <summary>The report of a comparison: one page that needs nothing but itself, no script, light or dark as the reader's system prefers.</summary>
internal sealed class ReportPage
{
    private const double CurveReach = 4;
    private const int CurvePoints = 401;

    private readonly ComparisonResult result;
    private readonly string metric;
    private readonly string secondary;
    private readonly StringBuilder page = new();

    private ReportPage(ComparisonResult result)
    {
        this.result = result;
        metric = Sentences.Metric(result.Protocol.Metric);
        secondary = Sentences.Metric(result.Protocol.SecondaryMetric);
    }

    /// <summary>The page as HTML.</summary>
    public static string Text(ComparisonResult result) => new ReportPage(result).Write();

    private string Write()
    {
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append($"<title>Which activation for {Svg.Escape(result.Data.Name)}? Hillock</title>\n")
            .Append($"<style>\n{ChartStyle.Colours}{ChartStyle.Classes}{ReportStyle.Css}</style>\n</head>\n<body>\n<main>\n");
        WriteHead();
        WriteRanking();
        WriteRemarks();
        WriteCurves();
        WriteFolds();
        WriteDiagnosis();
        WriteFunctions();
        WriteProtocol();
        page.Append($"<footer>Made by hillock {Tool.Version} in {Svg.Escape(Words.Duration(TimeSpan.FromSeconds(result.Seconds)))}. ")
            .Append("The figures are in <code>results.json</code> and <code>trials.csv</code> beside this page.</footer>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private void WriteHead()
    {
        CandidateResult? chosen = result.Candidates.FirstOrDefault(c => c.Name == result.Recommended);
        page.Append("<header>\n<p class=\"eyebrow\">").Append(Svg.Escape($"Which activation function for {result.Data.Name}?")).Append("</p>\n<h1>")
            .Append(chosen is null ? "None could be trained" : $"Use <em>{Svg.Escape(chosen.Name)}</em>")
            .Append($"</h1>\n<p class=\"lead\">{Svg.Escape(result.Reason.TrimEnd('.'))}.</p>\n");
        if (chosen is not null)
        {
            page.Append("<div class=\"tiles\">\n");
            string interval = chosen is { Low: { } low, High: { } high } ? $"{Words.Fixed(low)} to {Words.Fixed(high)}" : "";
            Tile(Figure.Optional(chosen.Mean, Words.Fixed), interval.Length > 0 ? $"{metric}, 95 % interval {interval}" : metric);
            Tile(Figure.Optional(chosen.SecondaryMean, v => Sentences.Secondary(result.Protocol, v)), secondary);
            Tile(Figure.Optional(chosen.LearningRate, v => Words.Significant(v, 3)), "learning rate");
            Tile($"{result.Baseline:0.0000}", $"{metric} {Sentences.BaselineMeaning(result.Protocol)}");
            Tile(Figure.Optional(chosen.Dead, v => Sentences.Share(v)), "dead units");
            page.Append("</div>\n");
        }

        foreach (string warning in result.Warnings)
        {
            page.Append($"<p class=\"warning\">{Svg.Escape(warning)}</p>\n");
        }

        page.Append("</header>\n");
    }

    private void Tile(string figure, string caption)
    {
        if (figure.Length > 0)
        {
            page.Append($"<div class=\"tile\"><b>{Svg.Escape(figure)}</b><span>{Svg.Escape(caption)}</span></div>\n");
        }
    }

    private void WriteRanking()
    {
        string dots = result.Protocol.Holdout ? "" : " Each pale dot is the test part of one fold.";
        Section(
            "Ranking",
            $"Mean test {metric} and its 95 % interval; p is the probability of so great a difference from the best by chance alone; "
            + "lr is the median of the learning rates over the trials; ms/epoch the time of one pass over the training samples, on one thread; "
            + $"zeros the share of outputs that are exactly zero; gradient is the norm at the last hidden layer over that at the first, before training.{dots}");
        page.Append(Scrolled(RankingChart.Draw(result)));
        IReadOnlyList<Figure> figures = Figure.Of(result);
        WriteTable(
            figures.Select(f => f.Title).Prepend("activation"),
            result.Candidates.Select(c => (StyleOf(c), figures.Select(f => f.Text(c)).Prepend(c.Name))));
        page.Append("</section>\n");
    }

    private string StyleOf(CandidateResult candidate) =>
        candidate.Name == result.Recommended ? "chosen" : candidate.Status == CandidateStatus.Diverged ? "bad" : "";

    private void WriteTable(IEnumerable<string> headings, IEnumerable<(string Style, IEnumerable<string> Cells)> rows)
    {
        page.Append("<div class=\"scroll\"><table>\n<tr>").AppendJoin("", headings.Select(h => $"<th>{Svg.Escape(h)}</th>")).Append("</tr>\n");
        foreach ((string style, IEnumerable<string> cells) in rows)
        {
            page.Append(style.Length > 0 ? $"<tr class=\"{style}\">" : "<tr>")
                .AppendJoin("", cells.Select(c => $"<td>{Svg.Escape(c)}</td>")).Append("</tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private void WriteRemarks()
    {
        if (result.Remarks.Count == 0)
        {
            return;
        }

        Section("Remarks", "What the trained networks show when one looks inside.");
        page.Append("<ul class=\"remarks\">\n");
        foreach (Remark remark in result.Remarks)
        {
            string name = remark.Activation is null ? "" : $"<b>{Svg.Escape(remark.Activation)}</b>: ";
            page.Append($"<li>{name}{Svg.Escape(remark.Text)}</li>\n");
        }

        page.Append("</ul>\n</section>\n");
    }

    private void WriteCurves()
    {
        string mean = result.Protocol.Holdout ? "" : ", means over the trials";
        LearningCurves scores = LearningCurves.Draw(result.Candidates, $"Test {metric} by epoch", e => e.TestScore, logarithmic: false);
        string below = scores.LeavesOut ? " What lies far below, such as first epochs, is left out." : "";
        Section("Learning curves", $"Test {metric} after each epoch{mean}; the other candidates in grey.{below}");
        page.Append(Scrolled(scores.Chart));
        page.Append("<p class=\"note after\">Training loss of each epoch, on a logarithmic scale.</p>\n");
        page.Append(Scrolled(LearningCurves.Draw(result.Candidates, "Training loss by epoch", e => e.TrainingLoss, logarithmic: true).Chart));
        page.Append("</section>\n");
    }

    private void WriteFolds()
    {
        if (result.Candidates.Max(c => c.Trials.Count) < 2)
        {
            return;
        }

        Section(
            "Fold by fold",
            $"Test {metric} in each fold. The darker, the nearer to the best of the fold: all candidates saw the same samples, so compare down a column.");
        page.Append(Scrolled(FoldChart.Draw(result))).Append("</section>\n");
    }

    private void WriteDiagnosis()
    {
        if (DiagnosisChart.Draw(result) is not { } chart)
        {
            return;
        }

        Section(
            "Inside the networks",
            "One bar for each hidden layer, the first on top. Dead: units whose slope is at most 1/10000 of its maximum on every training sample. "
            + "Saturated: pairs of unit and sample with a slope of at most 5\u00a0% of its maximum. "
            + "Gradient: the norm of the mean gradient of the loss by a layer's weighted sums, before training.");
        page.Append(Scrolled(chart));
        WriteLearned();
        page.Append("</section>\n");
    }

    private void WriteLearned()
    {
        (string, IEnumerable<string>)[] learned =
        [
            .. from candidate in result.Candidates
               from parameter in candidate.Parameters
               from layer in parameter.Learned
               select ("", (IEnumerable<string>)
               [
                   candidate.Name, parameter.Name, Words.Significant(parameter.Value, 3), $"{layer.Layer}",
                   Words.Fixed(layer.Mean), Words.Fixed(layer.StandardDeviation), Words.Fixed(layer.Minimum), Words.Fixed(layer.Maximum),
               ]),
        ];
        if (learned.Length > 0)
        {
            page.Append("<p class=\"note after\">What the networks learned for the parameters of their activations.</p>\n");
            WriteTable(["activation", "parameter", "start", "layer", "mean", "std", "least", "greatest"], learned);
        }
    }

    private void WriteFunctions()
    {
        Activation[] drawn = [.. result.Candidates.Select(c => c.Activation).Where(a => a.Definition.IsElementwise)];
        if (drawn.Length == 0)
        {
            return;
        }

        Section("The functions", "f solid and f′ dashed; learned and random parameters stand at their value before training.");
        page.Append(Scrolled(FunctionChart.DrawPanels([.. drawn.Select(a => ActivationCurve.Sample(a, -CurveReach, CurveReach, CurvePoints))])));
        page.Append("</section>\n");
    }

    private void WriteProtocol()
    {
        Section("How this was found", "Every candidate saw the same splits, batches and random draws.");
        page.Append("<dl>\n");
        Definition("Data", $"{result.Data.Name}: {result.Data.Description}");
        Definition("Network", Sentences.Network(result.Protocol));
        Definition("Comparison", Sentences.Comparison(result.Protocol, result.Candidates.Count));
        Definition("Sizing", result.Protocol.Sizing);
        Definition("Learning rate", result.Protocol.Search);
        Definition("Statistics", result.Protocol.Test);
        Definition("Recommendation", result.Protocol.Rule);
        Definition("Fingerprint", result.Data.Fingerprint);
        page.Append("</dl>\n</section>\n");
    }

    /// <summary>A chart that keeps a readable size: on a narrow screen it is moved, not shrunk.</summary>
    private static string Scrolled(Svg chart) => $"<div class=\"scroll\">{chart.ToElement()}</div>\n";

    private void Definition(string term, string text)
    {
        if (text.Length > 0)
        {
            page.Append($"<dt>{Svg.Escape(term)}</dt><dd>{Svg.Escape(text)}</dd>\n");
        }
    }

    private void Section(string title, string note) =>
        page.Append($"<section>\n<h2>{Svg.Escape(title)}</h2>\n<p class=\"note\">{Svg.Escape(note)}</p>\n");
}
