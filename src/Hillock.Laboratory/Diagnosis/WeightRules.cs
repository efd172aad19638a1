using Hillock.Activations.Catalogue;
using Hillock.Networks;

namespace Hillock.Laboratory.Diagnosis;

/// <summary>What can be seen in the parameters themselves.</summary>
internal static class WeightRules
{
    private const double Identical = 0.5;
    private const double AtBound = 0.1;
    private const double Decay = 0.01;

    /// <summary>Parameters that are infinite or NaN.</summary>
    public static IEnumerable<Finding> NotFinite(Patient patient)
    {
        if (patient.Now.NotFinite is not [var first, ..] all)
        {
            yield break;
        }

        string others = all.Count == 1 ? "" : $" ({string.Join(", ", all.Skip(1).Take(3).Select(tensor => tensor.Tensor))}{(all.Count > 4 ? " …" : "")} likewise)";
        yield return new Finding
        {
            Code = FindingCodes.NotFiniteParameters,
            Value = all.Sum(tensor => tensor.Count),
            Threshold = 1,
            Text = $"{first.Count} of the {first.Length} numbers of {first.Tensor} ({first.Layer}) are infinite or NaN{others}",
            Cause = "the training diverged, or the file was made from broken numbers; nothing that the network computes means anything",
            Advice = patient.LowerRate is { } rate
                ? $"train anew at a learning rate of {rate} or with the gradient's norm clipped"
                : "train anew, at a lower learning rate or with the gradient's norm clipped",
            Remedies = [.. patient.LowerRateRemedy()],
        };
    }

    /// <summary>Units that are copies of each other.</summary>
    public static IEnumerable<Finding> IdenticalUnits(Patient patient)
    {
        if (patient.Hidden.FirstOrDefault(layer => layer.Identical >= Identical) is not { } found)
        {
            yield break;
        }

        string zero = found.WeightNorm == 0 ? "all weights are zero" : "they started with the same weights, as with zero initialisation";
        yield return new Finding
        {
            Code = FindingCodes.IdenticalUnits,
            Layer = found.Layer,
            Value = found.Identical!.Value,
            Threshold = Identical,
            Text = $"{Patient.Name(found)}: {Patient.Percent(found.Identical.Value)} of the units are copies of another unit",
            Cause = $"{zero}: such units compute the same and receive the same gradient, so that they stay copies however long they learn",
            Advice = "train anew from random weights, which break the symmetry",
            Remedies = [Patient.FreshWeights],
        };
    }

    /// <summary>
    /// Weights that their decay has taken to zero: the first layer's sums, which grow and shrink with them, hardly tell samples apart any more, and the network tells
    /// nothing. What becomes of signals, units and gradients behind is explained by that.
    /// </summary>
    public static IEnumerable<Finding> Decayed(Patient patient)
    {
        if (patient.Settings is not { WeightDecay: > 0 } settings || patient.Ignorance < ProgressRules.NoBetter || patient.Hidden is not [{ Normalisation: null } first, ..]
            || patient.AtStart(first) is not { Deviation: > 0 } start || Math.Sqrt(first.Input.UnitVariance) / start.Deviation is not (<= Decay and var ratio))
        {
            yield break;
        }

        double lower = Patient.Rounded(settings.WeightDecay / 1000);
        yield return new Finding
        {
            Code = FindingCodes.DecayedWeights,
            Layer = first.Layer,
            Value = ratio,
            Threshold = Decay,
            Text = $"{Patient.Name(first)}: the sums vary {(ratio == 0 ? "no more at all" : $"{Patient.Figure(ratio)} times as much")} among samples{(ratio == 0 ? "" : " as before the training")}, and the network tells nothing",
            Cause = $"a weight decay of {settings.WeightDecay} takes weights to zero faster than they learn",
            Advice = $"train anew with a weight decay of {lower}, or without any",
            Remedies = [new Remedy($"a weight decay of {lower}") { WeightDecay = lower }, new Remedy("no weight decay") { WeightDecay = 0 }],
        };
    }

    /// <summary>Learned parameters of activations that a limit holds.</summary>
    public static IEnumerable<Finding> AtLimit(Patient patient)
    {
        var held =
            from layer in patient.Hidden
            from learned in layer.LearnedParameters
            let declaration = layer.Activation!.Definition.Facts.Parameters.First(parameter => parameter.Name == learned.Name)
            let share = (double)learned.Values.Count(value => value <= (float)declaration.Minimum || value >= (float)declaration.Maximum) / learned.Values.Count
            where share >= AtBound
            orderby share descending
            select (layer, learned, declaration, share);
        if (held.FirstOrDefault() is not ({ } worst, { } parameter, { } limits, var share2))
        {
            yield break;
        }

        float limit = parameter.Values.First(value => value <= (float)limits.Minimum || value >= (float)limits.Maximum);
        string which = parameter.Values.Count == 1 ? $"the learned {parameter.Name}" : $"{Patient.Percent(share2)} of the learned {parameter.Name}s";
        yield return new Finding
        {
            Code = FindingCodes.ParameterAtBound,
            Layer = worst.Layer,
            Value = share2,
            Threshold = AtBound,
            Text = $"{Patient.Name(worst)}: {which} stand{(parameter.Values.Count == 1 ? "s" : "")} at the end of the range, {limit}",
            Cause = $"the gradient pushes {parameter.Name} out of the range in which the function is what it should be",
            Advice = $"lower the learning rate, or use a constant {parameter.Name}",
            Remedies = [.. patient.LowerRateRemedy(), Patient.Use(worst.Activation!.Definition.Facts.Name)],
        };
    }
}
