using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>What a comparison found. The same bits for the same plan, whoever ran it, <see cref="Seconds"/> and other times aside.</summary>
public sealed record ComparisonResult
{
    /// <summary>What was learned from.</summary>
    public required DataSummary Data { get; init; }

    /// <summary>How the candidates were compared.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>The candidates, best first; the diverged ones last.</summary>
    public required IReadOnlyList<CandidateResult> Candidates { get; init; }

    /// <summary>The mean score of guessing the most frequent class, or the mean of the targets, of the training part: what is reached without learning.</summary>
    public required double Baseline { get; init; }

    /// <summary>The recommended candidate's name; null where every candidate diverged.</summary>
    public required string? Recommended { get; init; }

    /// <summary>Why that one, in plain words.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the verdict calls for care, or the question should be asked in another way. What is wrong inside of networks is with their candidates.</summary>
    public required IReadOnlyList<Remark> Remarks { get; init; }

    /// <summary>What was suspicious about the data or the question; empty for a clean run.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The trials that were found finished in the ledger.</summary>
    public required int ResumedTrials { get; init; }

    /// <summary>The wall-clock time of this run.</summary>
    public required double Seconds { get; init; }
}

/// <summary>A sentence about a verdict.</summary>
/// <param name="Activation">The candidate that it is about; null where it is about the whole.</param>
/// <param name="Text">The sentence, without the candidate's name.</param>
public sealed record Remark(string? Activation, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Activation is null ? Text : $"{Activation}: {Text}";
}

/// <summary>What was learned from.</summary>
public sealed record DataSummary
{
    /// <summary>The name of the data.</summary>
    public required string Name { get; init; }

    /// <summary>One line on what was found in the data.</summary>
    public required string Description { get; init; }

    /// <summary>The samples, without those of a test part of their own.</summary>
    public required int Samples { get; init; }

    /// <summary>The samples of the test part; null without <see cref="Protocol.Holdout"/>.</summary>
    public required int? TestSamples { get; init; }

    /// <summary>The features as they are in the data: columns or pixels.</summary>
    public required int Features { get; init; }

    /// <summary>The names of the classes; empty for a regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>What is to be learned.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>The hash of everything in the data that changes what is learned.</summary>
    public required string Fingerprint { get; init; }
}

/// <summary>How candidates are compared: the same for all of them.</summary>
public sealed record Protocol
{
    /// <summary>The folds; null with <see cref="Holdout"/>.</summary>
    public required int? Folds { get; init; }

    /// <summary>How often the whole is repeated.</summary>
    public required int Repeats { get; init; }

    /// <summary>Whether the data's own test part is the test set.</summary>
    public required bool Holdout { get; init; }

    /// <summary>The passes over the training part.</summary>
    public required int Epochs { get; init; }

    /// <summary>The samples in a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The network as text, <c>activation</c> (or the name of a preset) standing for the candidates: <c>mlp:128,64</c>, <c>lenet</c>.</summary>
    public required string Network { get; init; }

    /// <summary>The shape of a sample after preparation of all samples.</summary>
    public required TensorShape Input { get; init; }

    /// <summary>The outputs of the network: the classes, or one for two classes and for a regression.</summary>
    public required int Outputs { get; init; }

    /// <summary>The numbers that the network learns, with the first candidate and for <see cref="Input"/>.</summary>
    public long Parameters { get; init; }

    /// <summary>The loss.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The optimiser.</summary>
    public required OptimizerKind Optimizer { get; init; }

    /// <summary>The learning rate of every trial; null where each trial searches its own.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>The learning rates that each trial tries, ascending; empty where the rate is fixed.</summary>
    public required IReadOnlyList<double> SearchRates { get; init; }

    /// <summary>The epochs that each of them gets; 0 where the rate is fixed.</summary>
    public required int SearchEpochs { get; init; }

    /// <summary>Where all random numbers come from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The score by which candidates are ranked, higher is better: <c>accuracy</c> or <c>r2</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The measure printed beside it, lower is better: <c>log_loss</c> or <c>rmse</c> (in the target's units).</summary>
    public required string SecondaryMetric { get; init; }

    /// <summary>How the network and the batch were chosen, in one sentence each; empty where the user gave both.</summary>
    public required string Sizing { get; init; }

    /// <summary>How the learning rate is found, in one sentence.</summary>
    public required string Search { get; init; }

    /// <summary>How intervals and p-values are computed, in one sentence.</summary>
    public required string Test { get; init; }

    /// <summary>The rule of the recommendation, in one sentence.</summary>
    public required string Rule { get; init; }
}
