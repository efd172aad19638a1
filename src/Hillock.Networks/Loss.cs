namespace Hillock.Networks;

/// <summary>What training minimises: the mean over the samples of one of these, from the outputs of the last layer as they are (logits).</summary>
public enum Loss
{
    /// <summary>ln Σ_j e^(z_j) - z_label: one output for each class.</summary>
    SoftmaxCrossEntropy,

    /// <summary>ln(1 + e^z) - label·z: one output, labels 0 and 1.</summary>
    BinaryCrossEntropy,

    /// <summary>(z - target)²: one output.</summary>
    MeanSquaredError,
}
