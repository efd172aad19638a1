using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;

namespace Hillock.Activations.Formulas;

/// <summary>Softmax over the last axis: e^(x - max) divided by its sum.</summary>
public readonly struct Softmax : IRowFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "softmax",
        Title = "Softmax",
        Summary = "Turns a row of scores into probabilities that sum to one.",
        Paper = "Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990",
        Range = "[0, 1]",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("PyTorch", "nn.Softmax", "asks for the axis"),
            new("Keras", "softmax"),
            new("JAX", "jax.nn.softmax"),
            new("ONNX", "Softmax", "before opset 13 the axis is 1 and later axes are flattened"),
        ],
        Strengths =
        [
            "Its values read as the probabilities of exclusive classes.",
            "With cross-entropy the gradient is simply probability minus target.",
        ],
        Weaknesses =
        [
            "Saturates where one score dominates.",
            "Units of a layer compete: rarely right in hidden layers.",
        ],
        WhenToUse = "On the output of a classifier with more than two exclusive classes.",
    };

    /// <inheritdoc/>
    public static string Formula => "exp(x_i - max(x)) / sum_j exp(x_j - max(x))";

    /// <inheritdoc/>
    public static string Derivative => "dy_i/dx_j = y_i * ((i == j ? 1 : 0) - y_j)";

    /// <inheritdoc/>
    public static void Forward(Span<double> row)
    {
        // With the maximum subtracted nothing overflows, and the largest term is exactly 1. +∞ and NaN make the row NaN, as in JAX.
        double maximum = double.NegativeInfinity;
        foreach (double x in row)
        {
            maximum = Math.Max(maximum, x);
        }

        for (int i = 0; i < row.Length; i++)
        {
            row[i] -= maximum;
        }

        ElementaryFunctions.Exp(row, row);
        double sum = FixedTree.Sum(row);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] /= sum;
        }
    }

    /// <inheritdoc/>
    public static void Backward(Span<double> row, ReadOnlySpan<double> outputGradient)
    {
        Forward(row);
        double mean = FixedTree.Dot(row, outputGradient);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] *= outputGradient[i] - mean;
        }
    }
}
