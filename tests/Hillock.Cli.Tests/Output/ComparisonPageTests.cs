using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Laboratory;

namespace Hillock.Cli.Tests.Output;

public class ComparisonPageTests
{
    [Fact]
    public void ThePageTellsWhatWasFoundAndWhatToUse()
    {
        string page = Page(SampleResults.Folds());
        page.ShouldContain("2000 images of 16×16 pixels");
        page.ShouldContain("mlp:128,64");
        page.ShouldContain("5-fold cross-validation");
        page.ShouldContain("Recommended: relu");
        page.ShouldContain("Inside the networks");
        page.ShouldContain("- sigmoid in 4 of 5 trials: layer 1 (dense:128, sigmoid): the gradient is 1400 times smaller");
        page.ShouldContain("[vanishing_gradient]");
        page.ShouldContain("→ use relu");
        page.ShouldContain("- sigmoid: every trial chose");
        page.ShouldContain("report.html");
        page.ShouldNotContain("\u001b");
    }

    [Fact]
    public void TheRecommendedRowIsMarked() =>
        Page(SampleResults.Folds()).Split('\n').Single(l => l.StartsWith('▸')).ShouldContain("relu");

    [Fact]
    public void TheBestComesFirstAndTheDivergedLast()
    {
        string[] rows = [.. Page(SampleResults.Folds()).Split('\n').SkipWhile(l => !l.Contains("──")).Skip(1).TakeWhile(l => l.Length > 0)];
        rows[0].ShouldContain("mish");
        rows[0].ShouldContain("best");
        rows[^1].ShouldContain("diverged");
        rows.Length.ShouldBe(7);
    }

    [Theory]
    [InlineData(160)]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(50)]
    public void TheTableFitsTheWidth(int width)
    {
        string page = Page(SampleResults.Folds(), t => t with { Width = width });
        page.Split('\n').ShouldAllBe(line => line.Length <= width);
        page.ShouldContain("0.9681");
    }

    [Fact]
    public void ColumnsWithoutSpaceAreNamed()
    {
        string page = string.Join(' ', Page(SampleResults.Folds(), t => t with { Width = 80 }).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        page.ShouldContain("Not shown for lack of width: ");
        page.ShouldContain("saturated, zeros, gradient; see a wider terminal, --json or the report of --out.");
        Page(SampleResults.Folds(), t => t with { Width = 160 }).ShouldNotContain("lack of width");
    }

    [Fact]
    public void WithoutUnicodeThereIsOnlyAscii() => Page(SampleResults.Folds(), t => t with { Unicode = false }).ShouldAllBe(c => char.IsAscii(c));

    [Fact]
    public void ColoursComeOnlyWhereTheyAreWanted()
    {
        Page(SampleResults.Folds(), t => t with { Colour = true }).ShouldContain("\u001b[");
        Page(SampleResults.Folds(), t => t with { Colour = false }).ShouldNotContain("\u001b");
    }

    [Fact]
    public void AHoldoutHasNoStandardDeviation() => Page(SampleResults.Holdout()).ShouldNotContain("std");

    [Fact]
    public void OneTrialNeedsNoCount() => Page(SampleResults.Holdout()).ShouldNotContain("trials: layer");

    [Fact]
    public void WhereNothingIsWrongInsideNothingIsSaidOfIt()
    {
        ComparisonResult result = SampleResults.Folds();
        Page(result with { Candidates = [.. result.Candidates.Select(candidate => candidate with { Findings = [] })] }).ShouldNotContain("Inside the networks");
    }

    [Fact]
    public void WhereNothingCouldBeTrainedNothingIsRecommended() => Page(SampleResults.AllDiverged()).ShouldContain("Recommended: none");

    [Fact]
    public void TextFromOutsideIsPrintedAsItIs() => Page(SampleResults.Folds() with { Reason = "[red]x[/] and [bold" }).ShouldContain("[red]x[/] and [bold");

    private static string Page(ComparisonResult result, Func<Terminal, Terminal>? set = null)
    {
        using StringWriter output = new() { NewLine = "\n" };
        Terminal terminal = new(output, output);
        ComparisonPage page = new(set is null ? terminal : set(terminal));
        page.WriteQuestion(result.Data, result.Protocol, result.Candidates.Count);
        page.WriteAnswer(result, "out");
        return output.ToString();
    }
}
