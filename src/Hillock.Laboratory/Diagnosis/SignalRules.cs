using Hillock.Networks;

namespace Hillock.Laboratory.Diagnosis;

/// <summary>What becomes of signals on their way through the layers.</summary>
internal static class SignalRules
{
    private const double LargeInputs = 20;
    private const double SmallInputs = 0.01;
    private const double Growth = 1000;
    private const double Hidden = 100;
    private const double Constant = 1e-4;
    private const double Linear = 0.9;

    /// <summary>Overflow of a network whose parameters are all finite.</summary>
    public static IEnumerable<Finding> Overflow(Patient patient)
    {
        if (patient.Layers.FirstOrDefault(layer => layer.NotFinite > 0) is { } found)
        {
            yield return new Finding
            {
                Code = FindingCodes.Overflow,
                Layer = found.Layer,
                Value = found.NotFinite,
                Threshold = 1,
                Text = $"{Patient.Name(found)}: {found.NotFinite} numbers are infinite or NaN, though all parameters are finite",
                Cause = "signals grow beyond what a float holds",
                Advice = "look at the scale of the inputs and of the weights; train anew, at a lower learning rate",
                Remedies = [.. patient.LowerRateRemedy(), Patient.BatchNorm],
            };
        }
    }

    /// <summary>Inputs that are not of the order of 1.</summary>
    public static IEnumerable<Finding> InputScale(Patient patient)
    {
        if (patient.Now.Inputs is { Size: > LargeInputs or < SmallInputs } inputs)
        {
            bool large = inputs.Size > LargeInputs;
            yield return new Finding
            {
                Code = FindingCodes.InputScale,
                Value = inputs.Size,
                Threshold = large ? LargeInputs : SmallInputs,
                Text = $"the inputs are {(large ? "large" : "small")}: the root of their mean square is {Patient.Figure(inputs.Size)}, and should be about 1",
                Cause = large
                    ? "the first layer's sums grow with them, units are driven far to one side, and steps become too long"
                    : "the first layer's sums shrink with them, and so do the gradients of its weights",
                Advice = "standardise the inputs: take off the mean and divide by the standard deviation; with a trained model, prepare new data as the training's were",
            };
        }
    }

    /// <summary>Signals that grow or shrink from layer to layer, as far as neither the inputs nor dead layers explain it.</summary>
    public static IEnumerable<Finding> Scale(Patient patient)
    {
        if (patient.Has(FindingCodes.InputScale) || patient.Has(FindingCodes.IdenticalUnits) || patient.Has(FindingCodes.Overflow) || patient.Has(FindingCodes.DecayedWeights))
        {
            yield break;
        }

        double first = patient.Now.Inputs is { Size: > 0 } inputs ? inputs.Size : 1;
        LayerDiagnosis? still = patient.Hidden.FirstOrDefault(layer => layer.Dead + layer.Stuck > 0.9);
        foreach (LayerDiagnosis layer in patient.Hidden)
        {
            double growth = layer.Input.Size / first;
            if (growth >= Growth)
            {
                yield return Scaled(patient, layer, growth, FindingCodes.ExplodingSignal);
                yield break;
            }

            // Behind a layer of dead or stuck units there is nothing left to shrink.
            if (growth <= 1 / Growth && !(still?.Layer < layer.Layer))
            {
                yield return Scaled(patient, layer, growth, FindingCodes.VanishingSignal);
                yield break;
            }
        }
    }

    /// <summary>Normalisations that make up for what lies before them.</summary>
    public static IEnumerable<Finding> HiddenByNormalisation(Patient patient)
    {
        double Amplification(LayerDiagnosis layer) => Math.Sqrt(layer.Input.UnitVariance / layer.Sums.UnitVariance);
        LayerDiagnosis? found = patient.Hidden
            .Where(layer => layer.Normalisation != null && layer.Input.UnitVariance > 0 && layer.Sums.UnitVariance > 0 && Math.Abs(Math.Log(Amplification(layer))) >= Math.Log(Hidden))
            .MaxBy(layer => Math.Abs(Math.Log(Amplification(layer))));
        if (found is null)
        {
            yield break;
        }

        double factor = Amplification(found);
        bool small = factor > 1;
        yield return new Finding
        {
            Code = FindingCodes.HiddenByNormalisation,
            Layer = found.Layer,
            Value = factor,
            Threshold = small ? Hidden : 1 / Hidden,
            Text = $"{Patient.Name(found)}: {found.Normalisation} makes the sums {Patient.Figure(small ? factor : 1 / factor)} times {(small ? "larger" : "smaller")}",
            Cause = $"the weights before it give signals that are far too {(small ? "small" : "large")}, with a standard deviation of {Patient.Figure(Math.Sqrt(found.Sums.UnitVariance))}; "
                + "the normalisation hides that, and steps of such weights are far too "
                + (small ? "long for their size" : "short for their size"),
            Advice = "initialise the weights for the activation (He for rectifiers, Glorot for tanh), or give weights a decay",
            Remedies = [Patient.FreshWeights, .. patient.LowerRateRemedy()],
        };
    }

