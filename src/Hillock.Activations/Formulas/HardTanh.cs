using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x kept within bounds.</summary>
public readonly struct HardTanh : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "hardtanh",
        Title = "Hard tanh",
        Summary = "The identity cut off at both ends: a tanh made of straight lines.",
        Paper = "Collobert, Large Scale Machine Learning, PhD thesis, Université Paris VI, 2004",
        Range = "[lower, upper]",
        Monotone = true,
        Smooth = false,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "The slope is 0 at both bounds, as in PyTorch; in JAX it is 1.",
        Parameters =
        [
            new("lower", -1, -1000000, 1000000, "the least value") { AtMost = "upper" },
            new("upper", 1, -1000000, 1000000, "the greatest value"),
        ],
        Aliases =
        [
            new("hard_tanh", "", "Collobert, Large Scale Machine Learning, PhD thesis, Université Paris VI, 2004", "The name of hardtanh in Keras and JAX."),
            new("clip", "", "ONNX, operator Clip", "The name of hardtanh where its bounds are given."),
        ],
        Peers =
        [
            new("PyTorch", "nn.Hardtanh"),
            new("Keras", "hard_tanh", "the bounds are fixed at ±1"),
            new("JAX", "jax.nn.hard_tanh", "the bounds are fixed at ±1, and the slope there is 1"),
            new("ONNX", "Clip", "without bounds unless they are given", null),
        ],
        Strengths =
        [
            "Bounded at the cost of two comparisons.",
            "Exactly the identity in between.",
        ],
        Weaknesses =
        [
            "No gradient at all beyond the bounds.",
        ],
        WhenToUse = "Where tanh is too dear, and to clip what must stay within bounds.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool HasTwoSlopes => true;

    /// <inheritdoc/>
    public static bool SlopeFollowsOutput => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x - p.First, T.IfPositive(p.Second - x, x, p.Second), p.First);
}
