using System.Globalization;
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
            "How far the kernels are from the exact values and derivatives, in units in the last place (ULP). Made by "
            + $"`hillock verify{(exhaustive ? " --exhaustive" : "")} --markdown` on {Machine.Description}; the bits are the same on every machine.");
        page.Paragraph(
            "*Nearest* is the share of results that are the number nearest to the exact one. *Of summand* is the largest error among derivatives that need the second clause of "
            + "their contract, in units of the share of the largest summand that it allows; where there is none, no derivative needs it.");
        Section(page, [.. results.Where(r => r.Type == NumberType.Binary32)], exhaustive);
        Section(page, [.. results.Where(r => r.Type == NumberType.Binary64)], exhaustive: false);
        Checks(page, results);
        return page.ToString();
    }

    private static void Section(MarkdownPage page, IReadOnlyList<AccuracyResult> results, bool exhaustive)
    {
        if (results.Count == 0)
        {
            return;
        }

        bool single = results[0].Type == NumberType.Binary32;
        double summand = single ? AccuracyVerifier.SummandLimit : AccuracyVerifier.DoubleSummandLimit;
        page.Heading(2, single ? "Floats" : "Doubles");
        page.Paragraph(
            $"Over {(exhaustive ? "all 2^32 floats" : $"{results.Max(r => r.Count).ToString("N0", CultureInfo.InvariantCulture)} {(single ? "floats" : "doubles")} of every binade and both signs, "
            + "denser where functions bend, with the neighbours of kinks and extremes")}. "
            + (single
                ? "The judge is the double kernel, which shares no polynomial and no range reduction with the float's, and where its own error could matter the formula in double-double. "
                : "The judge is the formula in double-double (106 binary digits and unlimited exponents), whose functions are plain series, tested against values of 45 digits. ")
            + $"The contract: values within {AccuracyVerifier.ValueLimit:0} ULP, derivatives within {AccuracyVerifier.SlopeLimit:0} ULP or {(single ? "2^-22" : "2^-51")} of their largest "
            + "summand, whichever is larger."
            + (single ? "" : " Beyond |x| = 2^511 a derivative that falls off as 1/x² stops at about 2^-1022; that is allowed too."));
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
                r.Slope.WorstOfSummand > 0 ? $"{r.Slope.WorstOfSummand / summand:0.000}" : "",
                r.Value.Violations + r.Slope.Violations == 0 ? "kept" : $"broken {r.Value.Violations + r.Slope.Violations} times",
            }),
            numbersFrom: 1);
    }

    private static void Checks(MarkdownPage page, IReadOnlyList<AccuracyResult> results)
    {
        page.Heading(2, "Special values and identities");
        IReadOnlyList<SpecialValueResult> special = results[0].SpecialValues;
        string[] failures = [.. results.SelectMany(Output.VerificationTable.Failures)];
        page.Paragraph(
            $"Value and derivative of every function were checked at {string.Join(", ", special.Select(s => s.At))}, where at infinity the limit is asked for and NaN gives NaN, and "
            + "these identities over a sample:");
        page.Table(
            ["function", "identities", "holds for"],
            results.Where(r => r.Identities.Count > 0).GroupBy(r => r.Name).Select(group => new[]
            {
                $"`{group.Key}`",
                string.Join("; ", group.SelectMany(r => r.Identities).Select(i => i.Statement).Distinct()),
                string.Join(" and ", group.Where(r => r.Identities.All(i => i.Passed)).Select(r => r.Type == NumberType.Binary32 ? "floats" : "doubles")),
            }));
        page.Paragraph(failures.Length == 0 ? "All of it holds." : "What does not hold:");
        if (failures.Length > 0)
        {
            page.List(failures);
        }
    }
}
