using Hillock.Cli.Output;

namespace Hillock.Cli.Documentation;

/// <summary>The claims that were tried as a page of the documentation: nothing but what was measured.</summary>
internal static class ClaimsPage
{
    /// <summary>The folder of the pictures, beside the page.</summary>
    public const string Pictures = "claims";

    /// <summary>The page of some results.</summary>
    public static string Text(ClaimsDocument document)
    {
        ClaimEntry[] tried = [.. document.Claims.Where(c => c.Number > 0)];
        MarkdownPage page = new();
        page.Heading(1, "Published claims, tried");
        page.Paragraph(
            "What papers and articles say of activation functions, each with an experiment that runs in minutes on two cores. A verdict is computed by the rules "
            + "that stand below each claim: *shown* where all of them hold. Figures are medians over the seeds, with the least and the greatest value. "
            + $"Made by `hillock claims run`; each claim says by which run. Last written on {Machine.Description}.");
        page.Table(
            ["", "claim", "verdict", "first figure", "measured", "over seeds", "run"],
            tried.Select(c => (IReadOnlyList<string>)
            [
                $"{c.Number}",
                $"[{c.Name}](#{c.Name})",
                c.Verdict,
                .. c.Figures.Count == 0 ? ["", "", ""] : new[] { c.Figures[0].Name, ClaimText.Median(c.Figures[0]), ClaimText.Spread(c.Figures[0]) },
                c.Figures.Count == 0 ? "" : ClaimText.Run(c),
            ]));
        foreach (ClaimEntry claim in tried)
        {
            Write(page, claim);
        }

        ClaimEntry[] outOfReach = [.. document.Claims.Where(c => c.Number == 0)];
        if (outOfReach.Length > 0)
        {
            page.Heading(2, "Not reproducible on two cores");
            page.Table(
                ["claim", "source", "published", "why"],
                outOfReach.Select(c => (IReadOnlyList<string>)[c.Claim, c.Source, c.Published, c.Why]));
        }

        return page.ToString();
    }

    private static void Write(MarkdownPage page, ClaimEntry claim)
    {
        page.Heading(2, claim.Name);
        page.Paragraph($"**{claim.Claim}.** {claim.Source}.");
        page.Paragraph($"Published: {claim.Published}.");
        page.Paragraph($"Verdict: **{claim.Verdict}**{(claim.Figures.Count == 0 ? $": {claim.Why}" : $" ({ClaimText.Run(claim)})")}.");
        if (claim.Picture is { } picture)
        {
            page.Paragraph($"![{picture}]({Pictures}/{claim.Name}.svg)");
        }

        if (claim.Figures.Count > 0)
        {
            page.Table(
                ["figure", "published", "measured", "over seeds"],
                claim.Figures.Select(f => (IReadOnlyList<string>)[f.Name, f.Published, ClaimText.Median(f), ClaimText.Spread(f)]));
        }

        if (claim.Checks.Count > 0)
        {
            page.List(claim.Checks.Select(c => $"{(c.Holds ? "holds" : "**does not hold**")}: {c.Rule}"));
        }

        foreach (string remark in claim.Remarks)
        {
            page.Paragraph(remark);
        }
    }
}
