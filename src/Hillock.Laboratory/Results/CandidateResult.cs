using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Laboratory;

/// <summary>Whether a candidate could be trained.</summary>
public enum CandidateStatus
{
    /// <summary>Every trial has a score.</summary>
    Ok,

    /// <summary>At least one trial diverged, so that a mean over the others would flatter the candidate.</summary>
    Diverged,
}

/// <summary>What was found about one candidate. Lists over trials run by repeat, then by fold.</summary>
public sealed record CandidateResult
{
    /// <summary>The name as the user gave it.</summary>
    public string Name => Activation.Name;

    /// <summary>The function.</summary>
    public required Activation Activation { get; init; }

    /// <summary>The function with every parameter spelled out, such as <c>leaky_relu(alpha=learn(layer, init=0.25))</c>.</summary>
    public required string Specification { get; init; }

    /// <summary>Whether it could be trained.</summary>
    public required CandidateStatus Status { get; init; }

    /// <summary>What one evaluation costs, by the function's file.</summary>
    public CostClass Cost => Activation.Definition.Facts.Cost;

    /// <summary>The trials with everything measured in them.</summary>
    public required IReadOnlyList<TrialResult> Trials { get; init; }

    /// <summary>The mean score; null where diverged.</summary>
    public required double? Mean { get; init; }

    /// <summary>The standard deviation (n - 1) of the scores over the trials; null with a single trial or where diverged.</summary>
    public required double? StandardDeviation { get; init; }

    /// <summary>
    /// The standard error of the mean, with the correction for overlapping training parts (Nadeau &amp; Bengio 2003); of an accuracy at least that of a
    /// proportion of the samples tested, by which a few scores that happen to agree are not taken for certain; null where neither exists.
    /// </summary>
    public required double? StandardError { get; init; }

    /// <summary>The lower end of the 95 % interval of the mean; null where there is none.</summary>
    public required double? Low { get; init; }

    /// <summary>The upper end of the 95 % interval of the mean; null where there is none.</summary>
    public required double? High { get; init; }

    /// <summary>The mean of the secondary metric; null where diverged.</summary>
    public required double? SecondaryMean { get; init; }

    /// <summary>The standard deviation of the secondary metric; null with a single trial or where diverged.</summary>
    public required double? SecondaryStandardDeviation { get; init; }

    /// <summary>The standard error of the mean of the secondary metric, corrected as <see cref="StandardError"/>; null with a single trial or where diverged.</summary>
    public required double? SecondaryStandardError { get; init; }

    /// <summary>The p-value against the best candidate after Holm's correction; null for the best itself, where diverged and where no test exists.</summary>
    public required double? PValue { get; init; }

    /// <summary>The p-value before the correction.</summary>
    public required double? UncorrectedPValue { get; init; }

    /// <summary>The p-value of the secondary metric against the best candidate's after Holm's correction; null as <see cref="PValue"/>, and with a single trial.</summary>
    public required double? SecondaryPValue { get; init; }

    /// <summary>The median of the trials' learning rates, of two in the middle the lesser, so that it is one that was trained with; null where no trial found one.</summary>
    public required double? LearningRate { get; init; }

    /// <summary>The median over the trials of the seconds of a training epoch on one thread; null where no trial trained.</summary>
    public required double? SecondsPerEpoch { get; init; }

    /// <summary>The mean over the trials of the share of dead units; null where it does not exist.</summary>
    public required double? Dead { get; init; }

    /// <summary>The mean over the trials of the share of saturated unit-sample pairs; null where it does not exist.</summary>
    public required double? Saturated { get; init; }

    /// <summary>The mean over the trials of the share of outputs that are exactly zero; null where diverged or without hidden layers.</summary>
    public required double? Sparsity { get; init; }

    /// <summary>
    /// The median over the trials of the gradient of a sample at the last hidden layer over that at the first, before the first step; null where diverged or with fewer than two hidden layers.
    /// </summary>
    public required double? GradientRatio { get; init; }

    /// <summary>The diagnosis layer by layer, from the first hidden layer on; empty where diverged.</summary>
    public required IReadOnlyList<LayerSummary> Layers { get; init; }

    /// <summary>
    /// What is wrong inside of its networks, what was found in most trials first; empty where nothing is. That a network without any non-linearity is linear
    /// is not held against a candidate that does as well as the best.
    /// </summary>
    public required IReadOnlyList<CandidateFinding> Findings { get; init; }

    /// <summary>The parameters of the function: what was asked for and what was learned.</summary>
    public required IReadOnlyList<ParameterSummary> Parameters { get; init; }
}

/// <summary>What is wrong with networks of a candidate.</summary>
/// <param name="Finding">The finding in one of these networks: the one whose figure is in the middle.</param>
/// <param name="Trials">In how many trials something of the same code was found.</param>
public sealed record CandidateFinding(Finding Finding, int Trials);

/// <summary>One hidden layer of a candidate's trained networks: means over the trials.</summary>
public sealed record LayerSummary
{
    /// <summary>The number of the layer; the first hidden layer is 1.</summary>
    public required int Layer { get; init; }

    /// <summary>Its units.</summary>
    public required int Units { get; init; }

    /// <summary>The share of units whose slope is at most 10⁻⁴ of its maximum on every training sample; null for functions of a row.</summary>
    public required double? Dead { get; init; }

    /// <summary>The share of unit-sample pairs whose slope is at most 5 % of its maximum; null for functions of a row.</summary>
    public required double? Saturated { get; init; }

    /// <summary>The share of outputs that are exactly zero.</summary>
    public required double Sparsity { get; init; }

    /// <summary>How large the gradient of a sample's loss by the layer's weighted sums is, the root mean square over the samples, before the first step.</summary>
    public required double GradientNorm { get; init; }
}

/// <summary>One parameter of a candidate.</summary>
public sealed record ParameterSummary
{
    /// <summary>Its name, such as <c>alpha</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where its value comes from.</summary>
    public required ParameterMode Mode { get; init; }

    /// <summary>The mode as text: a number, <c>learn(layer, init=0.25)</c>, <c>uniform(0.125, 0.3333)</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The value in evaluation before anything is learned.</summary>
    public required double Value { get; init; }

    /// <summary>What was learned, layer by layer; empty where nothing is learned or the candidate diverged.</summary>
    public required IReadOnlyList<LearnedSummary> Learned { get; init; }
}

/// <summary>The learned values of one parameter in one layer, over all trials (and channels).</summary>
/// <param name="Layer">The number of the layer; the first hidden layer is 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Their standard deviation (n - 1); 0 for a single value.</param>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest.</param>
public sealed record LearnedSummary(int Layer, double Mean, double StandardDeviation, double Minimum, double Maximum);
