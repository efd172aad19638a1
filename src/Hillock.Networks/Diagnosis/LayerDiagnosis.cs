using Hillock.Activations;

namespace Hillock.Networks;

/// <summary>Mean and variance of what flows at one place of a network.</summary>
/// <param name="Mean">The mean over units, samples and positions.</param>
/// <param name="Variance">The variance over all of these.</param>
/// <param name="UnitVariance">The mean over the units of each one's variance over samples and positions: what the signal tells samples apart by.</param>
public sealed record SignalMoments(double Mean, double Variance, double UnitVariance)
{
    /// <summary>The root of the mean square: how large the signal is.</summary>
    public double Size => Math.Sqrt(Variance + Mean * Mean);
}

/// <summary>What one unit (of a convolution, one filter) does over all samples and positions.</summary>
/// <param name="Dead">Whether its slope is at most 10⁻⁴ of the greatest everywhere; false for functions of a whole row.</param>
/// <param name="Saturated">The share of cases in which its slope is at most 5 % of the greatest; 0 for functions of a whole row.</param>
/// <param name="Active">The share of cases in which its input is above zero.</param>
/// <param name="LeastSlope">Its least slope, by magnitude, over the greatest that the activation has; NaN for functions of a whole row.</param>
/// <param name="GreatestSlope">Its greatest slope likewise.</param>
/// <param name="Mean">The mean of its output.</param>
/// <param name="Deviation">The standard deviation of its output.</param>
public readonly record struct UnitDiagnosis(
    bool Dead, float Saturated, float Active, float LeastSlope, float GreatestSlope, float Mean, float Deviation)
{
    private const float Stillness = 0.05f;
    private const float MostlySaturated = 0.99f;

    /// <summary>
    /// Whether it is held on a flat side, without being dead: saturated in at least 99 % of the cases, or with a slope that hardly varies and is at most half
    /// of the greatest, as that of a leaky unit which only ever sees negative inputs.
    /// </summary>
    public bool Stuck => !Dead && (Saturated >= MostlySaturated || (IsStill && GreatestSlope <= 0.5f));

    /// <summary>Whether it is on a flat side in practically all cases: dead, or saturated in at least 99 % of them.</summary>
    public bool Held => Dead || Saturated >= MostlySaturated;

    /// <summary>Whether it acts as a linear function: its slope is not small, and the same in all cases to 5 % of the greatest.</summary>
    public bool Linear => IsStill && GreatestSlope > 0.5f;

    private bool IsStill => !Dead && GreatestSlope - LeastSlope <= Stillness;
}

/// <summary>
/// What a layer does to signals and gradients: a layer that sums inputs with weights, with the activation behind it, or an activation by itself.
/// </summary>
public sealed record LayerDiagnosis
{
    /// <summary>The layer's number among those that are looked at, counted from 1 in the order of the data flow; in a perceptron 1 is the first hidden layer.</summary>
    public required int Layer { get; init; }

    /// <summary>The layer in the notation of network texts, such as <c>dense:256</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The number of units that come out.</summary>
    public required int Units { get; init; }

    /// <summary>The activation; null for a layer without one, as the last.</summary>
    public required Activation? Activation { get; init; }

    /// <summary>The activation as the user named it; null without one.</summary>
    public string? ActivationName => Activation?.Name;

    /// <summary>The normalisation between the sums and the activation, such as <c>batchnorm</c>; null where there is none.</summary>
    public string? Normalisation { get; init; }

    /// <summary>
    /// The share of units whose slope is at most 10⁻⁴ of its maximum on every sample: they learn no more. Null without an activation and for functions
    /// of a whole row.
    /// </summary>
    public double? Dead { get; init; }

    /// <summary>The share of cases (pairs of unit and sample) with a slope of at most 5 % of its maximum; null likewise.</summary>
    public double? Saturated { get; init; }

    /// <summary>The share of units that are held on a flat side (<see cref="UnitDiagnosis.Stuck"/>); null likewise.</summary>
    public double? Stuck { get; init; }

    /// <summary>The share of units that act as linear functions (<see cref="UnitDiagnosis.Linear"/>); null likewise.</summary>
    public double? Linear { get; init; }

    /// <summary>The share of outputs that are exactly zero.</summary>
    public required double Sparsity { get; init; }

    /// <summary>What the layer sums, before any normalisation.</summary>
    public required SignalMoments Sums { get; init; }

    /// <summary>What the activation reads; the same as <see cref="Sums"/> where nothing lies between.</summary>
    public required SignalMoments Input { get; init; }

    /// <summary>What comes out.</summary>
    public required SignalMoments Output { get; init; }

    /// <summary>How many of the numbers that came out, or went into the activation, were infinite or NaN; they are left out of the moments.</summary>
    public required long NotFinite { get; init; }

    /// <summary>The length of the mean over the samples of the gradient dC/ds by the layer's inputs to its activation; NaN where it overflows.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The root of the mean over the samples of the squared length of dC/ds: how large the gradient of a sample is. NaN where it overflows.</summary>
    public required double SampleGradientNorm { get; init; }

    /// <summary>The length of dC/dW, the gradient of the mean loss by the layer's weights; of a training the root mean square over its batches. Null without weights.</summary>
    public double? WeightGradientNorm { get; init; }

    /// <summary>The length of the weights as one vector; null without weights.</summary>
    public double? WeightNorm { get; init; }

    /// <summary>The share of units whose weights and bias are those of another unit, bit by bit; null without weights, and of a layer without an activation.</summary>
    public double? Identical { get; init; }

    /// <summary>
    /// The mean over the looked-at steps of an epoch of the length by which a step changed the weights over the length of the weights; null outside of a
    /// training.
    /// </summary>
    public double? UpdateRatio { get; init; }

    /// <summary>
    /// The effective learning speed: the length of the way from the weights before an epoch to those behind it, over their length before. Steps to
    /// and fro do not add to it. Null outside of a training.
    /// </summary>
    public double? LearningSpeed { get; init; }

    /// <summary>What the activation learned in this layer.</summary>
    public IReadOnlyList<LearnedParameter> LearnedParameters { get; init; } = [];

    /// <summary>The histogram of what comes out.</summary>
    public required LogHistogram Histogram { get; init; }

    /// <summary>Every unit; empty without an activation.</summary>
    public IReadOnlyList<UnitDiagnosis> UnitDetails { get; init; } = [];

    /// <summary>The gates of a recurrent layer; empty for others.</summary>
    public IReadOnlyList<GateDiagnosis> Gates { get; init; } = [];
}
