namespace Hillock.Activations.Verification;

/// <summary>What a run over many floats found of one function.</summary>
/// <param name="Name">The function.</param>
/// <param name="Count">How many floats were checked.</param>
/// <param name="Value">The values.</param>
/// <param name="Slope">The derivatives.</param>
public sealed record AccuracyResult(string Name, long Count, AccuracySummary Value, AccuracySummary Slope)
{
    /// <summary>Whether values and derivatives keep the contract everywhere.</summary>
    public bool WithinContract => Value.Violations == 0 && Slope.Violations == 0;
}

/// <summary>The errors of values or of derivatives.</summary>
/// <param name="WorstUlp">The largest error in units in the last place, where no summands cancel (the units rule alone).</param>
/// <param name="WorstAt">Where it is.</param>
/// <param name="CorrectlyRounded">The share of results that are the nearest float.</param>
/// <param name="WorstOfSummand">The largest error as a share of the largest summand, among results outside the units rule; 0 where there are none.</param>
/// <param name="Violations">How many results break the contract.</param>
/// <param name="FirstViolation">One of them; NaN where there is none.</param>
public sealed record AccuracySummary(
    double WorstUlp, float WorstAt, double CorrectlyRounded, double WorstOfSummand, long Violations, float FirstViolation);
