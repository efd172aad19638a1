namespace Hillock.Networks;

/// <summary>What a hidden layer does to signals and gradients.</summary>
public sealed record LayerDiagnosis
{
    /// <summary>The hidden layer, counted from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>The number of units.</summary>
    public required int Units { get; init; }

    /// <summary>The activation as the user named it.</summary>
    public required string ActivationName { get; init; }

    /// <summary>
    /// The share of units whose slope is at most 10⁻⁴ of its maximum on every sample: they learn no more. Null for functions of a whole row.
    /// </summary>
    public required double? Dead { get; init; }

    /// <summary>The share of pairs of unit and sample with a slope of at most 5 % of its maximum; null for functions of a whole row.</summary>
    public required double? Saturated { get; init; }

    /// <summary>The share of outputs that are exactly zero.</summary>
    public required double Sparsity { get; init; }

    /// <summary>The length of the mean over the samples of the gradient dC/ds by the layer's inputs to its activation.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>What the activation learned in this layer.</summary>
    public required IReadOnlyList<LearnedParameter> LearnedParameters { get; init; }
}

/// <summary>What the hidden layers of a network do to signals and gradients.</summary>
public sealed record DiagnosisResult
{
    /// <summary>The hidden layers in the order of the data flow.</summary>
    public required IReadOnlyList<LayerDiagnosis> Layers { get; init; }

    /// <summary>The share of dead units among all hidden units that can be judged; null where there are none.</summary>
    public required double? Dead { get; init; }

    /// <summary>The share of saturated pairs among all hidden units that can be judged; null where there are none.</summary>
    public required double? Saturated { get; init; }

    /// <summary>The share of exact zeros among the outputs of all hidden units; null without hidden layers.</summary>
    public required double? Sparsity { get; init; }

    /// <summary>The gradient norm of the last hidden layer over that of the first; null with fewer than two hidden layers.</summary>
    public required double? GradientRatio { get; init; }
}
