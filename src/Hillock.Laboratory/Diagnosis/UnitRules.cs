using Hillock.Networks;

namespace Hillock.Laboratory.Diagnosis;

/// <summary>Units that do not take part.</summary>
internal static class UnitRules
{
    private const double Dead = 0.2;
    private const double Stuck = 0.25;

    /// <summary>From which share of cases on units, or gates, are said to be saturated.</summary>
    public const double SaturatedCases = 0.8;

    /// <summary>How many standard deviations from zero the mean of a layer's sums has to be to explain that its units are on one side.</summary>
    private const double FarOff = 2;

    /// <summary>Dead units: the layer with the most of them, and which others have too many.</summary>
    public static IEnumerable<Finding> DeadUnits(Patient patient)
    {
        LayerDiagnosis[] found =
        [
            .. patient.Hidden.Where(layer => layer.Dead >= Dead && !Patient.IsFlatOnBothSides(layer) && !IsExplained(patient, layer)).OrderByDescending(layer => layer.Dead),
        ];
        if (found.Length == 0)
        {
            yield break;
        }

        // Where a whole layer is dead, so are those behind it; it is the first that counts.
        LayerDiagnosis worst = found[0].Dead > 0.9 ? found.Where(layer => layer.Dead > 0.9).MinBy(layer => layer.Layer)! : found[0];
        int? since = patient.Since(worst, layer => layer.Dead >= Dead);
        string others = string.Join(", ", found.Where(layer => layer != worst).OrderBy(layer => layer.Layer).Take(4).Select(layer => $"layer {layer.Layer} {Patient.Percent(layer.Dead!.Value)}"));
        string name = worst.Activation!.Definition.Facts.Name;
        yield return new Finding
        {
            Code = FindingCodes.DeadUnits,
            Layer = worst.Layer,
            Value = worst.Dead!.Value,
            Threshold = Dead,
            Text = $"{Patient.Name(worst)}: {Patient.Percent(worst.Dead.Value)} of the units are dead{(since is int epoch ? $" since epoch {epoch}" : "")}{(others.Length > 0 ? $" (also {others})" : "")}",
            Cause = $"{ThrownOff(patient, worst)}; dead units of {name} have no slope, and do not come back",
            Advice = patient.LowerRate is { } rate ? $"train anew, at a learning rate of {rate} or with leaky_relu" : "train anew, at a lower learning rate or with leaky_relu",
            Remedies = [.. patient.LowerRateRemedy(), patient.UseGently("leaky_relu"), Patient.BatchNorm],
        };
    }

    /// <summary>Units of sigmoid-like functions on a flat side.</summary>
    public static IEnumerable<Finding> SaturatedUnits(Patient patient)
    {
        LayerDiagnosis? found = patient.Hidden
            .Where(layer => Patient.IsFlatOnBothSides(layer) && (layer.Saturated >= SaturatedCases || Held(layer) >= Stuck) && !IsExplained(patient, layer))
            .MaxBy(layer => layer.Saturated);
        if (found is null)
        {
            yield break;
        }

        bool mostCases = found.Saturated >= SaturatedCases;
        double active = found.UnitDetails.Average(unit => unit.Active);
        string side = active > 0.95 ? ", at the upper end" : active < 0.05 ? ", at the lower end" : "";
        bool oneSided = side.Length > 0 || Held(found) >= Stuck;
        int? since = patient.Since(found, layer => mostCases ? layer.Saturated >= SaturatedCases : Held(layer) >= Stuck);
        string what = mostCases
            ? $"the units are saturated in {Patient.Percent(found.Saturated!.Value)} of all cases"
            : $"{Patient.Percent(Held(found))} of the units are saturated in practically all cases";
        bool large = patient.Now.Inputs is { Size: > 5 } && found.Layer == 1;
        yield return new Finding
        {
            Code = FindingCodes.SaturatedUnits,
            Layer = found.Layer,
            Value = mostCases ? found.Saturated!.Value : Held(found),
            Threshold = mostCases ? SaturatedCases : Stuck,
            Text = $"{Patient.Name(found)}: {what}{side}{(since is int epoch ? $" since epoch {epoch}" : "")}",
            Cause = oneSided
                ? $"their sums lie at {Patient.Spread(found.Input)}, where the slope is at most 5 % of the greatest: hardly any gradient passes"
                : $"their sums are too large, {Patient.Spread(found.Input)}: the slope there is at most 5 % of the greatest, and hardly any gradient passes",
            Advice = large
                ? "scale the inputs to a standard deviation of 1"
                : "start from smaller weights and biases (Glorot), lower the learning rate, or put a normalisation before the activation",
            Remedies = [.. patient.LowerRateRemedy(), Patient.BatchNorm, Patient.FreshWeights],
        };
    }

