using Hillock.Activations;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>What a comparison is asked to do.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The candidates, in the user's order; at least one.</summary>
    public required IReadOnlyList<Activation> Activations { get; init; }

    /// <summary>
    /// Whether candidates that the network cannot use are left out with a warning, as drawn parameters are in recurrent layers. Else they are an error.
    /// </summary>
    public bool LeavesOutUnfit { get; init; }

    /// <summary>
    /// The network as <see cref="NetworkText"/> reads it, the candidates standing for <c>activation</c>; null for one that suits the data.
    /// </summary>
    public string? Network { get; init; }

    /// <summary>The number of folds of the cross-validation, at least 2. Ignored with <see cref="Holdout"/>.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often the whole is repeated with other splits and draws, at least 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Tests on the data's own test part instead of on folds.</summary>
    public bool Holdout { get; init; }

    /// <summary>The number of passes over the training part, at least 1.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>The samples in a batch, at least 1; null for a size chosen by the number of samples.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The optimiser.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The learning rate of every trial, positive; null to search one inside each trial.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Where all random numbers come from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many trials run side by side, each on one thread; 0 for one on every core. Has no influence on the result.</summary>
    public int Threads { get; init; }

    /// <summary>The folder of the ledger, made where it does not exist; null to keep none.</summary>
    public string? OutputFolder { get; init; }

    internal void Validate()
    {
        Require(Activations is { Count: > 0 }, nameof(Activations), Activations?.Count, "at least one candidate");
        Require(Holdout || Folds >= 2, nameof(Folds), Folds, "at least 2");
        Require(Repeats >= 1, nameof(Repeats), Repeats, "at least 1");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(BatchSize is null or >= 1, nameof(BatchSize), BatchSize, "at least 1");
        Require(Enum.IsDefined(Optimizer), nameof(Optimizer), Optimizer, "one of Sgd, Adam and AdamW");
        Require(LearningRate is null || (double.IsFinite(LearningRate.Value) && LearningRate > 0), nameof(LearningRate), LearningRate, "a number above 0");
        Require(Threads >= 0, nameof(Threads), Threads, "at least 1, or 0 for one on every core");
    }

    private static void Require(bool holds, string name, object? value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}, and must be {allowed}"));
        }
    }
}