    /// <summary>Layers whose activation does nothing that a linear function would not do.</summary>
    public static IEnumerable<Finding> LinearLayers(Patient patient)
    {
        if (patient.Hidden.Count > 0 && patient.Network.Layers.All(IsLinear))
        {
            yield return new Finding
            {
                Code = FindingCodes.LinearNetwork,
                Value = patient.Hidden.Count,
                Threshold = 1,
                Text = "no layer has an activation but identity",
                Cause = "without a non-linearity all layers together are one linear map, however many they are",
                Advice = "use an activation such as relu or gelu",
                Remedies = [Patient.Use("relu"), Patient.Use("gelu")],
            };
            yield break;
        }

        LayerDiagnosis? found = patient.Hidden
            .Where(layer => layer.Linear >= Linear && layer.Activation!.Definition.Facts.Name != "identity")
            .Where(layer => !patient.Has(FindingCodes.VanishingSignal, layer.Layer) && !patient.Has(FindingCodes.DecayedWeights) && !patient.Has(FindingCodes.VanishingGradient))
            .MaxBy(layer => layer.Linear);
        if (found is null)
        {
            yield break;
        }

        LearnedParameter? learned = found.LearnedParameters.Count > 0 ? found.LearnedParameters[0] : null;
        string values = learned is null ? "" : $" ({learned.Name} = {learned.Values.Average():0.###}{(learned.Values.Count > 1 ? " on average" : "")})";
        string name = found.Activation!.Definition.Facts.Name;
        yield return new Finding
        {
            Code = FindingCodes.LinearLayer,
            Layer = found.Layer,
            Value = found.Linear!.Value,
            Threshold = Linear,
            Text = $"{Patient.Name(found)}: {Patient.Percent(found.Linear.Value)} of the units have the same slope on every sample{values}",
            Cause = learned is null
                ? "their sums stay on one straight piece of the function, so that the layer and the next one are one linear map"
                : $"the activation learned to be a straight line, so that the layer and the next one are one linear map{(patient.Settings is { } s ? $"; at a learning rate of {s.LearningRate} parameters run far" : "")}",
            Advice = learned is null
                ? "look at the scale of the weights and at the biases; a normalisation before the activation centres the sums"
                : $"use a constant {learned.Name} ({name}), or a lower learning rate",
            Remedies = learned is null ? [Patient.BatchNorm, Patient.FreshWeights] : [Patient.Use(name), .. patient.LowerRateRemedy()],
        };
    }

    /// <summary>A network that says the same of every sample, where nothing else explains it.</summary>
    public static IEnumerable<Finding> ConstantOutput(Patient patient)
    {
        if (patient.Findings.Count > 0 || patient.Layers is not [.., { NotFinite: 0 } last])
        {
            yield break;
        }

        double share = last.Output.Size == 0 ? 0 : Math.Sqrt(last.Output.UnitVariance) / last.Output.Size;
        if (share <= Constant)
        {
            yield return new Finding
            {
                Code = FindingCodes.ConstantOutput,
                Layer = last.Layer,
                Value = share,
                Threshold = Constant,
                Text = $"the outputs are the same for all samples: they vary by {Patient.Figure(share)} of their size",
                Cause = "the signal that tells samples apart is lost on its way",
                Advice = "look at the table for the layer behind which the standard deviation is gone; train anew from fresh weights, with more units in narrow layers",
                Remedies = [Patient.FreshWeights, Patient.BatchNorm],
            };
        }
    }

    /// <summary>Whether a layer, as it is when nothing is learned, is a linear map with constants added.</summary>
    private static bool IsLinear(LayerDescription layer) => layer switch
    {
        ActivationLayer activation => activation.Activation.Definition.Facts.Name == "identity",
        PoolLayer pool => pool.Kind == PoolKind.Average,
        GlobalPoolLayer pool => pool.Kind == PoolKind.Average,
        ResidualLayer residual => residual.Body.All(IsLinear) && (residual.Shortcut?.All(IsLinear) ?? true),
        ParallelLayer parallel => parallel.Branches.All(branch => branch.All(IsLinear)),
        RecurrentLayer or AttentionLayer or LayerNormLayer or RmsNormLayer or GroupNormLayer or LocalResponseNormLayer => false,
        _ => true,
    };

    private static Finding Scaled(Patient patient, LayerDiagnosis layer, double growth, string code)
    {
        bool explodes = growth > 1;
        double each = Math.Pow(growth, 1.0 / layer.Layer);
        return new Finding
        {
            Code = code,
            Layer = layer.Layer,
            Value = growth,
            Threshold = explodes ? Growth : 1 / Growth,
            Text = $"{Patient.Name(layer)}: signals have {(explodes ? "grown" : "shrunk")} to {Patient.Figure(growth)} times the inputs' size, {Patient.Figure(each)} times with every layer",
            Cause = explodes && patient.Settings is { } settings
                ? $"{Patient.Steps(settings)} have made the weights too large, or they were from the beginning: every layer multiplies signals, and gradients on their way back, by about that factor"
                : $"the weights are too {(explodes ? "large" : "small")} for the activation: every layer multiplies signals, and gradients on their way back, by about that factor",
            Advice = explodes && patient.LowerRate is { } rate
                ? $"train anew at a learning rate of {rate}, or put a normalisation before the activations"
                : "initialise the weights for the activation (He for rectifiers, LeCun for selu, Glorot for tanh), or put a normalisation before the activations",
            Remedies = [.. explodes ? patient.LowerRateRemedy() : [], Patient.FreshWeights, Patient.BatchNorm],
        };
    }
}
