namespace Hillock.Networks;

/// <summary>A rule that turns gradients into steps.</summary>
public enum OptimizerKind
{
    /// <summary>
    /// Stochastic gradient descent with momentum (Polyak 1964): v = μ·v + g, w -= η·v, or with <see cref="TrainingOptions.Nesterov"/>
    /// w -= η·(g + μ·v). Weight decay adds λ·w to g.
    /// </summary>
    Sgd,

    /// <summary>Adam (Kingma &amp; Ba 2015), β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. Weight decay adds λ·w to g.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019): w -= η·λ·w beside Adam's step.</summary>
    AdamW,

    /// <summary>RMSProp (Tieleman &amp; Hinton 2012), ρ = 0.9, ε = 10⁻⁸: v = ρ·v + (1 - ρ)·g², w -= η·g/(√v + ε). Weight decay adds λ·w to g.</summary>
    RmsProp,
}

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>The optimiser.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The learning rate η; above 0. With a <see cref="Schedule"/> the greatest one.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>How the learning rate changes from step to step.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The momentum μ of <see cref="OptimizerKind.Sgd"/>, in [0, 1); the other optimisers do not look at it.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether <see cref="OptimizerKind.Sgd"/> takes its gradient where the momentum leads (Nesterov 1983); only with that optimiser.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The weight decay λ of the weights, at least 0; biases, scales and activation parameters do not decay without <see cref="DecayAll"/>.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether biases, scales of normalisations and activation parameters decay as weights do.</summary>
    public bool DecayAll { get; init; }

    /// <summary>Every gradient is brought into [-this, this] before a step; above 0, null for no bound.</summary>
    public double? ClipValue { get; init; }

    /// <summary>
    /// The vector of all gradients is shortened to this Euclidean length where it is longer, after <see cref="ClipValue"/>; above 0, null for no
    /// bound.
    /// </summary>
    public double? ClipNorm { get; init; }

    /// <summary>
    /// The share ε of a sample's target that is spread evenly over all classes (Szegedy et al. 2016): at least 0 and below 1, for
    /// <see cref="Loss.SoftmaxCrossEntropy"/>. The training loss is that of the smoothed targets, the validation loss that of the labels.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How many times the training samples are gone through, at most; at least 1.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>The number of samples of one step; at least 1. The last batch of an epoch takes what is left.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How the images of a batch are changed at random; null for not at all, and for other samples.</summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>The threads that share the work of a step, the calling one included: 1 to 1024. The results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// How many epochs without a lower validation loss end the training; at least 1, null for never. Where it is set the weights of the best epoch
    /// are restored at the end, and validation samples are needed.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>
    /// The folder where every epoch leaves a checkpoint, <c>checkpoint.safetensors</c>, in the place of the one before; null for none. A training with
    /// the same arguments that finds one goes on from there and comes to the same bits as one that was never interrupted; one with others refuses.
    /// The folder is made where there is none.
    /// </summary>
    public string? CheckpointFolder { get; init; }

    internal void Validate()
    {
        Require(Enum.IsDefined(Optimizer), nameof(Optimizer), Optimizer, "one of Sgd, Adam, AdamW and RmsProp");
        Require(double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), LearningRate, "a number above 0");
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and below 1");
        Require(Schedule is not null, nameof(Schedule), "null", "a schedule");
        Require(!Nesterov || Optimizer == OptimizerKind.Sgd, nameof(Nesterov), Nesterov, $"false with {Optimizer}: only Sgd has a momentum of that kind");
        Require(ClipValue is not (<= 0 or double.NaN), nameof(ClipValue), ClipValue, "above 0, or null");
        Require(ClipNorm is not (<= 0 or double.NaN), nameof(ClipNorm), ClipNorm, "above 0, or null");
        Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "at least 0 and below 1");
        Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, nameof(WeightDecay), WeightDecay, "at least 0");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1");
        Require(Threads is >= 1 and <= 1024, nameof(Threads), Threads, "from 1 to 1024");
        Require(Patience is null or >= 1, nameof(Patience), Patience, "at least 1, or null");
    }

    private static void Require(bool holds, string name, object? value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}, and must be {allowed}"));
        }
    }
}
