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
    private static readonly TrainingOptions Usual = new();

    /// <summary>How the learning rate went on from its first value.</summary>
    public LearningRateSchedule Schedule { get; init; } = Usual.Schedule;

    /// <summary>The momentum of <see cref="OptimizerKind.Sgd"/>.</summary>
    public double Momentum { get; init; } = Usual.Momentum;

    /// <summary>Whether <see cref="OptimizerKind.Sgd"/> took its gradient where the momentum leads.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The decay of the weights.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The bound of each gradient; null for none.</summary>
    public double? ClipValue { get; init; }

    /// <summary>The bound of the Euclidean length of all gradients; null for none.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The share of a target that was spread over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How images were changed at random at each step; null for not at all.</summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>
    /// Whether all of this is known. Of a model that a version before this one saved only the optimiser, learning rate, batch size and epochs are; the others
    /// have their defaults.
    /// </summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The settings of options.</summary>
    public static TrainingSettings Of(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TrainingSettings(options.Optimizer, options.LearningRate, options.BatchSize, options.Epochs)
        {
            Schedule = options.Schedule,
            Momentum = options.Momentum,
            Nesterov = options.Nesterov,
            WeightDecay = options.WeightDecay,
            ClipValue = options.ClipValue,
            ClipNorm = options.ClipNorm,
            LabelSmoothing = options.LabelSmoothing,
            Augmentation = options.Augmentation,
        };
    }

    /// <summary>The settings as options for a training.</summary>
    internal TrainingOptions Options => new()
    {
        Optimizer = Optimizer,
        LearningRate = LearningRate,
        BatchSize = BatchSize,
        Epochs = Epochs,
        Schedule = Schedule,
        Momentum = Momentum,
        Nesterov = Nesterov,
        WeightDecay = WeightDecay,
        ClipValue = ClipValue,
        ClipNorm = ClipNorm,
        LabelSmoothing = LabelSmoothing,
        Augmentation = Augmentation,
    };

    /// <summary>The settings as JSON.</summary>
    internal string Write() => JsonSerializer.Serialize(
        new TrainingSettingsText(Optimizer, LearningRate, BatchSize, Epochs)
        {
            Schedule = IsComplete ? Schedule.Text : null,
            Momentum = Momentum,
            Nesterov = Nesterov,
            WeightDecay = WeightDecay,
            ClipValue = ClipValue,
            ClipNorm = ClipNorm,
            LabelSmoothing = LabelSmoothing,
            Shift = Augmentation?.Shift,
            Flip = Augmentation?.Flip ?? false,
        },
        TrainingSettingsJson.Default.TrainingSettingsText);

    /// <summary>Reads what <see cref="Write"/> wrote, or a version before it.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    internal static TrainingSettings Read(string json)
    {
        try
        {
            TrainingSettingsText text = JsonSerializer.Deserialize(json, TrainingSettingsJson.Default.TrainingSettingsText)
                ?? throw new FormatException("the settings of the training are null");
            TrainingSettings settings = new(text.Optimizer, text.LearningRate, text.BatchSize, text.Epochs)
            {
                Schedule = text.Schedule is null ? Usual.Schedule : LearningRateSchedule.Parse(text.Schedule),
                Momentum = text.Momentum ?? Usual.Momentum,
                Nesterov = text.Nesterov,
                WeightDecay = text.WeightDecay,
                ClipValue = text.ClipValue,
                ClipNorm = text.ClipNorm,
                LabelSmoothing = text.LabelSmoothing,
                Augmentation = text.Shift is null ? null : new ImageAugmentation { Shift = text.Shift.Value, Flip = text.Flip },
                IsComplete = text.Schedule != null,
            };
            settings.Options.Validate();
            return settings;
        }
        catch (JsonException failure)
        {
            throw new FormatException($"the settings of the training are not understood: {failure.Message.Split('\n')[0]}", failure);
        }
        catch (ArgumentOutOfRangeException failure)
        {
            throw new FormatException($"the settings of the training are out of range: {failure.Message.Split('\n')[0]}", failure);
        }
    }
}

/// <summary>The settings as they are written; what a version before this one did not write is null.</summary>
internal sealed record TrainingSettingsText(OptimizerKind Optimizer, double LearningRate, int BatchSize, int Epochs)
{
    public string? Schedule { get; init; }

    public double? Momentum { get; init; }

    public bool Nesterov { get; init; }

    public double WeightDecay { get; init; }

    public double? ClipValue { get; init; }

    public double? ClipNorm { get; init; }

    public double LabelSmoothing { get; init; }

    public int? Shift { get; init; }

    public bool Flip { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainingSettingsText))]
internal sealed partial class TrainingSettingsJson : JsonSerializerContext;
