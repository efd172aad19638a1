using System.Text.Json;
using System.Text.Json.Serialization;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>What is known of the way by which a network came to be what it is. It says nothing of times, so that it is the same for the same training.</summary>
public sealed record TrainingHistory
{
    /// <summary>Of which nothing is known.</summary>
    public static TrainingHistory Unknown { get; } = new();

    /// <summary>What the network did with signals and gradients before anything was learned; null where nobody looked.</summary>
    public DiagnosisSummary? Start { get; init; }

    /// <summary>What a probe saw in the epochs that it looked at (<see cref="TrainingProbe.Summaries"/>); empty where there was none.</summary>
    public IReadOnlyList<DiagnosisSummary> Epochs { get; init; } = [];

    /// <summary>The training loss of each epoch; empty where it is not known.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    /// <summary>How the network did on samples that were held out; null where none were.</summary>
    public HeldOutResult? HeldOut { get; init; }

    /// <summary>The history of a training that a probe looked at.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="training">What came of the training.</param>
    public static TrainingHistory Of(TrainingProbe probe, TrainingResult training)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(training);
        return new TrainingHistory
        {
            Start = probe.Start is { } start ? DiagnosisSummary.Of(start) : null,
            Epochs = probe.Summaries,
            Losses = [.. training.Epochs.Select(epoch => epoch.TrainingLoss)],
        };
    }

    /// <summary>The history as JSON.</summary>
    internal string Write() => JsonSerializer.Serialize(this, TrainingHistoryJson.Default.TrainingHistory);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    internal static TrainingHistory Read(string json)
    {
        try
        {
            TrainingHistory history = JsonSerializer.Deserialize(json, TrainingHistoryJson.Default.TrainingHistory) ?? throw new FormatException("the history of the training is null");
            bool whole = history.Epochs.Append(history.Start ?? new(null, 0, [])).All(seen => seen?.Layers.All(layer => layer is not null) == true);
            return whole ? history : throw new FormatException("the history of the training is not understood: an epoch or a layer of it is null");
        }
        catch (JsonException failure)
        {
            throw new FormatException($"the history of the training is not understood: {failure.Message.Split('\n')[0]}", failure);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrainingHistory))]
internal sealed partial class TrainingHistoryJson : JsonSerializerContext;
