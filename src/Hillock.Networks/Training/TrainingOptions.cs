namespace Hillock.Networks;

/// <summary>A rule that turns gradients into steps.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum (Polyak 1964): v = μ·v + g, w -= η·v. Weight decay adds λ·w to g.</summary>
    Sgd,

    /// <summary>Adam (Kingma &amp; Ba 2015), β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. Weight decay adds λ·w to g.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019): w -= η·λ·w beside Adam's step.</summary>
    AdamW,
}

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>The optimiser.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The learning rate η; above 0.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>The momentum μ of <see cref="OptimizerKind.Sgd"/>, in [0, 1); the other optimisers do not look at it.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>The weight decay λ of the weights, at least 0; biases and activation parameters do not decay.</summary>
    public double WeightDecay { get; init; }

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

    internal void Validate()
    {
        Require(Enum.IsDefined(Optimizer), nameof(Optimizer), Optimizer, "one of Sgd, Adam and AdamW");
        Require(double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), LearningRate, "a number above 0");
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and below 1");
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
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, and must be {allowed}");
        }
    }
}
