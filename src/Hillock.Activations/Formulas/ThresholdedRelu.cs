using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x where it exceeds theta, 0 elsewhere.</summary>
public readonly struct ThresholdedRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "thresholded_relu",
        Title = "Thresholded ReLU",
        Summary = "A rectifier that passes only what exceeds a threshold.",
        Paper = "Konda, Memisevic & Krueger, Zero-bias autoencoders and the benefits of co-adapting features, ICLR 2015",
        Range = "{0} ∪ (theta, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(theta) = 0: the threshold itself does not pass.",
        Parameters = [new("theta", 1, 0, 1000000, "what x must exceed to pass")],
        Peers =
        [
            new("Keras", "threshold", "its default_value is 0 here; Keras 2 had a layer ThresholdedReLU", null),
            new("ONNX", "ThresholdedRelu", "theta is called alpha"),
        ],
        Strengths =
        [
            "Sparser than ReLU.",
            "Features can be learned without biases.",
        ],
        Weaknesses =
        [
            "Jumps at the threshold.",
            "No gradient below the threshold: more units die than with ReLU.",
        ],
        WhenToUse = "In autoencoders without biases.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool HasTwoSlopes => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x - p.First, x, T.Constant(0));
}
