using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x - tanh(x).</summary>
public readonly struct TanhShrink : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "tanhshrink",
        Title = "Tanh shrink",
        Summary = "What tanh takes away: x pulled towards 0 by its own tanh.",
        Paper = "",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Aliases =
        [
            new("tanh_shrink", "", "", "The name of tanhshrink in Keras."),
        ],
        Peers =
        [
            new("PyTorch", "nn.Tanhshrink"),
            new("Keras", "tanh_shrink"),
        ],
        Strengths =
        [
            "Smooth, and flat at zero: small values are pressed to nothing.",
            "Does not saturate.",
        ],
        Weaknesses =
        [
            "Hardly any gradient near zero, where most inputs are.",
            "An exponential for every element.",
        ],
        WhenToUse = "To denoise codes; hardly ever in hidden layers.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.TanhShrink(x);
}
