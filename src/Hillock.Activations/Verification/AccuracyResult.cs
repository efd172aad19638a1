namespace Hillock.Activations.Verification;

/// <summary>What a verification found of one function.</summary>
/// <param name="Name">The function.</param>
/// <param name="Type">Whose kernels were verified.</param>
/// <param name="Count">How many numbers were checked.</param>
/// <param name="Value">The values.</param>
/// <param name="Slope">The derivatives.</param>
/// <param name="SpecialValues">Zeros, infinities, NaN, subnormals and extremes.</param>
/// <param name="Identities">What holds exactly, or to the last unit, for every argument.</param>
public sealed record AccuracyResult(
    string Name,
    NumberType Type,
    long Count,
    AccuracySummary Value,
    AccuracySummary Slope,
    IReadOnlyList<SpecialValueResult> SpecialValues,
    IReadOnlyList<IdentityResult> Identities)
{
    /// <summary>Whether values and derivatives keep the contract everywhere, special values are right and identities hold.</summary>
    public bool WithinContract =>
        Value.Violations == 0 && Slope.Violations == 0 && SpecialValues.All(s => s.Passed) && Identities.All(i => i.Passed);
}

/// <summary>The errors of values or of derivatives.</summary>
/// <param name="WorstUlp">The largest error in units in the last place, where no summands cancel (the units rule alone).</param>
/// <param name="WorstAt">Where it is.</param>
/// <param name="CorrectlyRounded">The share of results that are the nearest number.</param>
/// <param name="WorstOfSummand">The largest error as a share of the largest summand, among results outside the units rule; 0 where there are none.</param>
/// <param name="Violations">How many results break the contract.</param>
/// <param name="FirstViolation">One of them; NaN where there is none.</param>
public sealed record AccuracySummary(
    double WorstUlp, double WorstAt, double CorrectlyRounded, double WorstOfSummand, long Violations, double FirstViolation);

/// <summary>What a function gives at a number that kernels are prone to get wrong.</summary>
/// <param name="At">What the number is, such as <c>-∞</c>.</param>
/// <param name="X">The number.</param>
/// <param name="Value">The value there.</param>
/// <param name="Slope">The derivative there.</param>
/// <param name="Passed">Whether both keep the contract, the limit standing for the value at infinity.</param>
public sealed record SpecialValueResult(string At, double X, double Value, double Slope, bool Passed);

/// <summary>Whether an identity holds over a sample.</summary>
/// <param name="Statement">The identity, such as <c>tanh(±0) = ±0</c>.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="FailsAt">Where it does not; NaN where it holds.</param>
public sealed record IdentityResult(string Statement, bool Passed, double FailsAt);
