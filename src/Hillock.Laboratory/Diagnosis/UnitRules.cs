using Hillock.Networks;

namespace Hillock.Laboratory.Diagnosis;

/// <summary>Units that do not take part.</summary>
internal static class UnitRules
{
    private const double Dead = 0.2;
    private const double Stuck = 0.25;

    /// <summary>From which share of cases on units, or gates, are said to be saturated.</summary>
    public const double SaturatedCases = 0.8;

    // A layer does not need all of its units. Where the network has learned to tell its samples apart, a finding is what may hold it back, and where it fits
    // them, only what leaves next to nothing: convolutional networks that reach 99 % on images have lost a third or a half of a dense layer on the way.
    private const double LearnedLittle = 0.75;
    private const double HalfOfThem = 0.5;
    private const double Fits = 0.05;
    private const double NearlyAll = 0.8;

    /// <summary>How many standard deviations from zero the mean of a layer's sums has to be to explain that its units are on one side.</summary>
    private const double FarOff = 2;

    /// <summary>Dead units: the layer with the most of them, and which others have too many.</summary>
    public static IEnumerable<Finding> DeadUnits(Patient patient)
    {
        double limit = Limit(patient, Dead);
        LayerDiagnosis[] found =
        [
            .. patient.Hidden.Where(layer => layer.Dead >= limit && !Patient.IsFlatOnBothSides(layer) && !IsExplained(patient, layer)).OrderByDescending(layer => layer.Dead),
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
        Origin origin = OriginOf(patient, worst, worst.Dead!.Value, patient.AtStart(worst)?.Dead);
        yield return new Finding
        {
            Code = FindingCodes.DeadUnits,
            Layer = worst.Layer,
            Value = worst.Dead.Value,
            Threshold = limit,
            Text = $"{Patient.Name(worst)}: {Patient.Percent(worst.Dead.Value)} of the units are dead{(since is int epoch ? $" since epoch {epoch}" : "")}{(others.Length > 0 ? $" (also {others})" : "")}",
            Cause = $"{origin.Text}; dead units of {name} have no slope, and do not come back",
            Advice = origin.IsBirth ? "use leaky_relu, which has a slope everywhere, or a normalisation before the activation; other random weights leave other units alive"
                : patient.LowerRate is { } rate ? $"train anew, at a learning rate of {rate} or with leaky_relu"
                : "train anew, at a lower learning rate or with leaky_relu",
            Remedies = origin.IsBirth ? [Patient.Use("leaky_relu"), Patient.BatchNorm] : [.. patient.LowerRateRemedy(), patient.UseGently("leaky_relu"), Patient.BatchNorm],
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
        int? since = patient.Since(found, layer => mostCases ? layer.Saturated >= SaturatedCases : layer.Held >= Stuck);
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
        double limit = Limit(patient, Stuck);
        LayerDiagnosis? found = patient.Hidden
            .Where(layer => layer.Stuck >= limit && !Patient.IsFlatOnBothSides(layer) && !IsExplained(patient, layer))
            .MaxBy(layer => layer.Stuck);
        if (found is null)
        {
            yield break;
        }

        int? since = patient.Since(found, layer => layer.Stuck >= Stuck);
        UnitDiagnosis[] stuck = [.. found.UnitDetails.Where(unit => unit.Stuck)];
        string side = stuck.Average(unit => unit.Active) < 0.05 ? " on the negative side" : "";
        Origin origin = OriginOf(patient, found, found.Stuck!.Value, patient.AtStart(found)?.Stuck);
        yield return new Finding
        {
            Code = FindingCodes.StuckUnits,
            Layer = found.Layer,
            Value = found.Stuck.Value,
            Threshold = limit,
            Text = $"{Patient.Name(found)}: {Patient.Percent(found.Stuck.Value)} of the units are stuck{side}{(since is int epoch ? $" since epoch {epoch}" : "")}",
            Cause = $"{origin.Text}; {Consequence(stuck)}",
            Advice = origin.IsBirth ? "put a normalisation before the activation, which centres the sums"
                : patient.LowerRate is { } rate ? $"train anew, at a learning rate of {rate}, or put a normalisation before the activation"
                : "train anew, at a lower learning rate, or put a normalisation before the activation",
            Remedies = [.. origin.IsBirth ? [] : patient.LowerRateRemedy(), Patient.BatchNorm, Patient.FreshWeights],
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
        patient.Has(FindingCodes.IdenticalUnits, layer.Layer) || patient.Has(FindingCodes.VanishingSignal, layer.Layer) || patient.Has(FindingCodes.InputScale) || patient.Has(FindingCodes.DecayedWeights);

    /// <summary>From which share of dead or stuck units on they are a finding.</summary>
    private static double Limit(Patient patient, double least) =>
        patient.Ignorance < Fits ? NearlyAll : patient.Ignorance < LearnedLittle ? HalfOfThem : least;

    /// <summary>Why units are on one side only.</summary>
    /// <param name="Text">The cause, as far as it is known.</param>
    /// <param name="IsBirth">Whether most of them were so before the training, which then is not to blame.</param>
    private readonly record struct Origin(string Text, bool IsBirth);

    private static Origin OriginOf(Patient patient, LayerDiagnosis layer, double share, double? before)
    {
        string where = $"the layer's sums lie at {Patient.Spread(layer.Input)}";
        string steps = patient.Settings is { } settings ? Patient.Steps(settings) : "steps of the training";
        if (before >= share / 2)
        {
            return new($"{Patient.Percent(before.Value)} were so before the training, by the weights that were drawn ({where})", IsBirth: true);
        }

        if (before is { } few)
        {
            return new($"{(few == 0 ? "none was" : $"{Patient.Percent(few)} were")} so before the training: {steps} were too long and threw weights and biases off ({where})", IsBirth: false);
        }

        bool far = layer.Input.Mean < -FarOff * Math.Sqrt(layer.Input.UnitVariance);
        return new($"{where}{(far ? ", far on the flat side" : "")}: either weights and biases were so from the beginning, or {steps} were too long and threw them there", IsBirth: false);
    }
}
