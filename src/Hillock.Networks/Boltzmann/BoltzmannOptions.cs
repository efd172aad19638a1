namespace Hillock.Networks;

/// <summary>What the visible units of a restricted Boltzmann machine are.</summary>
public enum VisibleUnits
{
    /// <summary>0 or 1, or probabilities between; what is reconstructed is σ(W·h + b).</summary>
    Binary,

    /// <summary>Real numbers of unit variance: standardise the data; what is reconstructed is W·h + b.</summary>
    Gaussian,
}

/// <summary>What the hidden units of a restricted Boltzmann machine are; s is what a unit reads, W·v + c.</summary>
public enum HiddenUnits
{
    /// <summary>1 with probability σ(s), else 0 (Smolensky 1986; Hinton 2002).</summary>
    Binary,

    /// <summary>max(0, s).</summary>
    Rectified,

    /// <summary>
    /// max(0, s + N(0, σ(s))), σ(s) being the variance: what endlessly many binary units with the same weights and biases lower by 1/2, 3/2, 5/2, ... give in
    /// sum, about (Nair &amp; Hinton, Rectified linear units improve restricted Boltzmann machines, 2010).
    /// </summary>
    NoisyRectified,
}

/// <summary>How a restricted Boltzmann machine is trained.</summary>
public sealed record BoltzmannOptions
{
    /// <summary>How many times the samples are gone through; at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The samples of a step; at least 1.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>The learning rate; above 0. Rectified units, which have no bound, need a smaller one than binary ones.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>The momentum; at least 0 and below 1.</summary>
    public double Momentum { get; init; } = 0.5;

    /// <summary>The decay of the weights; at least 0.</summary>
    public double WeightDecay { get; init; } = 0.0002;

    /// <summary>The steps k of contrastive divergence: how often the hidden units are drawn before the second statistics are taken; at least 1.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>
    /// Whether the chains go on from step to step instead of beginning at the data (Tieleman, Training restricted Boltzmann machines using approximations to the
    /// likelihood gradient, 2008).
    /// </summary>
    public bool Persistent { get; init; }

    internal void Validate()
    {
        Require(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1");
        Require(double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), LearningRate, "above 0");
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and below 1");
        Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, nameof(WeightDecay), WeightDecay, "at least 0");
        Require(Steps >= 1, nameof(Steps), Steps, "at least 1");
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}, and must be {allowed}"));
        }
    }
}
