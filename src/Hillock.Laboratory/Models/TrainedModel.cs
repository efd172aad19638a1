using Hillock.Data;
using Hillock.Data.Text;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>A trained network with the preparation of its inputs: all that is needed to judge new samples, here or in another process.</summary>
public sealed class TrainedModel
{
    private const string PreparationKey = "preparation";
    private const string SettingsKey = "training";
    private const string HistoryKey = "history";

    /// <summary>The samples of a stream that are judged at a time.</summary>
    private const int PieceSamples = 4096;

    /// <summary>Puts a model together.</summary>
    /// <param name="network">The network.</param>
    /// <param name="preparation">How its inputs are prepared.</param>
    /// <param name="settings">How it was trained; null where that is not known.</param>
    /// <param name="history">How the training went; null where that is not known.</param>
    /// <exception cref="ArgumentException">They do not fit together.</exception>
    public TrainedModel(Network network, Preparation preparation, TrainingSettings? settings = null, TrainingHistory? history = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(preparation);
        (int channels, Loss loss) = OutputsFor(preparation);
        int outputs = channels * (preparation is NextCharacterPreparation text ? text.Context : 1);
        NetworkDescription description = network.Description;
        if (description.Inputs != preparation.Features || description.Outputs != outputs || description.Output.Channels != channels || description.Loss != loss)
        {
            throw new ArgumentException(
                $"the network has {description.Inputs} inputs, {description.Outputs} outputs and the loss {description.Loss}; "
                + $"the preparation needs {preparation.Features}, {outputs} and {loss}",
                nameof(preparation));
        }

        settings?.Augmentation?.Validate(preparation.Shape, nameof(settings));
        if (settings?.LabelSmoothing > 0 && loss != Loss.SoftmaxCrossEntropy)
        {
            throw new ArgumentException($"label smoothing is for SoftmaxCrossEntropy, and the network's loss is {loss}", nameof(settings));
        }

        Network = network;
        Preparation = preparation;
        Settings = settings;
        History = history;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>How its inputs are prepared, and what its outputs mean.</summary>
    public Preparation Preparation { get; }

    /// <summary>How the network was trained; null where that is not known.</summary>
    public TrainingSettings? Settings { get; }

    /// <summary>How the training went; null where that is not known.</summary>
    public TrainingHistory? History { get; }

    /// <summary>The names of the classes; empty where there are none.</summary>
    public IReadOnlyList<string> Classes => Preparation.Classes;

    /// <summary>The outputs, at each position that is judged, and the loss of a network for samples that are prepared so.</summary>
    /// <param name="preparation">How samples are prepared.</param>
    public static (int Outputs, Loss Loss) OutputsFor(Preparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        return preparation switch
        {
            NextCharacterPreparation text => (text.Outputs, Loss.SoftmaxCrossEntropy),
            { Task: TaskKind.Regression } => (1, Loss.MeanSquaredError),
            { Classes.Count: <= 2 } => (1, Loss.BinaryCrossEntropy),
            _ => (preparation.Classes.Count, Loss.SoftmaxCrossEntropy),
        };
    }

    /// <summary>Saves the model as a <see cref="ModelFile"/>, the preparation among its texts.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="IOException">It cannot be written: nothing is left behind, and a file that was there is as it was.</exception>
    public void Save(string path)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal) { [PreparationKey] = PreparationJson.Write(Preparation) };
        if (Settings is { } settings)
        {
            texts.Add(SettingsKey, settings.Write());
        }

        if (History is { } history)
        {
            texts.Add(HistoryKey, history.Write());
        }

