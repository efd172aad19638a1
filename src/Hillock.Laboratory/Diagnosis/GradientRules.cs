using Hillock.Networks;

namespace Hillock.Laboratory.Diagnosis;

/// <summary>What becomes of gradients on their way back, and of the weights by them.</summary>
internal static class GradientRules
{
    private const double Ratio = 1000;
    private const double LargeUpdate = 0.1;
    private const double SlowSpeed = 1e-3;
    private const double NoBetter = 0.97;

    /// <summary>Gradients of the first hidden layer against those of the last.</summary>
    public static IEnumerable<Finding> Flow(Patient patient)
    {
        bool explained = patient.Has(FindingCodes.VanishingSignal) || patient.Has(FindingCodes.ExplodingSignal) || patient.Has(FindingCodes.IdenticalUnits)
            || patient.Has(FindingCodes.Overflow) || patient.Hidden.Any(layer => layer.Dead > 0.9);
        if (explained || patient.Hidden is not [var first, _, ..] hidden)
        {
            yield break;
        }

        LayerDiagnosis last = hidden[^1];
        double ratio = last.SampleGradientNorm / first.SampleGradientNorm;
        if (!double.IsFinite(ratio) && !(first.SampleGradientNorm == 0 && last.SampleGradientNorm > 0))
        {
            yield break;
        }

        double each = Math.Pow(ratio, 1.0 / (hidden.Count - 1));
        if (ratio >= Ratio)
        {
            string name = first.Activation!.Definition.Facts.Name;
            string times = double.IsFinite(ratio) ? $"{Patient.Figure(ratio)} times smaller than the last hidden layer's, {Patient.Figure(each)} times with every layer" : "zero, and the last hidden layer's is not";
            yield return new Finding
            {
                Code = FindingCodes.VanishingGradient,
                Layer = first.Layer,
                Value = 1 / ratio,
                Threshold = 1 / Ratio,
                Text = $"{Patient.Name(first)}: the gradient is {times}",
                Cause = name is "sigmoid"
                    ? "the slope of sigmoid is at most 0.25, and every layer multiplies gradients by it: the first layers hardly learn"
                    : $"every layer multiplies gradients by the slopes of {name} and by its weights, and the products shrink: the first layers hardly learn",
                Advice = "use an activation whose slope is about 1 (relu, leaky_relu, gelu), fewer layers, or a normalisation before the activations",
                Remedies = [Patient.Use(name == "relu" ? "leaky_relu" : "relu"), Patient.BatchNorm],
            };
        }
        else if (ratio <= 1 / Ratio)
        {
            yield return new Finding
            {
                Code = FindingCodes.ExplodingGradient,
                Layer = first.Layer,
                Value = 1 / ratio,
                Threshold = Ratio,
                Text = $"{Patient.Name(first)}: the gradient is {Patient.Figure(1 / ratio)} times larger than the last hidden layer's",
                Cause = "every layer multiplies gradients by its weights, which are too large",
                Advice = "initialise the weights for the activation, clip the gradient's norm, or put a normalisation before the activations",
                Remedies = [Patient.FreshWeights, Patient.BatchNorm, .. patient.LowerRateRemedy()],
            };
        }
    }

    /// <summary>Steps that are too long or too short for the weights, as a probe saw them.</summary>
    public static IEnumerable<Finding> Steps(Patient patient)
    {
        if (patient.Epochs is not [.., var last])
        {
            yield break;
        }

        LayerDiagnosis[] weighted = [.. last.Layers.Where(layer => layer.UpdateRatio is not null && !double.IsNaN(layer.UpdateRatio.Value))];
        if (weighted.MaxBy(layer => layer.UpdateRatio) is { } largest && largest.UpdateRatio >= LargeUpdate)
        {
            yield return new Finding
            {
                Code = FindingCodes.LargeUpdates,
                Layer = largest.Layer,
                Value = largest.UpdateRatio.Value,
                Threshold = LargeUpdate,
                Text = $"{Patient.Name(largest)}: a step changes the weights by {Patient.Percent(largest.UpdateRatio.Value)} of their length",
                Cause = patient.Settings is { } settings ? $"a learning rate of {settings.LearningRate} is too high" : "the learning rate is too high",
                Advice = patient.LowerRate is { } rate ? $"try a learning rate of {rate}: about a thousandth of the weights' length is usual" : "lower the learning rate: about a thousandth of the weights' length is usual",
                Remedies = [.. patient.LowerRateRemedy()],
            };
        }

        DiagnosisResult first = patient.Epochs[0];
        double speed = first.Layers.Max(layer => layer.LearningSpeed) ?? double.NaN;
        if (patient.Findings.Count == 0 && speed <= SlowSpeed && !(last.Loss < NoBetter * first.Loss))
        {
            double? higher = patient.Settings is { } s ? Patient.Rounded(s.LearningRate * 100) : null;
            yield return new Finding
            {
                Code = FindingCodes.SlowLearning,
                Value = speed,
                Threshold = SlowSpeed,
                Text = $"the first epoch moved no layer's weights by more than {Patient.Figure(speed)} of their length, and the loss went from {Patient.Figure(first.Loss)} to {Patient.Figure(last.Loss)}",
                Cause = patient.Settings is { } known ? $"a learning rate of {known.LearningRate} is too low" : "the learning rate is too low",
                Advice = higher is { } rate ? $"try a learning rate of {rate}" : "raise the learning rate a hundredfold",
                Remedies = higher is { } value ? [new Remedy($"a learning rate of {value}") { LearningRate = value }] : [],
            };
        }
    }

    /// <summary>A trained network that knows nothing, where nothing else explains it.</summary>
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
