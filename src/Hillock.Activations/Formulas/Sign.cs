using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The sign of x: -1, 0 or 1.</summary>
public readonly struct Sign : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "sign",
        Title = "Sign",
        Summary = "The sign: -1, 0 or 1.",
        Paper = "",
        Range = "{-1, 0, 1}",
        Monotone = true,
        Smooth = false,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "f(0) = 0, and the derivative is 0 everywhere, at the jump too.",
        Peers =
        [
            new("PyTorch", "torch.sign"),
            new("Keras", "ops.sign"),
            new("JAX", "jax.numpy.sign"),
            new("ONNX", "Sign"),
        ],
        Strengths =
        [
            "One bit of output: products with it are additions and subtractions.",
        ],
        Weaknesses =
        [
            "No gradient at all: layers before it do not learn.",
        ],
        WhenToUse = "On outputs, and in front of weights that are learned otherwise; not in hidden layers trained by gradients.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, T.Constant(1), T.IfPositive(-x, T.Constant(-1), T.Constant(0)));
}
