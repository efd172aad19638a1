using System.Text.Json.Serialization;

namespace Hillock.Networks;

/// <summary>How far a training has come, beside the numbers of the network and the optimiser.</summary>
/// <param name="Epochs">The epochs that are over.</param>
/// <param name="BestEpoch">The one of the lowest loss, counted from 1; 0 before the first.</param>
/// <param name="BestLoss">The lowest loss.</param>
internal sealed record TrainingState(IReadOnlyList<EpochResult> Epochs, int BestEpoch, double BestLoss)
{
    /// <summary>What a probe keeps of them; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProbeState? Probe { get; init; }

    /// <summary>Before the first epoch.</summary>
    public static TrainingState Start { get; } = new([], 0, double.PositiveInfinity);

    /// <summary>Whether its parts fit together.</summary>
    [JsonIgnore]
    public bool IsConsistent => Epochs.Count >= 1 && BestEpoch >= 1 && BestEpoch <= Epochs.Count && Epochs.Select(epoch => epoch.Epoch).SequenceEqual(Enumerable.Range(1, Epochs.Count))
        && Probe?.Summaries.All(seen => seen?.Layers.All(layer => layer is not null) == true && seen.Epoch >= 1 && seen.Epoch <= Epochs.Count) != false;
}

/// <summary>What a probe needs to go on behind a checkpoint.</summary>
/// <param name="Summaries">What it saw (<see cref="TrainingProbe.Summaries"/>).</param>
/// <param name="Spent">The work that it took (<see cref="ProbeBudget.Spent"/>).</param>
/// <param name="Watched">How much of that was for watching units in the last epoch that was looked at (<see cref="ProbeBudget.Watched"/>).</param>
internal sealed record ProbeState(IReadOnlyList<DiagnosisSummary> Summaries, double Spent, double Watched);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TrainingState))]
internal sealed partial class TrainingStateJson : JsonSerializerContext;
