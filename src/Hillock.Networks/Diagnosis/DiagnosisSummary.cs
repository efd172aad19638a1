using System.Text.Json.Serialization;

namespace Hillock.Networks;

/// <summary>
/// The few figures of a <see cref="DiagnosisResult"/> that tell how a network came to be what it is: short enough to go with a checkpoint or a model. Of the same
/// training they are the same to the bit.
/// </summary>
/// <param name="Epoch">The epoch of a training, counted from 1; null for a network as it was.</param>
/// <param name="Loss">The mean loss of the samples that were looked at; NaN where it is not finite.</param>
/// <param name="Layers">The layers, in the order of the data flow.</param>
public sealed record DiagnosisSummary(int? Epoch, double Loss, IReadOnlyList<SummarisedLayer> Layers)
{
    /// <summary>Sums up what was measured.</summary>
    /// <param name="result">What was measured.</param>
    public static DiagnosisSummary Of(DiagnosisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(result.Epoch, result.Loss, [.. result.Layers.Select(SummarisedLayer.Of)]);
    }
}

/// <summary>What a layer did; what does not exist is 0.</summary>
public sealed record SummarisedLayer
{
    /// <summary>The number of the layer (<see cref="LayerDiagnosis.Layer"/>).</summary>
    public required int Layer { get; init; }

    /// <summary>The share of dead units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float Dead { get; init; }

    /// <summary>The share of saturated cases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float Saturated { get; init; }

    /// <summary>The share of stuck units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float Stuck { get; init; }

    /// <summary>The share of units that are dead or saturated in practically all cases (<see cref="UnitDiagnosis.Held"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float Held { get; init; }

    /// <summary>How large the gradient of a sample is (<see cref="LayerDiagnosis.SampleGradientNorm"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float Gradient { get; init; }

    /// <summary>What the activation's input tells samples apart by: the root of its variance over samples, the mean over the units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float Deviation { get; init; }

    /// <summary>By which part of their length a step changed the weights.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float UpdateRatio { get; init; }

    /// <summary>By which part of their length an epoch changed the weights.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float LearningSpeed { get; init; }

    /// <summary>Of each gate of a recurrent layer the share of saturated cases, in the order of <see cref="LayerDiagnosis.Gates"/>; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<float>? SaturatedGates { get; init; }

    /// <summary>Sums up a layer.</summary>
    internal static SummarisedLayer Of(LayerDiagnosis layer) => new()
    {
        Layer = layer.Layer,
        Dead = (float)(layer.Dead ?? 0),
        Saturated = (float)(layer.Saturated ?? 0),
        Stuck = (float)(layer.Stuck ?? 0),
        Held = layer.UnitDetails.Count == 0 ? 0 : layer.UnitDetails.Count(unit => unit.Held) / (float)layer.Units,
        Gradient = (float)layer.SampleGradientNorm,
        Deviation = (float)Math.Sqrt(layer.Input.UnitVariance),
        UpdateRatio = (float)(layer.UpdateRatio ?? 0),
        LearningSpeed = (float)(layer.LearningSpeed ?? 0),
        SaturatedGates = layer.Gates.Count == 0 ? null : [.. layer.Gates.Select(gate => (float)gate.Saturated)],
    };
}
