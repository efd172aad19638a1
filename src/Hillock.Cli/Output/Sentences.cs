using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Output;

/// <summary>Says a comparison's protocol and figures in words; the terminal and the report say the same.</summary>
internal static class Sentences
{
    /// <summary>The network.</summary>
    public static string Network(Protocol protocol)
    {
        string loss = protocol.Loss switch
        {
            Loss.SoftmaxCrossEntropy => "softmax cross-entropy",
            Loss.BinaryCrossEntropy => "binary cross-entropy",
            _ => "mean squared error",
        };
        string sizes = protocol.Network is "linear" || protocol.Network.StartsWith("mlp:", StringComparison.Ordinal)
            ? string.Join(" → ", NetworkDescription.ParseMlp(protocol.Network).Prepend(protocol.Input.Size).Append(protocol.Outputs))
            : $"{protocol.Input} → {protocol.Outputs}, {protocol.Parameters:N0} parameters";
        return $"{protocol.Network} ({sizes}, {loss}), {OptimizerName(protocol.Optimizer)}, {Words.Count(protocol.Epochs, "epoch")}, batches of {protocol.BatchSize}";
    }

    /// <summary>How candidates are compared.</summary>
    public static string Comparison(Protocol protocol, int candidates)
    {
        string test = protocol.Holdout
            ? "the data's own test part"
            : $"{protocol.Folds}-fold cross-validation{(protocol.Repeats > 1 ? $", {protocol.Repeats} times" : "")}";
        string rate = protocol.LearningRate is { } fixedRate
            ? $"learning rate {Words.Significant(fixedRate, 4)}"
            : $"learning rate searched in each trial ({string.Join(", ", protocol.SearchRates.Select(r => Words.Significant(r, 2)))})";
        return $"{Words.Count(candidates, "candidate")}, {test}, {rate}, seed {protocol.Seed}";
    }

    /// <summary>What one reaches without learning anything.</summary>
    public static string BaselineMeaning(Protocol protocol) =>
        protocol.Metric == "accuracy" ? "by always guessing the most frequent class" : "by always guessing the mean";

    /// <summary>The name of a measure as a heading.</summary>
    public static string Metric(string metric) => metric switch
    {
        "r2" => "R²",
        "rmse" => "RMSE",
        "log_loss" => "log-loss",
        _ => metric,
    };

    /// <summary>A value of the secondary measure: a loss has a scale of its own, an error has the target's.</summary>
    public static string Secondary(Protocol protocol, double value) =>
        protocol.SecondaryMetric == "rmse" ? Words.Significant(value, 4) : Words.Fixed(value);

    /// <summary>How well a network does on samples.</summary>
    public static string Scores(Evaluation scores, TaskKind task) => task == TaskKind.NextCharacter
        ? $"loss {Words.Fixed(scores.Loss)} nats ({Words.Fixed(Bits(scores.Loss))} bits) per character, accuracy {Words.Fixed(scores.Accuracy!.Value)} on {scores.Count} characters"
        : scores.Accuracy is { } accuracy
        ? $"accuracy {Words.Fixed(accuracy)}, log-loss {Words.Fixed(scores.Loss)} on {Words.Count(scores.Count, "sample")}"
        : $"R² {Words.Fixed(scores.R2!.Value)}, RMSE {Words.Significant(scores.Rmse!.Value, 4)} on {Words.Count(scores.Count, "sample")}";

    /// <summary>What a loss in nats is in bits.</summary>
    public static double Bits(double nats) => nats / 0.693147180559945309417; // ln 2

    /// <summary>A p-value as papers print it.</summary>
    public static string PValue(double p) => p < 0.001 ? "<0.001" : p > 0.9995 ? "1" : $"{p:0.000}";

    /// <summary>A share in percent; nothing where it does not exist.</summary>
    public static string Share(double? share) => share switch
    {
        null => "",
        0 => "0 %",
        < 0.001 => "<0.1 %",
        { } s => $"{100 * s:0.#} %",
    };

    /// <summary>In how many of a candidate's trials something was found; nothing where there is only one trial.</summary>
    public static string InTrials(CandidateFinding found, CandidateResult candidate) =>
        candidate.Trials.Count == 1 ? ""
        : found.Trials == candidate.Trials.Count ? $" in all {found.Trials} trials"
        : $" in {found.Trials} of {candidate.Trials.Count} trials";

    /// <summary>A text with a capital letter and a full stop.</summary>
    public static string Whole(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

    /// <summary>The mean of a signal, and the standard deviation over the samples of a unit.</summary>
    public static string Spread(SignalMoments moments) => $"{Words.Significant(moments.Mean, 2)} ± {Words.Significant(Math.Sqrt(moments.UnitVariance), 2)}";

    /// <summary>The name of an optimiser.</summary>
    public static string OptimizerName(OptimizerKind optimizer) => optimizer switch
    {
        OptimizerKind.Sgd => "SGD with momentum",
        _ => optimizer.ToString(),
    };
}
