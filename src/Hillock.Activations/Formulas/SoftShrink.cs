using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x pulled towards 0 by lambda: sign(x)·max(|x| - lambda, 0).</summary>
public readonly struct SoftShrink : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "softshrink",
        Title = "Soft shrink",
        Summary = "Pulls every value towards zero by lambda: what sparse coding does to its codes.",
        Paper = "Donoho, De-noising by soft-thresholding, IEEE Transactions on Information Theory 1995",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "f'(±lambda) = 0, as in PyTorch.",
        Parameters = [new("lambda", 0.5, 0, 1000000, "by how much values are pulled towards 0")],
        Aliases =
        [
            new("soft_shrink", "", "Donoho, De-noising by soft-thresholding, IEEE Transactions on Information Theory 1995", "The name of softshrink in Keras."),
        ],
        Peers =
        [
            new("PyTorch", "nn.Softshrink"),
            new("Keras", "soft_shrink"),
            new("ONNX", "Shrink", "bias must be lambda", null),
        ],
        Strengths =
        [
            "Sparse and continuous.",
            "The proximal operator of the absolute value: a step of sparse coding.",
        ],
        Weaknesses =
        [
            "No gradient within [-lambda, lambda].",
            "What passes is biased by lambda.",
        ],
        WhenToUse = "In unrolled sparse coding and denoising networks.",
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
        T.IfPositive(x - p.First, x - p.First, T.IfPositive(-x - p.First, x + p.First, T.Constant(0)));
}
