using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Output;

/// <summary>Says how networks are trained.</summary>
internal static class SettingsText
{
    private static readonly TrainingSettings Usual = TrainingSettings.Of(new TrainingOptions());

    /// <summary>How a network was trained, with all that is not as usual.</summary>
    public static string Of(TrainingSettings settings) =>
        string.Join(", ", [$"{Words.Count(settings.Epochs, "epoch")} in batches of {settings.BatchSize}", .. Steps(settings)]);

    /// <summary>How the networks of remedies are trained; what the file of the model does not say is told.</summary>
    /// <param name="known">What the file says; null for nothing.</param>
    /// <param name="taken">What is taken.</param>
    public static string OfRemedies(TrainingSettings? known, TrainingSettings taken)
    {
        string text = string.Join(", ", [.. Steps(taken), $"batches of {taken.BatchSize}"]);
        return known is null ? $"the model's file does not say how it was trained: {text} is taken"
            : known.IsComplete ? $"trained as the model was: {text}"
            : $"trained as the model was: {text}; its file does not say all of it, and {Defaults(taken)} are taken";
    }

    /// <summary>What is beyond the usual, each in a few words.</summary>
    public static IEnumerable<string> Besides(TrainingSettings settings)
    {
        if (settings.Optimizer == OptimizerKind.Sgd && (settings.Nesterov || settings.Momentum != Usual.Momentum))
        {
            yield return $"{(settings.Nesterov ? "Nesterov's " : "")}momentum {Words.Significant(settings.Momentum, 4)}";
        }

        if (settings.Schedule != Usual.Schedule)
        {
            yield return $"schedule {settings.Schedule.Text}";
        }

        (string Name, double? Value)[] numbers =
        [
            ("weight decay", settings.WeightDecay > 0 ? settings.WeightDecay : null), ("gradients clipped to length", settings.ClipNorm),
            ("gradients clipped at", settings.ClipValue), ("label smoothing", settings.LabelSmoothing > 0 ? settings.LabelSmoothing : null),
        ];
        foreach ((string name, double? value) in numbers)
        {
            if (value is { } number)
            {
                yield return $"{name} {Words.Significant(number, 4)}";
            }
        }

        if (settings.Augmentation is { } augmentation)
        {
            yield return string.Join(" and ", new[] { augmentation.Shift > 0 ? $"images shifted by up to {augmentation.Shift} pixels" : "", augmentation.Flip ? "images mirrored" : "" }
                .Where(text => text.Length > 0));
        }
    }

    private static IEnumerable<string> Steps(TrainingSettings settings) =>
        [$"{Sentences.OptimizerName(settings.Optimizer)} at {Words.Significant(settings.LearningRate, 3)}", .. Besides(settings)];

    private static string Defaults(TrainingSettings settings) =>
        $"{(settings.Optimizer == OptimizerKind.Sgd ? $"a momentum of {Words.Significant(Usual.Momentum, 4)}, " : "")}a constant learning rate, no weight decay and no clipping";
}
