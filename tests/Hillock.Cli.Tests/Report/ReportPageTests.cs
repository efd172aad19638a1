using System.Xml.Linq;
using Hillock.Cli.Report;
using Hillock.Laboratory;

namespace Hillock.Cli.Tests.Report;

public class ReportPageTests
{
    public static TheoryData<string> Kinds => ["folds", "repeats", "holdout", "diverged", "awkward", "many"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ThePageNeedsNothingButItselfAndNoScript(string kind)
    {
        string page = ReportPage.Text(Result(kind));
        page.ShouldNotContain("<script", Case.Insensitive);
        page.ShouldNotContain("http", Case.Insensitive);
        page.ShouldNotContain("url(", Case.Insensitive);
        page.ShouldNotContain("@import", Case.Insensitive);
        page.ShouldContain("prefers-color-scheme: dark");
        page.ShouldNotContain("NaN");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ThePageIsWellFormed(string kind)
    {
        // But for the document type and void elements the page is XML, so that a parser finds any tag that is not closed.
        string page = ReportPage.Text(Result(kind)).Replace("<!DOCTYPE html>\n", "");
        page = System.Text.RegularExpressions.Regex.Replace(page, "<meta [^>]*>", "");
        XElement root = XElement.Parse(page);
        root.Descendants("svg").Where(s => s.Parent!.Name != "svg").ShouldAllBe(s => s.Attribute("viewBox") != null && s.Element("title") != null);
    }

    [Fact]
    public void ThePageTellsAllThatTheQuestionAsksFor()
    {
        ComparisonResult result = SampleResults.Folds();
        string page = ReportPage.Text(result);
        XElement root = XElement.Parse(System.Text.RegularExpressions.Regex.Replace(page.Replace("<!DOCTYPE html>\n", ""), "<meta [^>]*>", ""));
        string[] headings = [.. root.Descendants("h2").Select(h => h.Value)];
        headings.ShouldBe(["Ranking", "Remarks", "Learning curves", "Fold by fold", "Inside the networks", "The functions", "How this was found"]);
        root.Descendants("h1").Single().Value.ShouldBe("Use relu");
        string text = root.Value;
        foreach (CandidateResult candidate in result.Candidates)
        {
            text.ShouldContain(candidate.Name);
        }

        text.ShouldContain(result.Reason);
        text.ShouldContain("sigmoid in 4 of 5 trials: layer 1 (dense:128, sigmoid): the gradient is 1400 times smaller");
        text.ShouldContain("vanishing_gradient");
        text.ShouldContain("diverged");
    }

    [Fact]
    public void ThereIsACircleForEveryMeanAndEveryFold()
    {
        XElement root = XElement.Parse(RankingChart.Draw(SampleResults.Folds(5, 1, "relu", "tanh", "mish")).ToElement());
        root.Descendants("circle").Count(c => c.Attribute("class")!.Value.Contains("fold")).ShouldBe(15);
        root.Descendants("circle").Count(c => !c.Attribute("class")!.Value.Contains("fold")).ShouldBe(3);
    }

    [Fact]
    public void ChartsAndTablesScrollOnNarrowScreens()
    {
        XElement root = XElement.Parse(System.Text.RegularExpressions.Regex.Replace(
            ReportPage.Text(SampleResults.Folds()).Replace("<!DOCTYPE html>\n", ""), "<meta [^>]*>", ""));
        XElement[] wide = [.. root.Descendants("table"), .. root.Descendants("svg").Where(s => s.Parent!.Name != "svg")];
        wide.ShouldAllBe(w => w.Parent!.Attribute("class")!.Value.StartsWith("scroll", StringComparison.Ordinal) || w.Parent!.Attribute("class")!.Value == "narrow");
        wide.Count(w => w.Parent!.Attribute("class")!.Value == "narrow").ShouldBe(1);
    }

    [Fact]
    public void AlsoTheNarrowRankingHasACircleForEveryMeanAndEveryFold()
    {
        XElement root = XElement.Parse(RankingChart.DrawNarrow(SampleResults.Folds(5, 1, "relu", "tanh", "mish")).ToElement());
        root.Descendants("circle").Count(c => c.Attribute("class")!.Value.Contains("fold")).ShouldBe(15);
        root.Descendants("circle").Count(c => !c.Attribute("class")!.Value.Contains("fold")).ShouldBe(3);
        root.Value.ShouldContain(", best");
    }

    [Fact]
    public void LongFormulasAreCutAndWholeAsATip()
    {
        const string Formula = "x * sigmoid(2 * x) + 0.01 * tanh(x) + 0.125 * x";
        string page = ReportPage.Text(SampleResults.Folds(5, 1, "relu", Formula));
        page.ShouldContain($"<td title=\"{Formula}\">{Formula}</td>");
        page.ShouldContain($"<title>{Formula}</title>");
        page.ShouldContain("<td>relu</td>");
    }

    [Fact]
    public void EveryColumnIsExplainedAndTheReasonIsASentence()
    {
        string page = ReportPage.Text(SampleResults.Folds());
        foreach (string explained in new[] { "lr is the median", "ms/epoch the time", "zeros the share", "gradient is that of a sample" })
        {
            page.ShouldContain(explained);
        }

        page.ShouldContain(".</p>\n<div class=\"tiles\">");
        page.ShouldNotContain("..</p>");
    }

    [Fact]
    public void AHugeScoreIsReadable()
    {
        ComparisonResult result = SampleResults.Awkward();
        CandidateResult huge = result.Candidates[1] with { Mean = -6391852439937650, StandardDeviation = 1e16, Low = -2e16, High = 1e15 };
        string page = ReportPage.Text(result with { Candidates = [result.Candidates[0], huge] });
        page.ShouldContain("-6.392e15");
        page.ShouldNotContain("00000</text>");
        page.ShouldNotContain("00000</td>");
    }

    [Fact]
    public void AHoldoutHasNoFolds() => ReportPage.Text(SampleResults.Holdout()).ShouldNotContain("Fold by fold");

    [Fact]
    public void NothingRecommendedIsSaid() => ReportPage.Text(SampleResults.AllDiverged()).ShouldContain("None could be trained");

    private static ComparisonResult Result(string kind) => kind switch
    {
        "folds" => SampleResults.Folds(),
        "repeats" => SampleResults.Folds(5, 4),
        "holdout" => SampleResults.Holdout(),
        "diverged" => SampleResults.AllDiverged(),
        "awkward" => SampleResults.Awkward(),
        _ => SampleResults.Folds(10, 1, "identity", "sigmoid", "tanh", "relu", "leaky_relu", "prelu", "rrelu", "elu", "gelu", "silu", "mish"),
    };
}
