using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>No activation: what a network computes with it is linear.</summary>
public readonly struct Identity : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "identity",
        Title = "Identity",
        Summary = "No activation at all: however many layers, the network stays one linear map.",
        Paper = "",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Free,
        Aliases = [new("linear", "", "", "The name of the identity in Keras.")],
        Peers =
        [
            new("PyTorch", "nn.Identity"),
            new("Keras", "linear"),
            new("JAX", "jax.nn.identity"),
            new("ONNX", "Identity"),
        ],
        Strengths =
        [
            "The honest baseline: what it reaches, no non-linearity was needed for.",
            "Gradients pass unchanged.",
        ],
        Weaknesses =
        [
            "Layers collapse into one matrix: it can only learn linear boundaries.",
        ],
        WhenToUse = "As the baseline of a comparison, and on the output of a regression.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        x;
}
