using Hillock.Activations.Verification;

namespace Hillock.Cli.Output;

/// <summary>The JSON document of <c>hillock verify</c>.</summary>
internal sealed record VerificationDocument(string Schema, bool Exhaustive, IReadOnlyList<VerificationEntry> Results);

/// <summary>What was found of one function.</summary>
internal sealed record VerificationEntry(string Name, long Count, bool WithinContract, ErrorEntry Value, ErrorEntry Slope)
{
    /// <summary>The entry of a result.</summary>
    public static VerificationEntry Of(AccuracyResult result) =>
        new(result.Name, result.Count, result.WithinContract, ErrorEntry.Of(result.Value), ErrorEntry.Of(result.Slope));
}

/// <summary>The errors of values or derivatives.</summary>
internal sealed record ErrorEntry(double? WorstUlp, float? WorstAt, double CorrectlyRounded, double WorstOfSummand, long Violations, float? FirstViolation)
{
    /// <summary>The entry of a summary; what is no finite number is null.</summary>
    public static ErrorEntry Of(AccuracySummary summary) => new(
        double.IsFinite(summary.WorstUlp) ? summary.WorstUlp : null,
        float.IsFinite(summary.WorstAt) ? summary.WorstAt : null,
        summary.CorrectlyRounded,
        summary.WorstOfSummand,
        summary.Violations,
        float.IsFinite(summary.FirstViolation) ? summary.FirstViolation : null);
}
