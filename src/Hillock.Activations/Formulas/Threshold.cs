using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x above a threshold, a constant elsewhere.</summary>
public readonly struct Threshold : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "threshold",
        Title = "Threshold",
        Summary = "Passes what exceeds a threshold and replaces the rest by a value.",
        Paper = "",
        Range = "{value} ∪ (threshold, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "The slope at the threshold is 0, as in PyTorch.",
        Parameters =
        [
            new("threshold", 0, -1000000, 1000000, "what x must exceed to pass"),
            new("value", 0, -1000000, 1000000, "what replaces the rest"),
        ],
        Peers =
        [
            new("PyTorch", "nn.Threshold", "threshold and value must be given", null),
            new("Keras", "threshold", "threshold and value must be given", null),
        ],
        Strengths =
        [
            "As cheap as ReLU, of which it is the general form.",
        ],
        Weaknesses =
        [
            "Jumps at the threshold unless the value equals it.",
            "No gradient below the threshold.",
        ],
        WhenToUse = "Where a signal counts only beyond a certain strength.",
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
        T.IfPositive(x - p.First, x, p.Second);
}
