using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>alpha·tanh(beta·x).</summary>
public readonly struct ScaledTanh : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "scaled_tanh",
        Title = "Scaled tanh",
        Summary = "A hyperbolic tangent stretched in both directions, by default so that f(±1) = ±1.",
        Paper = "LeCun, Bottou, Orr & Müller, Efficient BackProp, 1998",
        Range = "(-alpha, alpha)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Parameters =
        [
            new("alpha", 1.7159, -1000, 1000, "the height"),
            new("beta", 0.6666666666666666, -1000, 1000, "how fast it bends"),
        ],
        Aliases =
        [
            new("ssigmoid", "alpha=2, beta=0.5", "Xu, Huang & Li, Revise Saturated Activation Functions, 2016", "The scaled sigmoid 4·sigmoid(x) - 2, which is 2·tanh(x/2): its slope at 0 is 1."),
        ],
        Peers =
        [
            new("ONNX", "ScaledTanh", "an activation of RNN, GRU and LSTM; alpha and beta are given there", null),
        ],
        Strengths =
        [
            "Keeps targets of ±1 off its asymptotes.",
            "With inputs of variance 1 its outputs have about variance 1.",
        ],
        Weaknesses =
        [
            "Saturates on both sides, like tanh.",
        ],
        WhenToUse = "In the place of tanh with standardised inputs.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatCompensates => true;

    /// <inheritdoc/>
    /// <remarks>Great factors would show what small ones lose of subnormal numbers.</remarks>
    public static bool FloatLanesSuffice(P<float> p) => Math.Abs(p.First) <= 2 && Math.Abs(p.Second) is >= 0.5f and <= 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        p.First * T.TanhProduct(x, p.Second);
}