    /// <summary>Units of other functions that only ever work where their slope is small.</summary>
    public static IEnumerable<Finding> StuckUnits(Patient patient)
    {
        LayerDiagnosis? found = patient.Hidden
            .Where(layer => layer.Stuck >= Stuck && !Patient.IsFlatOnBothSides(layer) && !IsExplained(patient, layer))
            .MaxBy(layer => layer.Stuck);
        if (found is null)
        {
            yield break;
        }

        int? since = patient.Since(found, layer => layer.Stuck >= Stuck);
        UnitDiagnosis[] stuck = [.. found.UnitDetails.Where(unit => unit.Stuck)];
        string side = stuck.Average(unit => unit.Active) < 0.05 ? " on the negative side" : "";
        yield return new Finding
        {
            Code = FindingCodes.StuckUnits,
            Layer = found.Layer,
            Value = found.Stuck!.Value,
            Threshold = Stuck,
            Text = $"{Patient.Name(found)}: {Patient.Percent(found.Stuck.Value)} of the units are stuck{side}{(since is int epoch ? $" since epoch {epoch}" : "")}",
            Cause = $"{ThrownOff(patient, found)}; {Consequence(stuck)}",
            Advice = patient.LowerRate is { } rate ? $"train anew, at a learning rate of {rate}, or put a normalisation before the activation" : "train anew, at a lower learning rate, or put a normalisation before the activation",
            Remedies = [.. patient.LowerRateRemedy(), Patient.BatchNorm, Patient.FreshWeights],
        };
    }

    private static string Consequence(UnitDiagnosis[] stuck)
    {
        double slope = stuck.Average(unit => unit.GreatestSlope);
        return slope <= 0.5
            ? $"their slope there is {Patient.Figure(slope)} of the greatest, so that they act as weak linear units and learn slowly"
            : "fewer than one sample in a hundred gets them off it, so that they hardly learn";
    }

    /// <summary>The share of units on a flat side. Stuck ones that are on none do not count: of a signal that has vanished every unit's slope stays the same.</summary>
    private static double Held(LayerDiagnosis layer) => layer.UnitDetails.Count(unit => unit.Held) / (double)layer.Units;

    /// <summary>Whether something that was found at the layer or before it explains what its units do.</summary>
    public static bool IsExplained(Patient patient, LayerDiagnosis layer) =>
        patient.Has(FindingCodes.IdenticalUnits, layer.Layer) || patient.Has(FindingCodes.VanishingSignal, layer.Layer) || patient.Has(FindingCodes.InputScale);

    /// <summary>Why units are on one side only.</summary>
    private static string ThrownOff(Patient patient, LayerDiagnosis layer)
    {
        double deviation = Math.Sqrt(layer.Input.UnitVariance);
        string where = $"the layer's sums lie at {Patient.Spread(layer.Input)}";
        bool atOnce = patient.Epochs is [var first, ..] && first.Layers.Any(seen => seen.Layer == layer.Layer && seen.Dead == 0);
        if (patient.Settings is { } settings && !(layer.Input.Mean < -FarOff * deviation && atOnce))
        {
            return $"steps at a learning rate of {settings.LearningRate} were too long and threw weights and biases off ({where})";
        }

        return layer.Input.Mean < -FarOff * deviation
            ? $"{where}, far on the flat side: biases that are too low, or steps that were too long"
            : $"{where}; steps that were too long threw them there";
    }
}
