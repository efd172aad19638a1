using Hillock.Networks;

namespace Hillock.Laboratory.Diagnosis;

/// <summary>What becomes of gradients on their way back, and of the weights by them.</summary>
internal static class GradientRules
{
    private const double Ratio = 1000;
    private const double LargeUpdate = 0.1;
    private const double SlowSpeed = 1e-3;

    /// <summary>Gradients of the first hidden layer against those of the last.</summary>
    public static IEnumerable<Finding> Flow(Patient patient)
    {
        bool explained = patient.Has(FindingCodes.VanishingSignal) || patient.Has(FindingCodes.ExplodingSignal) || patient.Has(FindingCodes.IdenticalUnits)
            || patient.Has(FindingCodes.Overflow) || patient.Has(FindingCodes.DecayedWeights) || patient.Hidden.Any(layer => layer.Dead > 0.9);
        if (explained || patient.Hidden is not [var first, _, ..] hidden)
        {
            yield break;
        }

        double ratio = Shrinkage(first.SampleGradientNorm, hidden[^1].SampleGradientNorm);
        if (ratio >= Ratio)
        {
            yield return Vanishing(
                hidden,
                ratio,
                $"the gradient is {Smaller(hidden, ratio)}",
                first.Activation!.Definition.Facts.Name is "sigmoid"
                    ? "the slope of sigmoid is at most 0.25, and every layer multiplies gradients by it: the first layers hardly learn"
                    : $"every layer multiplies gradients by the slopes of {first.Activation.Definition.Facts.Name} and by its weights, and the products shrink: the first layers hardly learn");
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
        else if (VanishedAtStart(patient) is { } finding)
        {
            yield return finding;
        }
    }

    /// <summary>
    /// Gradients that had vanished before anything was learned, and a loss that stood still. Steps which do not depend on the size of gradients, as Adam's, get a
    /// network out of that, in the end: then its gradients are in order, and what it cost shows in its history alone.
    /// </summary>
    private static Finding? VanishedAtStart(Patient patient)
    {
        IReadOnlyList<LayerDiagnosis> hidden = patient.Hidden;
        if (patient.AtStart(hidden[0]) is not { } first || patient.AtStart(hidden[^1]) is not { } last || Shrinkage(first.Gradient, last.Gradient) is not (>= Ratio and var ratio))
        {
            return null;
        }

        int still = patient.History.Losses.TakeWhile(loss => !(loss < ProgressRules.NoBetter * patient.LossOfIgnorance)).Count();
        if (still == 0)
        {
            return null;
        }

        string epochs = still == 1 ? "the first epoch" : still == patient.History.Losses.Count ? $"all {still} epochs" : $"the first {still} epochs";
        string name = hidden[0].Activation!.Definition.Facts.Name;
        return Vanishing(
            hidden,
            ratio,
            $"at the start of the training the gradient was {Smaller(hidden, ratio)}, and the loss stood still in {epochs}",
            (name is "sigmoid" ? "the slope of sigmoid is at most 0.25, and every layer multiplies by it" : $"every layer multiplies by the slopes of {name} and by its weights")
                + $" what tells samples apart, and gradients on their way back: the last hidden layer's sums varied by {Patient.Figure(last.Deviation)} among samples, and weights had to grow first");
    }

    /// <summary>How many times the last hidden layer's gradient is that of the first; NaN where neither has one.</summary>
    private static double Shrinkage(double first, double last) => double.IsFinite(last / first) || (first == 0 && last > 0) ? last / first : double.NaN;

    private static string Smaller(IReadOnlyList<LayerDiagnosis> hidden, double ratio) => double.IsFinite(ratio)
        ? $"{Patient.Figure(ratio)} times smaller than the last hidden layer's, {Patient.Figure(Math.Pow(ratio, 1.0 / (hidden.Count - 1)))} times with every layer"
        : "zero, unlike the last hidden layer's";

    private static Finding Vanishing(IReadOnlyList<LayerDiagnosis> hidden, double ratio, string what, string cause) => new()
    {
        Code = FindingCodes.VanishingGradient,
        Layer = hidden[0].Layer,
        Value = 1 / ratio,
        Threshold = 1 / Ratio,
        Text = $"{Patient.Name(hidden[0])}: {what}",
        Cause = cause,
        Advice = "use an activation whose slope is about 1 (relu, leaky_relu, gelu), fewer layers, or a normalisation before the activations",
        Remedies = [Patient.Use(hidden[0].Activation!.Definition.Facts.Name == "relu" ? "leaky_relu" : "relu"), Patient.BatchNorm],
    };

    /// <summary>Steps that are too long or too short for the weights, as a probe saw them.</summary>
    public static IEnumerable<Finding> Steps(Patient patient)
    {
        if (patient.Epochs is not [.., var last] || patient.Has(FindingCodes.DecayedWeights))
        {
            yield break;
        }

        SummarisedLayer? largest = last.Layers.Where(layer => !float.IsNaN(layer.UpdateRatio)).MaxBy(layer => layer.UpdateRatio);
        if (largest?.UpdateRatio >= LargeUpdate && patient.Layers.FirstOrDefault(layer => layer.Layer == largest.Layer) is { } moved)
        {
            yield return new Finding
            {
                Code = FindingCodes.LargeUpdates,
                Layer = largest.Layer,
                Value = largest.UpdateRatio,
                Threshold = LargeUpdate,
                Text = $"{Patient.Name(moved)}: a step changes the weights by {Patient.Percent(largest.UpdateRatio)} of their length",
                Cause = patient.Settings is { } settings ? $"a learning rate of {settings.LearningRate} is too high" : "the learning rate is too high",
                Advice = patient.LowerRate is { } rate ? $"try a learning rate of {rate}: about a thousandth of the weights' length is usual" : "lower the learning rate: about a thousandth of the weights' length is usual",
                Remedies = [.. patient.LowerRateRemedy()],
            };
        }

        DiagnosisSummary first = patient.Epochs[0];
        double speed = first.Layers.Max(layer => layer.LearningSpeed);
        if (patient.Findings.Count == 0 && speed <= SlowSpeed && !(last.Loss < ProgressRules.NoBetter * first.Loss))
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
}
