using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x outside [-lambda, lambda], 0 within.</summary>
public readonly struct HardShrink : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "hardshrink",
        Title = "Hard shrink",
        Summary = "Cuts small values of either sign to zero and passes the others.",
        Paper = "Donoho & Johnstone, Ideal spatial adaptation by wavelet shrinkage, Biometrika 1994",
        Range = "(-∞, -lambda) ∪ {0} ∪ (lambda, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "f'(±lambda) = 0, as in PyTorch.",
        Parameters = [new("lambda", 0.5, 0, 1000000, "how small a value must be to be cut")],
        Aliases =
        [
            new("hard_shrink", "", "Donoho & Johnstone, Ideal spatial adaptation by wavelet shrinkage, Biometrika 1994", "The name of hardshrink in Keras."),
        ],
        Peers =
        [
            new("PyTorch", "nn.Hardshrink"),
            new("Keras", "hard_shrink"),
            new("ONNX", "Shrink", "bias must be 0"),
        ],
        Strengths =
        [
            "Sparse, and what passes is unchanged.",
        ],
        Weaknesses =
        [
            "Jumps by lambda on both sides.",
            "No gradient within.",
        ],
        WhenToUse = "To denoise codes; hardly ever in hidden layers.",
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
        T.IfPositive(T.Abs(x) - p.First, x, T.Constant(0));
}
