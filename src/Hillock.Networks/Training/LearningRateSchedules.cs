namespace Hillock.Networks;

/// <summary>The same rate at every step.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override string Text => "constant";

    /// <inheritdoc/>
    internal override bool DependsOnLength => false;

    /// <inheritdoc/>
    public override double Factor(long index, long steps, long stepsOfEpoch) => 1;
}

/// <summary>The rate is multiplied by a factor after every so many epochs.</summary>
/// <param name="Epochs">The epochs at one rate; at least 1.</param>
/// <param name="Decay">The factor; above 0 and at most 1.</param>
public sealed record StepSchedule(int Epochs, double Decay = 0.1) : LearningRateSchedule
{
    /// <summary>The epochs at one rate; at least 1.</summary>
    public int Epochs { get; } = (int)Require(Epochs, Epochs >= 1, nameof(Epochs), "at least 1");

    /// <summary>The factor; above 0 and at most 1.</summary>
    public double Decay { get; } = Require(Decay, Decay is > 0 and <= 1, nameof(Decay), "above 0 and at most 1");

    /// <inheritdoc/>
    public override string Text => FormattableString.Invariant($"step({Epochs}, {Decay:R})");

    /// <inheritdoc/>
    internal override bool DependsOnLength => false;

    /// <inheritdoc/>
    public override double Factor(long index, long steps, long stepsOfEpoch)
    {
        double factor = 1;
        for (long times = index / stepsOfEpoch / Epochs; times > 0 && factor > 0; times--)
        {
            factor *= Decay;
        }

        return factor;
    }
}

/// <summary>The rate falls to 0 along half a wave of the cosine: (1 + cos(π·step/steps))/2.</summary>
/// <remarks>Loshchilov &amp; Hutter, SGDR: stochastic gradient descent with warm restarts, 2017; without restarts.</remarks>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override string Text => "cosine";

    /// <inheritdoc/>
    public override double Factor(long index, long steps, long stepsOfEpoch) => HalfWave((double)index / steps);
}

/// <summary>
/// The rate rises from 1/25 to the whole and falls to 1/250000 at the last step, each along half a wave of the cosine, as PyTorch's OneCycleLR does.
/// </summary>
/// <remarks>
/// Smith &amp; Topin, Super-convergence: very fast training of neural networks using large learning rates, 2018. The momentum stays as it is.
/// </remarks>
/// <param name="Rise">The share of the steps that the rise takes; above 0 and below 1.</param>
public sealed record OneCycleSchedule(double Rise = 0.3) : LearningRateSchedule
{
    private const double Initial = 1.0 / 25;
    private const double Final = Initial / 1e4;

    /// <summary>The share of the steps that the rise takes; above 0 and below 1.</summary>
    public double Rise { get; } = Require(Rise, Rise is > 0 and < 1, nameof(Rise), "above 0 and below 1");

    /// <inheritdoc/>
    public override string Text => FormattableString.Invariant($"one_cycle({Rise:R})");

    /// <inheritdoc/>
    public override double Factor(long index, long steps, long stepsOfEpoch)
    {
        // A training of a few steps may have no room for a rise.
        double top = Math.Max(0, (Rise * steps) - 1);
        double last = steps - 1;
        return index < top ? 1 + ((Initial - 1) * HalfWave(index / top))
            : index > top ? Final + ((1 - Final) * HalfWave((index - top) / (last - top)))
            : 1;
    }
}

/// <summary>
/// The rate rises in equal parts from 1/n at the first step to the whole at the n-th; then another schedule runs over the steps that are left, as
/// if they were all.
/// </summary>
/// <remarks>Goyal et al., Accurate, large minibatch SGD, 2017.</remarks>
/// <param name="Steps">The steps n of the rise; at least 1. A shorter training ends before it is over.</param>
/// <param name="Then">What follows; no other warm-up.</param>
public sealed record WarmUpSchedule(int Steps, LearningRateSchedule Then) : LearningRateSchedule
{
    /// <summary>The steps of the rise; at least 1.</summary>
    public int Steps { get; } = (int)Require(Steps, Steps >= 1, nameof(Steps), "at least 1");

    /// <summary>What follows; no other warm-up.</summary>
    public LearningRateSchedule Then { get; } = Then switch
    {
        null => throw new ArgumentNullException(nameof(Then)),
        WarmUpSchedule => throw new ArgumentOutOfRangeException(null, "one warm-up is enough"),
        _ => Then,
    };

    /// <inheritdoc/>
    public override string Text => Then is ConstantSchedule ? $"warmup({Steps})" : $"warmup({Steps})+{Then.Text}";

    /// <inheritdoc/>
    internal override bool DependsOnLength => Then.DependsOnLength;

    /// <inheritdoc/>
    public override double Factor(long index, long steps, long stepsOfEpoch) =>
        index < Steps ? (index + 1.0) / Steps : Then.Factor(index - Steps, steps - Steps, stepsOfEpoch);
}
