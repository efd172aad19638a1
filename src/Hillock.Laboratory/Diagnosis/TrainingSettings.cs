using System.Text.Json;
using System.Text.Json.Serialization;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>How a network was trained: what a diagnosis has to know to tell causes, and to try remedies.</summary>
/// <param name="Optimizer">The optimiser.</param>
/// <param name="LearningRate">The learning rate before any schedule.</param>
/// <param name="BatchSize">The samples of a step.</param>
/// <param name="Epochs">The passes over the samples.</param>
public sealed record TrainingSettings(OptimizerKind Optimizer, double LearningRate, int BatchSize, int Epochs)
{
    /// <summary>The settings of options.</summary>
    public static TrainingSettings Of(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TrainingSettings(options.Optimizer, options.LearningRate, options.BatchSize, options.Epochs);
    }

    /// <summary>The settings as options for a training.</summary>
    internal TrainingOptions Options => new() { Optimizer = Optimizer, LearningRate = LearningRate, BatchSize = BatchSize, Epochs = Epochs };

    /// <summary>The settings as JSON.</summary>
    internal string Write() => JsonSerializer.Serialize(this, TrainingSettingsJson.Default.TrainingSettings);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    internal static TrainingSettings Read(string json)
    {
        try
        {
            TrainingSettings? settings = JsonSerializer.Deserialize(json, TrainingSettingsJson.Default.TrainingSettings);
            return settings is { LearningRate: > 0 and < double.PositiveInfinity, BatchSize: >= 1, Epochs: >= 1 } && Enum.IsDefined(settings.Optimizer)
                ? settings
                : throw new FormatException($"the settings of the training are out of range: {json}");
        }
        catch (JsonException failure)
        {
            throw new FormatException($"the settings of the training are not understood: {failure.Message.Split('\n')[0]}", failure);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainingSettings))]
internal sealed partial class TrainingSettingsJson : JsonSerializerContext;
