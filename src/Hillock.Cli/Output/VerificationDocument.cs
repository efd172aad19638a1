using Hillock.Activations.Verification;

namespace Hillock.Cli.Output;

/// <summary>The JSON document of <c>hillock verify</c>.</summary>
internal sealed record VerificationDocument(string Schema, bool Exhaustive, IReadOnlyList<VerificationEntry> Results);

/// <summary>What was found of one function.</summary>
internal sealed record VerificationEntry(
    string Name,
    string Type,
    long Count,
    bool WithinContract,
    ErrorEntry Value,
    ErrorEntry Slope,
    IReadOnlyList<SpecialValueEntry> SpecialValues,
    IReadOnlyList<IdentityEntry> Identities)
{
    /// <summary>The entry of a result.</summary>
    public static VerificationEntry Of(AccuracyResult result) => new(
        result.Name,
        result.Type == NumberType.Binary32 ? "float" : "double",
        result.Count,
        result.WithinContract,
        ErrorEntry.Of(result.Value),
        ErrorEntry.Of(result.Slope),
        [.. result.SpecialValues.Select(s => new SpecialValueEntry(s.At, Number(s.Value), Number(s.Slope), s.Passed))],
        [.. result.Identities.Select(i => new IdentityEntry(i.Statement, i.Passed, ErrorEntry.Finite(i.FailsAt)))]);

    private static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The errors of values or derivatives.</summary>
internal sealed record ErrorEntry(double? WorstUlp, double? WorstAt, double CorrectlyRounded, double WorstOfSummand, long Violations, double? FirstViolation)
{
    /// <summary>The entry of a summary; what is no finite number is null.</summary>
    public static ErrorEntry Of(AccuracySummary summary) => new(
        Finite(summary.WorstUlp), Finite(summary.WorstAt), summary.CorrectlyRounded, summary.WorstOfSummand, summary.Violations, Finite(summary.FirstViolation));

    /// <summary>A number, or null for what JSON has no number for.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>What a function gives at a zero, an infinity and the like; text, because JSON has no infinities.</summary>
internal sealed record SpecialValueEntry(string At, string Value, string Slope, bool Passed);

/// <summary>Whether an identity holds.</summary>
internal sealed record IdentityEntry(string Statement, bool Passed, double? FailsAt);