        ModelFile.Save(path, Network, texts);
    }

    /// <summary>Loads what <see cref="Save"/> saved. The file need not be trusted.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LaboratoryException">There is no such file, or it says nothing of use about the preparation of inputs.</exception>
    /// <exception cref="IOException">It is no model, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static TrainedModel Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new LaboratoryException(Directory.Exists(path) ? $"'{path}' is a folder, and a model is a file" : $"there is no model '{path}'");
        }

        ModelFile file = ModelFile.Load(path);
        string json = file.Metadata.GetValueOrDefault(PreparationKey)
            ?? throw new LaboratoryException($"{path}: its metadata have no '{PreparationKey}': the network was saved without the preparation of its inputs");
        try
        {
            string? settings = file.Metadata.GetValueOrDefault(SettingsKey);
            string? history = file.Metadata.GetValueOrDefault(HistoryKey);
            return new TrainedModel(
                file.Network, PreparationJson.Read(json), settings is null ? null : TrainingSettings.Read(settings), history is null ? null : TrainingHistory.Read(history));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw new LaboratoryException($"{path}: {failure.Message}");
        }
    }

    /// <summary>Judges samples: probabilities of the classes, or values in the target's own unit.</summary>
    /// <param name="data">The samples; what they are in truth is not looked at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DataException">The samples are not of the kind that was trained on.</exception>
    /// <exception cref="InvalidOperationException">The model tells the next characters of a text, and continues one with <see cref="TextContinuation"/>.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public IReadOnlyList<Prediction> Predict(DataSource data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Preparation.Task == TaskKind.NextCharacter)
        {
            throw new InvalidOperationException("the model tells the next characters of a text: it continues one, and judges no samples");
        }

        float[] outputs = Network.Predict(Preparation.ApplyInputs(data, AllRows(data)), cancellationToken);
        int width = Network.Description.Outputs;
        Prediction[] predictions = new Prediction[data.Count];
        for (int row = 0; row < predictions.Length; row++)
        {
            predictions[row] = Meaning(outputs.AsSpan(row * width, width));
        }

        return predictions;
    }

    /// <summary>Judges samples that need not fit into memory, one after the other.</summary>
    /// <param name="data">The samples, opened with <see cref="Preparation"/>; what they are in truth is not looked at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each sample, when it is asked for, its line in the file, or its number from 1 where samples are no lines, and what the network says of it.</returns>
    /// <exception cref="DataException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public IEnumerable<(long Place, Prediction Prediction)> Predict(StreamedData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        int width = Network.Description.Outputs;
        long before = 0;
        foreach (Dataset piece in data.Samples.Pieces(PieceSamples, cancellationToken))
        {
            float[] outputs = Network.Predict(piece, cancellationToken);
            for (int row = 0; row < piece.Count; row++)
            {
                yield return (data.SampleLines is { IsEmpty: false } lines ? lines[row] : before + row + 1, Meaning(outputs.AsSpan(row * width, width)));
            }

            before += piece.Count;
        }
    }

    /// <summary>Judges samples that need not fit into memory, and the model by them.</summary>
    /// <param name="data">The samples with their classes or targets, opened with <see cref="Preparation"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DataException">A file cannot be read.</exception>
    /// <exception cref="LaboratoryException">There are more than 2³¹ - 1 samples.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ModelEvaluation Evaluate(StreamedData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckJudged(data.Name, data.Samples);
        return Judge(data.Samples, cancellationToken);
    }

    /// <summary>Judges samples, and the model by them.</summary>
    /// <param name="data">The samples with their classes or targets.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DataException">The samples are not of the kind that was trained on, or have a class that was not.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ModelEvaluation Evaluate(DataSource data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Judge(Preparation.Apply(data, AllRows(data)), cancellationToken);
    }

    /// <summary>Makes sure, before any work, that samples are no more than are counted.</summary>
    /// <exception cref="LaboratoryException">They are.</exception>
    internal static void CheckJudged(string name, StreamedDataset samples)
    {
        if (samples.Count > int.MaxValue)
        {
            throw new LaboratoryException($"{name}: at most {int.MaxValue} samples can be judged at once, and there are {samples.Count}");
        }
    }

    /// <summary>Judges the model by prepared samples.</summary>
    internal ModelEvaluation Judge(Dataset samples, CancellationToken cancellationToken)
    {
        Evaluation evaluation = Evaluator.Evaluate(Network, samples, cancellationToken);
        if (Classes.Count == 0)
        {
            return new ModelEvaluation(evaluation with { Rmse = evaluation.Rmse * Preparation.TargetScale }, null);
        }

        int[,] counts = new int[Classes.Count, Classes.Count];
        Count(samples, counts, cancellationToken);
        return new ModelEvaluation(evaluation, new ConfusionMatrix(Classes, counts));
    }

    /// <summary>Judges the model by prepared samples that need not fit into memory.</summary>
    internal ModelEvaluation Judge(StreamedDataset samples, CancellationToken cancellationToken)
    {
        Evaluation evaluation = Evaluator.Evaluate(Network, samples, cancellationToken);
        if (Classes.Count == 0)
        {
            return new ModelEvaluation(evaluation with { Rmse = evaluation.Rmse * Preparation.TargetScale }, null);
        }

        int[,] counts = new int[Classes.Count, Classes.Count];
        foreach (Dataset piece in samples.Pieces(PieceSamples, cancellationToken))
        {
            Count(piece, counts, cancellationToken);
        }

        return new ModelEvaluation(evaluation, new ConfusionMatrix(Classes, counts));
    }

    /// <summary>Counts which classes are taken for which.</summary>
    private void Count(Dataset samples, int[,] counts, CancellationToken cancellationToken)
    {
        float[] outputs = Network.Predict(samples, cancellationToken);
        int width = Network.Description.Outputs;
        for (int row = 0; row < samples.Count; row++)
        {
            counts[samples.Labels[row], Meaning(outputs.AsSpan(row * width, width)).Class!.Value]++;
        }
    }

    private static int[] AllRows(DataSource data) => [.. Enumerable.Range(0, data.Count)];

    private Prediction Meaning(ReadOnlySpan<float> outputs)
    {
        if (Classes.Count == 0)
        {
            return new Prediction(null, null, [], Preparation.TargetMean + (Preparation.TargetScale * outputs[0]));
        }

        // Of two classes the one output is the probability of the second.
        double[] probabilities = outputs.Length == 1 ? [1.0 - outputs[0], outputs[0]] : [.. outputs];
        int likeliest = Array.IndexOf(probabilities, probabilities.Max());
        return new Prediction(likeliest, Classes[likeliest], probabilities, null);
    }
}
