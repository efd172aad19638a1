using Hillock.Laboratory;

namespace Hillock.Cli.Output;

/// <summary>The document of <c>hillock claims run --json</c>.</summary>
internal sealed record ClaimsDocument(string Schema, IReadOnlyList<ClaimEntry> Claims)
{
    /// <summary>The name and version of the schema.</summary>
    public const string Name = "hillock.claims/1";

    /// <summary>How a verdict is written.</summary>
    public static string Verdict(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Shown => "shown",
        ClaimVerdict.NotShown => "not shown",
        _ => "not reproducible here",
    };

    /// <summary>What came of a claim, as an entry.</summary>
    public static ClaimEntry Entry(ClaimResult result)
    {
        ClaimFigure? first = result.Figures.Count > 0 ? result.Figures[0] : null;
        return new ClaimEntry(
            result.Claim.Number,
            result.Claim.Name,
            result.Claim.Statement,
            result.Claim.Source,
            result.Claim.Published,
            Finite(first?.Median),
            first is null ? null : new SpreadEntry(Finite(first.Low), Finite(first.High)),
            result.Seeds,
            Verdict(result.Verdict),
            result.Why)
        {
            Figures =
            [
                .. result.Figures.Select(f => new FigureEntry(
                    f.Name, f.Published, Finite(f.Median), new SpreadEntry(Finite(f.Low), Finite(f.High)), f.IsShare, [.. f.Values.Select(v => Finite(v))])),
            ],
            Checks = [.. result.Checks.Select(c => new CheckEntry(c.Rule, c.Holds))],
            Remarks = result.Remarks,
            Budget = Budget(result.Budget),
            Seconds = Math.Round(result.Seconds, 1),
            Picture = result.Chart?.Title,
        };
    }

    /// <summary>What cannot be tried here, as an entry.</summary>
    public static ClaimEntry Entry(ClaimOutOfReach claim) =>
        new(0, claim.Name, claim.Statement, claim.Source, claim.Published, null, null, 0, Verdict(ClaimVerdict.NotReproducibleHere), claim.Why);

    private static string Budget(ClaimBudget budget) => budget switch
    {
        ClaimBudget.Full => "full",
        ClaimBudget.Quick => "quick",
        _ => "smoke",
    };

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}

/// <summary>What came of one claim. Measured and spread are those of the first figure: the median over the seeds, the least and the greatest value.</summary>
internal sealed record ClaimEntry(
    int Number,
    string Name,
    string Claim,
    string Source,
    string Published,
    double? Measured,
    SpreadEntry? Spread,
    int Seeds,
    string Verdict,
    string Why)
{
    /// <summary>All figures.</summary>
    public IReadOnlyList<FigureEntry> Figures { get; init; } = [];

    /// <summary>The rules by which the verdict was found.</summary>
    public IReadOnlyList<CheckEntry> Checks { get; init; } = [];

    /// <summary>What else was seen.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>How much work was allowed: full, quick; empty where nothing was run.</summary>
    public string Budget { get; init; } = "";

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>What the picture shows; null where there is none.</summary>
    public string? Picture { get; init; }
}

/// <summary>The least and the greatest value of a seed.</summary>
internal sealed record SpreadEntry(double? Low, double? High);

/// <summary>A measured figure: the median over the seeds, their spread, and the value of each.</summary>
internal sealed record FigureEntry(string Name, string Published, double? Median, SpreadEntry Spread, bool IsShare, IReadOnlyList<double?> Values);

/// <summary>A rule and whether it holds.</summary>
internal sealed record CheckEntry(string Rule, bool Holds);

/// <summary>The document of <c>hillock claims list --json</c>.</summary>
internal sealed record ClaimListDocument(string Schema, IReadOnlyList<ClaimListEntry> Claims);

/// <summary>A claim that can be tried, or why it cannot.</summary>
internal sealed record ClaimListEntry(int? Number, string Name, string Claim, string Source, string Published, IReadOnlyList<string> Data, bool Reproducible, string? Why);
