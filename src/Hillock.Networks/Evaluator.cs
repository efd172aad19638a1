using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>How well a network does on samples.</summary>
public sealed record Evaluation
{
    /// <summary>The number of samples; of sequences judged position by position, of these.</summary>
    public required int Count { get; init; }

    /// <summary>The mean loss: the log-loss (natural logarithm) of a classification, the mean squared error of a regression.</summary>
    public required double Loss { get; init; }

    /// <summary>The share of samples (or positions) whose most probable class is theirs; null for a regression.</summary>
    public double? Accuracy { get; init; }

    /// <summary>
    /// The coefficient of determination 1 - Σ(z - t)²/Σ(t - mean)²; null for a classification. Where all targets are equal it is 1 for a perfect
    /// prediction and 0 otherwise.
    /// </summary>
    public double? R2 { get; init; }

    /// <summary>The root of the mean squared error, in the unit of the targets; null for a classification.</summary>
    public double? Rmse { get; init; }

    /// <summary>For each sample (or position) whether it was classified rightly; empty for a regression and for a stream.</summary>
    public IReadOnlyList<bool> Correct { get; init; } = [];

    /// <summary>The loss of always telling how frequent the classes are, or the mean.</summary>
    internal double LossOfIgnorance { get; init; }

    /// <summary>The accuracy of always telling the most frequent class; 0, the R² of the mean, for a regression.</summary>
    internal double Guess { get; init; }
}

/// <summary>Measures how well networks do.</summary>
public static class Evaluator
{
    /// <summary>Measures a network on samples, with the evaluation values of its activations' parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples; at least one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static Evaluation Evaluate(Network network, Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        DatasetChecks.InputsAndTargets(network.Description, data, nameof(data));
        return Evaluate(network, new DatasetWindow(data), notesCorrect: true, cancellationToken);
    }

    /// <summary>Measures a network on samples that need not fit into memory; <see cref="Evaluation.Correct"/> is then empty.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples; at least one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or are more than 2³¹ - 1.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static Evaluation Evaluate(Network network, StreamedDataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        DatasetChecks.Judged(network.Description, data, nameof(data));
        using StreamWindows windows = new(data, batch: 1, order: null, lastEpoch: 1, cancellationToken);
        return Evaluate(network, windows, notesCorrect: false, cancellationToken);
    }

    private static Evaluation Evaluate(Network network, SampleWindows samples, bool notesCorrect, CancellationToken cancellationToken)
    {
        EvaluationPass pass = new(network, samples, notesCorrect: notesCorrect);
        pass.Run(epoch: 1, cancellationToken);
        bool classification = samples.Classes > 0;
        return new Evaluation
        {
            Count = checked((int)(samples.Count * samples.LabelsPerSample)),
            Loss = pass.Loss,
            Accuracy = classification ? pass.Score : null,
            R2 = classification ? null : pass.Score,
            Rmse = classification ? null : Math.Sqrt(pass.Loss),
            Correct = pass.Correct,
            LossOfIgnorance = pass.Truth.LossOfIgnorance,
            Guess = pass.Truth.Guess,
        };
    }
}
