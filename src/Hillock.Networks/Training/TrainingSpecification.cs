using System.Globalization;
using Hillock.Activations.Random;

namespace Hillock.Networks;

/// <summary>What determines the bits of a training, as texts by name: two trainings with the same texts are the same.</summary>
internal static class TrainingSpecification
{
    /// <summary>Writes down a training.</summary>
    public static IReadOnlyDictionary<string, string> Of(
        NetworkDescription network, SampleWindows training, SampleWindows? validation, TrainingOptions options, RandomKey key)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal)
        {
            [ModelFile.NetworkKey] = NetworkJson.Write(network),
            ["training data"] = training.Fingerprint,
            ["validation data"] = validation?.Fingerprint ?? "none",
            ["random key"] = key.Value.ToString("x16", CultureInfo.InvariantCulture),
            ["augmentation"] = options.Augmentation?.ToString() ?? "none",
            ["optimizer"] = options.Optimizer.ToString(),
            ["learning rate"] = Number(options.LearningRate),
            ["schedule"] = options.Schedule.Text,
            ["momentum"] = Number(options.Momentum),
            ["nesterov"] = options.Nesterov ? "true" : "false",
            ["weight decay"] = Number(options.WeightDecay),
            ["decay of all"] = options.DecayAll ? "true" : "false",
            ["clip value"] = Number(options.ClipValue),
            ["clip norm"] = Number(options.ClipNorm),
            ["label smoothing"] = Number(options.LabelSmoothing),
            ["batch size"] = Number(options.BatchSize),
            ["patience"] = Number(options.Patience),
        };
        if (options.Schedule.DependsOnLength)
        {
            texts["epochs"] = Number(options.Epochs);
        }

        return texts;
    }

    private static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "none";
}
