using Hillock.Laboratory.Statistics;

namespace Hillock.Laboratory;

/// <summary>A measured figure beside the published one.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Published">What the source says of it; empty where it says nothing.</param>
/// <param name="Values">What was measured: a value for each seed.</param>
/// <param name="IsShare">Whether the values are shares, which people read in percent.</param>
public sealed record ClaimFigure(string Name, string Published, IReadOnlyList<double> Values, bool IsShare = false)
{
    /// <summary>The median over the seeds.</summary>
    public double Median { get; } = Sample.Median(Values) ?? double.NaN;

    /// <summary>The least value.</summary>
    public double Low { get; } = Values.Count == 0 ? double.NaN : Values.Min();

    /// <summary>The greatest value.</summary>
    public double High { get; } = Values.Count == 0 ? double.NaN : Values.Max();
}

/// <summary>A rule by which the verdict is found.</summary>
/// <param name="Rule">What must hold for the claim to be shown.</param>
/// <param name="Holds">Whether it does.</param>
public sealed record ClaimCheck(string Rule, bool Holds);

/// <summary>What an experiment found.</summary>
/// <param name="Seeds">How many seeds, each a repetition with random numbers of its own.</param>
/// <param name="Figures">What was measured; the first is the one to quote.</param>
/// <param name="Checks">By what the verdict is found.</param>
internal sealed record ClaimFindings(int Seeds, IReadOnlyList<ClaimFigure> Figures, IReadOnlyList<ClaimCheck> Checks)
{
    /// <summary>What else was seen, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>A picture of it.</summary>
    public ClaimChart? Chart { get; init; }
}

/// <summary>What came of a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Budget">How much work was allowed.</param>
/// <param name="Seeds">How many seeds; 0 where the experiment could not be run.</param>
/// <param name="Figures">What was measured; the first is the one to quote.</param>
/// <param name="Checks">By what the verdict was found.</param>
/// <param name="Remarks">What else was seen, a sentence each.</param>
/// <param name="Chart">A picture of it.</param>
/// <param name="Seconds">How long the experiment took.</param>
/// <param name="Missing">What was not there; null where the experiment was run.</param>
public sealed record ClaimResult(
    Claim Claim,
    ClaimBudget Budget,
    int Seeds,
    IReadOnlyList<ClaimFigure> Figures,
    IReadOnlyList<ClaimCheck> Checks,
    IReadOnlyList<string> Remarks,
    ClaimChart? Chart,
    double Seconds,
    string? Missing = null)
{
    /// <summary>The verdict: shown where every check holds.</summary>
    public ClaimVerdict Verdict => Missing is not null ? ClaimVerdict.NotReproducibleHere
        : Checks.All(check => check.Holds) ? ClaimVerdict.Shown
        : ClaimVerdict.NotShown;

    /// <summary>Why the verdict is what it is: the checks that hold, or those that do not, or what is missing.</summary>
    public string Why => Missing ?? (Verdict == ClaimVerdict.Shown
        ? string.Join("; ", Checks.Select(check => check.Rule))
        : "does not hold: " + string.Join("; ", Checks.Where(check => !check.Holds).Select(check => check.Rule)));
}
