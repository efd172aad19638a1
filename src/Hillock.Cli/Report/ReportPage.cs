using Hillock.Activations;
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
    private readonly HtmlPage page = new();

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
        WriteHead();
        WriteRanking();
        WriteRemarks();
        WriteCurves();
        WriteFolds();
        WriteDiagnosis();
        WriteFunctions();
        WriteProtocol();
        return page.Document(
            $"Which activation for {result.Data.Name}? Hillock",
            $"in {Svg.Escape(Words.Duration(TimeSpan.FromSeconds(result.Seconds)))}. The figures are in <code>results.json</code> and <code>trials.csv</code> beside this page.");
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
            page.Tile(Figure.Optional(chosen.Mean, Words.Fixed), interval.Length > 0 ? $"{metric}, 95 % interval {interval}" : metric);
            page.Tile(Figure.Optional(chosen.SecondaryMean, v => Sentences.Secondary(result.Protocol, v)), secondary);
            page.Tile(Figure.Optional(chosen.LearningRate, v => Words.Significant(v, 3)), "learning rate");
            page.Tile($"{result.Baseline:0.0000}", $"{metric} {Sentences.BaselineMeaning(result.Protocol)}");
            page.Tile(Figure.Optional(chosen.Dead, v => Sentences.Share(v)), "dead units");
            page.Append("</div>\n");
        }

        foreach (string warning in result.Warnings)
        {
            page.Append($"<p class=\"warning\">{Svg.Escape(warning)}</p>\n");
        }

        page.Append("</header>\n");
    }

    private void WriteRanking()
    {
        string dots = result.Protocol.Holdout ? "" : " Each pale dot is the test part of one fold.";
        page.Section(
            "Ranking",
            $"Mean test {metric} and its 95 % interval; p is the probability of so great a difference from the best by chance alone; "
            + "lr is the median of the learning rates over the trials, of two in the middle the lesser; ms/epoch the time of one pass over the training samples, on one thread; "
            + $"zeros the share of outputs that are exactly zero; gradient is that of a sample at the last hidden layer over that at the first, before training.{dots}");
        page.Chart(RankingChart.Draw(result), RankingChart.DrawNarrow(result));
        IReadOnlyList<Figure> figures = Figure.Of(result);
        page.Table(
            figures.Select(f => f.Title).Prepend("activation"),
            result.Candidates.Select(c => (StyleOf(c), figures.Select(f => f.Text(c)).Prepend(c.Name))));
        page.EndSection();
    }

    private string StyleOf(CandidateResult candidate) =>
        candidate.Name == result.Recommended ? "chosen" : candidate.Status == CandidateStatus.Diverged ? "bad" : "";

    private void WriteRemarks()
    {
        if (result.Remarks.Count == 0)
        {
            return;
        }

        page.Section("Remarks", "Where the verdict calls for care.");
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
        page.Section("Learning curves", $"Test {metric} after each epoch{mean}; the other candidates in grey.{below}");
        page.Chart(scores.Chart);
        page.Note("Training loss of each epoch, on a logarithmic scale.");
        page.Chart(LearningCurves.Draw(result.Candidates, "Training loss by epoch", e => e.TrainingLoss, logarithmic: true).Chart);
        page.EndSection();
    }

    private void WriteFolds()
    {
        if (result.Candidates.Max(c => c.Trials.Count) < 2)
        {
            return;
        }

        page.Section(
            "Fold by fold",
            $"Test {metric} in each fold. The darker, the nearer to the best of the fold: all candidates saw the same samples, so compare down a column.");
        page.Chart(FoldChart.Draw(result));
        page.EndSection();
    }

    private void WriteDiagnosis()
    {
        (string Where, Finding Finding)[] findings =
        [
            .. from candidate in result.Candidates
               from found in candidate.Findings
               select ($"{candidate.Name}{Sentences.InTrials(found, candidate)}", found.Finding),
        ];
        Svg? chart = DiagnosisChart.Draw(result);
        if (chart is null && findings.Length == 0)
        {
            return;
        }

        page.Section("Inside the networks", findings.Length == 0 ? "Nothing is wrong with the trained networks." : "What is wrong with the trained networks; of several trials, in the middle one.");
        if (findings.Length > 0)
        {
            page.Append(FindingList.Markup(findings));
        }

        if (chart != null)
        {
            page.Note(
                "One bar for each hidden layer, the first on top. Dead: units whose slope is at most 1/10000 of its maximum on every training sample. "
                + "Saturated: pairs of unit and sample with a slope of at most 5\u00a0% of its maximum. "
                + "Gradient: how long that of a sample's loss by a layer's weighted sums is, the root mean square over the samples, before training.");
            page.Chart(chart);
        }

        WriteLearned();
        page.EndSection();
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
            page.Note("What the networks learned for the parameters of their activations.");
            page.Table(["activation", "parameter", "start", "layer", "mean", "std", "least", "greatest"], learned);
        }
    }

    private void WriteFunctions()
    {
        Activation[] drawn = [.. result.Candidates.Select(c => c.Activation).Where(a => a.Definition.IsElementwise)];
        if (drawn.Length == 0)
        {
            return;
        }

        page.Section("The functions", "f solid and f′ dashed; learned and random parameters stand at their value before training.");
        page.Chart(FunctionChart.DrawPanels([.. drawn.Select(a => ActivationCurve.Sample(a, -CurveReach, CurveReach, CurvePoints))]));
        page.EndSection();
    }

    private void WriteProtocol()
    {
        page.Section("How this was found", "Every candidate saw the same splits, batches and random draws.");
        page.Definitions(
            ("Data", $"{result.Data.Name}: {result.Data.Description}"),
            ("Network", Sentences.Network(result.Protocol)),
            ("Comparison", Sentences.Comparison(result.Protocol, result.Candidates.Count)),
            ("Sizing", result.Protocol.Sizing),
            ("Learning rate", result.Protocol.Search),
            ("Statistics", result.Protocol.Test),
            ("Recommendation", result.Protocol.Rule),
            ("Fingerprint", result.Data.Fingerprint));
        page.EndSection();
    }
}
