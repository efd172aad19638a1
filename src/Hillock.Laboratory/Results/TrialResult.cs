namespace Hillock.Laboratory;

/// <summary>Everything measured in one trial: one candidate on one split. This is what a line of the ledger holds.</summary>
public sealed record TrialResult
{
    /// <summary>The trial's id: the hash of its specification.</summary>
    public required string Id { get; init; }

    /// <summary>The candidate with every parameter spelled out.</summary>
    public required string Activation { get; init; }

    /// <summary>The repeat, from 1.</summary>
    public required int Repeat { get; init; }

    /// <summary>The fold, from 1; 1 with a holdout.</summary>
    public required int Fold { get; init; }

    /// <summary>The samples trained on.</summary>
    public required int TrainingSamples { get; init; }

    /// <summary>The samples tested on.</summary>
    public required int TestSamples { get; init; }

    /// <summary>
    /// Whether training, or every rate of the search, ended in values that are not finite, or in a training loss over ten times that of knowing nothing.
    /// </summary>
    public required bool Diverged { get; init; }

    /// <summary>The learning rate trained with; null where every rate of the search diverged.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>What the search for the learning rate saw, by ascending rate; empty where the rate was given.</summary>
    public required IReadOnlyList<SearchedRate> Search { get; init; }

    /// <summary>The accuracy or R² on the test part; null where diverged.</summary>
    public double? Score { get; init; }

    /// <summary>The log-loss, or the RMSE in the target's units, on the test part; null where diverged.</summary>
    public double? SecondaryScore { get; init; }

    /// <summary>The learning curve, epoch by epoch as far as training came.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>The wall-clock seconds of the training, the search aside and the curve's held-out scores included.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>The median wall-clock seconds of an epoch, the curve's held-out scores included: what warms up or is interrupted does not count.</summary>
    public double SecondsPerEpoch { get; init; }

    /// <summary>The wall-clock seconds of the whole trial.</summary>
    public double Seconds { get; init; }

    /// <summary>The share of dead units over all hidden layers; null where it does not exist.</summary>
    public double? Dead { get; init; }

    /// <summary>The share of saturated unit-sample pairs over all hidden layers; null where it does not exist.</summary>
    public double? Saturated { get; init; }

    /// <summary>The share of hidden outputs that are exactly zero; null where diverged or without hidden layers.</summary>
    public double? Sparsity { get; init; }

    /// <summary>The gradient of a sample at the last hidden layer over that at the first, before the first step; null where it does not exist.</summary>
    public double? GradientRatio { get; init; }

    /// <summary>The diagnosis of each hidden layer on the training part; empty where diverged.</summary>
    public IReadOnlyList<TrialLayer> Layers { get; init; } = [];

    /// <summary>
    /// What is wrong with the trained network, and with one whose training diverged, what is the cause of others first; empty where nothing is, or no
    /// network was trained.
    /// </summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>
    /// What a paired test on the samples of a holdout needs: one bit for each sample, right or wrong (low bits first), or for a regression
    /// the squared errors of the standardised targets as little-endian floats. Null for folds and where diverged.
    /// </summary>
    public byte[]? SampleOutcomes { get; init; }
}

/// <summary>One learning rate of a search.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="ValidationLoss">The mean loss on the inner validation part over the last third of the search's epochs; null where it diverged.</param>
public sealed record SearchedRate(double Rate, double? ValidationLoss);

/// <summary>One epoch of a learning curve.</summary>
/// <param name="TrainingLoss">The mean loss of the epoch's batches; null where it is not finite.</param>
/// <param name="TestLoss">The loss on the test part after the epoch; null where it is not finite.</param>
/// <param name="TestScore">The score on the test part after the epoch; null where it is not finite.</param>
public sealed record EpochRecord(double? TrainingLoss, double? TestLoss, double? TestScore);

/// <summary>One hidden layer of a trial's trained network.</summary>
public sealed record TrialLayer
{
    /// <summary>Its units.</summary>
    public required int Units { get; init; }

    /// <summary>The share of dead units; null for functions of a row.</summary>
    public double? Dead { get; init; }

    /// <summary>The share of saturated unit-sample pairs; null for functions of a row.</summary>
    public double? Saturated { get; init; }

    /// <summary>The share of outputs that are exactly zero.</summary>
    public required double Sparsity { get; init; }

    /// <summary>How large the gradient of a sample's loss by the layer's weighted sums is, the root mean square over the samples, before the first step.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The learned parameters of its activation.</summary>
    public required IReadOnlyList<LearnedValues> Learned { get; init; }
}

/// <summary>The values that a layer learned for one parameter.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Values">One value for the layer, or one for each channel.</param>
public sealed record LearnedValues(string Name, IReadOnlyList<float> Values);
