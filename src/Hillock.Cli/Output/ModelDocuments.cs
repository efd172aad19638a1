using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Output;

/// <summary>The JSON document of <c>hillock train</c>; the activation is null where the network's text names all of its own.</summary>
internal sealed record TrainingDocument(
    string Schema,
    string Model,
    string Data,
    string Network,
    string? Activation,
    long Parameters,
    string Optimizer,
    double LearningRate,
    int BatchSize,
    ulong Seed,
    long TrainingSamples,
    long TestSamples,
    int BestEpoch,
    IReadOnlyList<EpochEntry> Epochs,
    ScoreEntry? Test,
    IReadOnlyList<FindingEntry> Findings,
    double Seconds);

/// <summary>One epoch; what was not judged is null.</summary>
internal sealed record EpochEntry(int Epoch, double TrainingLoss, double? TestLoss, double? TestScore)
{
    /// <summary>The entries of a training.</summary>
    public static IReadOnlyList<EpochEntry> Of(TrainingResult training) =>
        [.. training.Epochs.Select(e => new EpochEntry(e.Epoch, e.TrainingLoss, e.ValidationLoss, e.ValidationScore))];
}

/// <summary>
/// Scores on samples: accuracy and log-loss (nats) of a classification, of next characters also in bits and by the character, R² and RMSE of a regression, the others null.
/// </summary>
internal sealed record ScoreEntry(int Samples, double? Accuracy, double? LogLoss, double? BitsPerCharacter, double? R2, double? Rmse)
{
    /// <summary>The entry of an evaluation.</summary>
    public static ScoreEntry Of(Evaluation scores, TaskKind task) => new(
        scores.Count,
        scores.Accuracy,
        scores.Accuracy is null ? null : scores.Loss,
        task == TaskKind.NextCharacter ? Sentences.Bits(scores.Loss) : null,
        scores.R2,
        scores.Rmse);
}

/// <summary>The JSON document of <c>hillock evaluate</c>; the rows of the confusion are the samples' classes, its columns the predicted ones.</summary>
internal sealed record EvaluationDocument(
    string Schema, string Model, string Data, ScoreEntry Scores, IReadOnlyList<ClassEntry>? Classes, IReadOnlyList<IReadOnlyList<int>>? Confusion)
{
    /// <summary>The document of an evaluation.</summary>
    public static EvaluationDocument Of(string model, string data, TaskKind task, ModelEvaluation evaluation)
    {
        ConfusionMatrix? confusion = evaluation.Confusion;
        int[] classes = [.. Enumerable.Range(0, confusion?.Classes.Count ?? 0)];
        return new EvaluationDocument(
            "hillock.evaluate/1",
            model,
            data,
            ScoreEntry.Of(evaluation.Scores, task),
            confusion is null ? null : [.. classes.Select(c => new ClassEntry(confusion.Classes[c], confusion.Samples(c), confusion.Precision(c), confusion.Recall(c)))],
            confusion is null ? null : [.. classes.Select(IReadOnlyList<int> (actual) => [.. classes.Select(predicted => confusion[actual, predicted])])]);
    }
}

/// <summary>How well one class is told; null where no sample is of it or was taken for it.</summary>
internal sealed record ClassEntry(string Class, int Samples, double? Precision, double? Recall);

/// <summary>The JSON document of <c>hillock predict</c>.</summary>
internal sealed record PredictionDocument(string Schema, string Model, string Data, IReadOnlyList<string>? Classes, IReadOnlyList<PredictionEntry> Predictions)
{
    /// <summary>The document of predictions.</summary>
    public static PredictionDocument Of(string model, DataSource data, IReadOnlyList<string> classes, IReadOnlyList<Prediction> predictions) => new(
        "hillock.predict/1",
        model,
        data.Name,
        classes.Count > 0 ? classes : null,
        [.. predictions.Select((p, row) => new PredictionEntry(
            row + 1, data.SampleLines.Count > 0 ? data.SampleLines[row] : null, data.SampleNames.ElementAtOrDefault(row), p.Class is { } c ? classes[c] : null, p.Class is null ? null : p.Probabilities, p.Value))]);
}

/// <summary>One sample, counted from 1: its line where samples are the lines of a file, its file where it has one of its own, the most probable class with the probabilities in the order of the classes, or the value.</summary>
internal sealed record PredictionEntry(int Row, int? Line, string? File, string? Class, IReadOnlyList<double>? Probabilities, double? Value);

/// <summary>The JSON document of <c>hillock predict</c> with a model of a text's next characters.</summary>
internal sealed record ContinuationDocument(string Schema, string Model, string Data, double Temperature, ulong Seed, string Text);
