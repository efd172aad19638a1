using System.Text.Json.Serialization;

namespace Hillock.Networks;

/// <summary>How far a training has come, beside the numbers of the network and the optimiser.</summary>
/// <param name="Epochs">The epochs that are over.</param>
/// <param name="BestEpoch">The one of the lowest loss, counted from 1; 0 before the first.</param>
/// <param name="BestLoss">The lowest loss.</param>
internal sealed record TrainingState(IReadOnlyList<EpochResult> Epochs, int BestEpoch, double BestLoss)
{
    /// <summary>Before the first epoch.</summary>
    public static TrainingState Start { get; } = new([], 0, double.PositiveInfinity);

    /// <summary>Whether its parts fit together.</summary>
    [JsonIgnore]
    public bool IsConsistent => Epochs.Count >= 1 && BestEpoch >= 1 && BestEpoch <= Epochs.Count && Epochs.Select(epoch => epoch.Epoch).SequenceEqual(Enumerable.Range(1, Epochs.Count));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TrainingState))]
internal sealed partial class TrainingStateJson : JsonSerializerContext;
