using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>|x|.</summary>
public readonly struct Absolute : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "abs",
        Title = "Absolute value",
        Summary = "The absolute value: a rectifier that folds the negative side up.",
        Paper = "Jarrett, Kavukcuoglu, Ranzato & LeCun, What is the Best Multi-Stage Architecture for Object Recognition?, ICCV 2009",
        Range = "[0, ∞)",
        Monotone = false,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "f'(0) = 0, as in PyTorch.",
        Aliases =
        [
            new("vrelu", "", "Hu, vReLU Activation Functions for Artificial Neural Networks, ICNC-FSKD 2018", "The V-shaped rectifier: -x where ReLU is 0."),
        ],
        Peers =
        [
            new("PyTorch", "torch.abs"),
            new("Keras", "ops.abs"),
            new("JAX", "jax.numpy.abs"),
            new("ONNX", "Abs"),
        ],
        Strengths =
        [
            "Units cannot die: the slope is 1 or -1.",
            "One bit to clear.",
        ],
        Weaknesses =
        [
            "Forgets the sign.",
            "Outputs are never negative.",
        ],
        WhenToUse = "Where the polarity of a feature does not matter, as with edges.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Abs(x);
}
