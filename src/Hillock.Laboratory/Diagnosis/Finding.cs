using System.Text.Json.Serialization;
using Hillock.Activations;

namespace Hillock.Laboratory;

/// <summary>The codes of findings: they mean the same in every version.</summary>
public static class FindingCodes
{
    /// <summary>Weights, biases or running statistics are infinite or NaN.</summary>
    public const string NotFiniteParameters = "not_finite_parameters";

    /// <summary>Signals overflow though all parameters are finite.</summary>
    public const string Overflow = "overflow";

    /// <summary>The inputs are far larger or smaller than 1.</summary>
    public const string InputScale = "input_scale";

    /// <summary>Units of a layer are copies of each other.</summary>
    public const string IdenticalUnits = "identical_units";

    /// <summary>The decay of the weights took them to zero.</summary>
    public const string DecayedWeights = "decayed_weights";

    /// <summary>Signals grow from layer to layer.</summary>
    public const string ExplodingSignal = "exploding_signal";

    /// <summary>Signals shrink from layer to layer.</summary>
    public const string VanishingSignal = "vanishing_signal";

    /// <summary>Units are inactive on every sample.</summary>
    public const string DeadUnits = "dead_units";

    /// <summary>Units of a function that is flat on both sides are on a flat side in most cases.</summary>
    public const string SaturatedUnits = "saturated_units";

    /// <summary>Units are held on the side where their slope is small.</summary>
    public const string StuckUnits = "stuck_units";

    /// <summary>Gradients grow on their way back to the first layer.</summary>
    public const string ExplodingGradient = "exploding_gradient";

    /// <summary>Gradients shrink on their way back to the first layer, or did at the start of a training that then stood still.</summary>
    public const string VanishingGradient = "vanishing_gradient";

    /// <summary>The activation of a layer acts as a linear function.</summary>
    public const string LinearLayer = "linear_layer";

    /// <summary>The whole network is one linear map.</summary>
    public const string LinearNetwork = "linear_network";

    /// <summary>A learned parameter of an activation was pushed to the end of its range.</summary>
    public const string ParameterAtBound = "parameter_at_bound";

    /// <summary>A normalisation makes up for signals that are far too small or too large before it.</summary>
    public const string HiddenByNormalisation = "hidden_by_normalisation";

    /// <summary>Steps of training change the weights by too much.</summary>
    public const string LargeUpdates = "large_updates";

    /// <summary>The training hardly moves the weights.</summary>
    public const string SlowLearning = "slow_learning";

    /// <summary>The network says about the same of every sample.</summary>
    public const string ConstantOutput = "constant_output";

    /// <summary>The training ended while the loss still fell steeply.</summary>
    public const string Undertrained = "undertrained";

    /// <summary>The trained network does no better than one that knows nothing.</summary>
    public const string NothingLearned = "nothing_learned";

    /// <summary>On samples held out of the training, the network does no better than a guess that is always the same.</summary>
    public const string WorseThanGuessing = "worse_than_guessing";

    /// <summary>The network does far worse on samples held out of the training than on those that it learned from.</summary>
    public const string Overfitting = "overfitting";
}

/// <summary>Something that can be done about a finding, and be tried.</summary>
/// <param name="Text">What to do, as an imperative: <c>train at a learning rate of 0.1</c>.</param>
public sealed record Remedy(string Text)
{
    /// <summary>The learning rate to train with; null for the one that was.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The decay of the weights to train with; null for the one that was.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The activation to put in the place of the others; null for those that are.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Whether a batch normalisation is put before every activation that has none.</summary>
    public bool Normalise { get; init; }
}

/// <summary>Something that is wrong with a network.</summary>
public sealed record Finding
{
    /// <summary>What it is: one of <see cref="FindingCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The layer (<see cref="Networks.LayerDiagnosis.Layer"/>) where it is seen first or most; null where it concerns the whole network.</summary>
    public int? Layer { get; init; }

    /// <summary>What was measured.</summary>
    public required double Value { get; init; }

    /// <summary>From where on, upwards or downwards, <see cref="Value"/> is a finding.</summary>
    public required double Threshold { get; init; }

    /// <summary>What is wrong, with the number: one sentence without its full stop.</summary>
    public required string Text { get; init; }

    /// <summary>Why, as far as it can be told.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do.</summary>
    public required string Advice { get; init; }

    /// <summary>What of it can be tried, the most promising first. It is not written to ledgers: nothing is tried there.</summary>
    [JsonIgnore]
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];

    /// <summary>What is wrong, why, and what to do.</summary>
    public override string ToString() => $"{Text}: {Cause}. {char.ToUpperInvariant(Advice[0])}{Advice[1..]}";
}
