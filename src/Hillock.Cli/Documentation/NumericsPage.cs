using Hillock.Activations.Verification;

namespace Hillock.Cli.Documentation;

/// <summary>The errors of all kernels as a page of the documentation.</summary>
internal static class NumericsPage
{
    /// <summary>The page of a run.</summary>
    public static string Text(IReadOnlyList<AccuracyResult> results, bool exhaustive)
    {
        MarkdownPage page = new();
        page.Heading(1, "Numerics");
        page.Paragraph(
            $"Errors of the float kernels in units in the last place (ULP), {(exhaustive ? "over all 2^32 floats" : $"over {results[0].Count} floats of every binade and both signs")}. "
            + "The reference is the same function in double precision, whose code shares no polynomial and no range reduction with the floats' and is itself "
            + "tested against values of arbitrary precision. Made by "
            + $"`hillock verify{(exhaustive ? " --exhaustive" : "")} --markdown` on {Machine.Description}.");
        page.Paragraph(
            $"The contract: values within {AccuracyVerifier.ValueLimit:0} ULP, derivatives within {AccuracyVerifier.SlopeLimit:0} ULP or 2^-22 of their largest summand, "
            + "whichever is larger. *Nearest* is the share of results that are the float nearest to the exact value; *of summand* the largest error, in units of 2^-22 of the "
            + "largest summand, where summands cancel.");
        page.Table(
            ["function", "value ULP", "at", "nearest", "derivative ULP", "at", "nearest", "of summand", "contract"],
            results.Select(r => new[]
            {
                $"`{r.Name}`",
                $"{r.Value.WorstUlp:0.000}",
                $"{r.Value.WorstAt:G6}",
                $"{r.Value.CorrectlyRounded:0.0000 %}",
                $"{r.Slope.WorstUlp:0.000}",
                $"{r.Slope.WorstAt:G6}",
                $"{r.Slope.CorrectlyRounded:0.0000 %}",
                r.Slope.WorstOfSummand > 0 ? $"{r.Slope.WorstOfSummand / AccuracyVerifier.SummandLimit:0.000}" : "",
                r.WithinContract ? "kept" : $"broken {r.Value.Violations + r.Slope.Violations} times",
            }),
            numbersFrom: 1);
        return page.ToString();
    }
}
