namespace Hillock.Laboratory.Diagnosis;

/// <summary>What a network is worth on samples that it did not learn from.</summary>
internal static class HeldOutRules
{
    private const double ByHeart = 0.5;
    private const double TimesWorse = 2;
    private const double ClearlyWorse = 0.25;
    private const double ClearlyLess = 0.9;

    /// <summary>A network that does no better than a guess that is always the same, unless it is known already why it learned nothing at all.</summary>
    public static IEnumerable<Finding> WorseThanGuessing(Patient patient)
    {
        if (patient.History.HeldOut is not { } held || IsUnlearned(patient, held) || !IsGuessing(held))
        {
            yield break;
        }

        string result = held.IsClassification
            ? $"an accuracy of {Patient.Percent(held.Score)}, and always telling the most frequent class one of {Patient.Percent(held.Guess)}"
            : $"an R² of {Patient.Figure(held.Score)}, and always telling the mean one of 0";
        bool byHeart = held.TrainingLoss < ByHeart * held.LossOfIgnorance;
        yield return new Finding
        {
            Code = FindingCodes.WorseThanGuessing,
            Value = held.Score,
            Threshold = held.Guess,
            Text = $"on the {held.Samples} samples held out the network has {result}",
            Cause = byHeart
                ? $"the loss is {Patient.Figure(held.TrainingLoss)} on the samples that it learned from and {Patient.Figure(held.Loss)} on these: it has them by heart, and that says nothing of others"
                : "what it learned does not hold for other samples: the inputs say little of what is asked for, or the training has not found it",
            Advice = $"do not use this network; {Simpler(held)}, and where nothing helps, other inputs are needed",
        };
    }

    /// <summary>A network that does far worse on samples held out than on those that it learned from.</summary>
    public static IEnumerable<Finding> Overfitting(Patient patient)
    {
        if (patient.History.HeldOut is not { } held || IsGuessing(held) || held.Loss < TimesWorse * held.TrainingLoss
            || held.Loss - held.TrainingLoss < ClearlyWorse * held.LossOfIgnorance)
        {
            yield break;
        }

        yield return new Finding
        {
            Code = FindingCodes.Overfitting,
            Value = held.Loss,
            Threshold = Math.Max(TimesWorse * held.TrainingLoss, held.TrainingLoss + (ClearlyWorse * held.LossOfIgnorance)),
            Text = $"the loss is {Patient.Figure(held.Loss)} on the {held.Samples} samples held out, and {Patient.Figure(held.TrainingLoss)} on those that were learned from",
            Cause = "the network has learned by heart what is peculiar to its samples, besides what holds for others",
            Advice = Simpler(held),
        };
    }

    /// <summary>Whether it is known already that, and why, the network has learned nothing even of the samples that it learned from, or next to nothing yet.</summary>
    private static bool IsUnlearned(Patient patient, HeldOutResult held) =>
        patient.Has(FindingCodes.NothingLearned) || patient.Has(FindingCodes.SlowLearning) || patient.Has(FindingCodes.Undertrained)
        || (patient.Findings.Count > 0 && held.TrainingLoss >= ProgressRules.NoBetter * held.LossOfIgnorance);

    private static bool IsGuessing(HeldOutResult held) => held.Score <= held.Guess && held.Loss >= ProgressRules.NoBetter * held.LossOfIgnorance;

    private static string Simpler(HeldOutResult held) =>
        (held.LeastLoss < ClearlyLess * held.Loss ? $"end the training early (after epoch {held.LeastLossEpoch} the loss on the samples held out was {Patient.Figure(held.LeastLoss)}), " : "")
        + "try more samples, a smaller network or a decay of the weights";
}
