namespace Hillock.Laboratory.Diagnosis;

/// <summary>Trainings that came to little, where nothing else explains it.</summary>
internal static class ProgressRules
{
    /// <summary>A loss of more than this share of that of knowing nothing tells nothing.</summary>
    public const double NoBetter = 0.97;

    /// <summary>A network whose loss is a smaller share of that of knowing nothing has learned something: then it may be meant to be so, and the curve of the loss tells.</summary>
    private const double LearnedLittle = 0.85;

    /// <summary>From which share of its mean pace on a loss still falls steeply.</summary>
    private const double Steep = 0.5;

    /// <summary>A loss that fell by a smaller share of that of knowing nothing did not fall.</summary>
    private const double LeastFall = 0.002;

    /// <summary>
    /// A training that ended while the loss fell about as fast as ever. A loss that nears its end falls more and more slowly: at half of its mean pace it has not come
    /// near. Where samples were held out theirs must have been lowest at the end, for more epochs do no good to a network that learns its samples by heart.
    /// </summary>
    public static IEnumerable<Finding> Undertrained(Patient patient)
    {
        IReadOnlyList<double> losses = patient.History.Losses;
        if (patient.Findings.Count > 0 || losses.Count == 0 || patient.LossOfIgnorance is not (> 0 and { } ignorance) || patient.History.Start?.Loss is not { } start
            || patient.History.HeldOut?.LeastLossEpoch < losses.Count)
        {
            yield break;
        }

        // The loss of an epoch is its mean, and stands for the middle of it; what the only epoch came to is the loss now.
        int epochs = losses.Count;
        (double before, double now, double between, double elapsed) = epochs == 1 ? (losses[0], patient.Now.Loss, 0.5, 1.0) : (losses[^2], losses[^1], 1.0, epochs - 0.5);

        // What a start worse than knowing nothing lost at once says nothing of what was learned since.
        double top = now < NoBetter * ignorance ? Math.Min(start, ignorance) : start;
        double pace = (before - now) / between / ((top - now) / elapsed);
        if (!(now >= LearnedLittle * ignorance && top - now >= LeastFall * ignorance && pace >= Steep))
        {
            yield break;
        }

        double? higher = patient.Settings is { } settings ? Patient.Rounded(settings.LearningRate * 10) : null;
        string count = epochs == 1 ? "1 epoch" : $"{epochs} epochs";
        string rate = higher is { } value ? $"a learning rate of {value}" : "a higher learning rate";
        yield return new Finding
        {
            Code = FindingCodes.Undertrained,
            Value = pace,
            Threshold = Steep,
            Text = $"the training ended after {count} while the loss still fell {(pace >= 1 ? "as fast as ever" : $"at {Patient.Percent(pace)} of its mean pace")}: "
                + $"it is {Patient.Figure(patient.Now.Loss)}, and {Patient.Figure(ignorance)} without any knowledge of the inputs",
            Cause = patient.Settings is { } known ? $"{count} at a learning rate of {known.LearningRate} {(epochs == 1 ? "is" : "are")} too few" : "the epochs are too few, or the learning rate is too low",
            Advice = $"train longer, or at {rate}",
            Remedies = higher is { } remedy ? [new Remedy($"a learning rate of {remedy}") { LearningRate = remedy }] : [],
        };
    }

    /// <summary>A trained network that knows nothing.</summary>
    public static IEnumerable<Finding> NothingLearned(Patient patient)
    {
        if (patient.Findings.Count == 0 && patient.Settings is { } settings && patient.LossOfIgnorance is { } ignorance && !(patient.Now.Loss < NoBetter * ignorance))
        {
            yield return new Finding
            {
                Code = FindingCodes.NothingLearned,
                Value = patient.Now.Loss,
                Threshold = NoBetter * ignorance,
                Text = $"the loss is {Patient.Figure(patient.Now.Loss)}, and {Patient.Figure(ignorance)} without any knowledge of the inputs",
                Cause = "the network tells nothing from its inputs: too few epochs, an unsuitable learning rate, or targets that do not depend on the inputs",
                Advice = $"try other learning rates than {settings.LearningRate}, and more epochs than {settings.Epochs}",
                Remedies =
                [
                    new Remedy($"a learning rate of {Patient.Rounded(settings.LearningRate * 10)}") { LearningRate = Patient.Rounded(settings.LearningRate * 10) },
                    .. patient.LowerRateRemedy(),
                ],
            };
        }
    }
}
