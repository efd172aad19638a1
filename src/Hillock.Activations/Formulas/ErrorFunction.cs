using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>erf(x), the integral of the Gaussian bell.</summary>
public readonly struct ErrorFunction : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "erf",
        Title = "Error function",
        Summary = "The error function: a sigmoid in (-1, 1) that saturates faster than tanh.",
        Paper = "",
        Range = "(-1, 1)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Peers =
        [
            new("PyTorch", "torch.erf"),
            new("Keras", "ops.erf"),
            new("JAX", "jax.lax.erf"),
            new("ONNX", "Erf", "from opset 9"),
        ],
        Strengths =
        [
            "Centred on zero and bounded.",
            "Its expectations under normal inputs have closed forms.",
        ],
        Weaknesses =
        [
            "Saturates on both sides, faster than tanh.",
        ],
        WhenToUse = "In theory, and where tanh would do.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 8.9f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Erf(x);
}
