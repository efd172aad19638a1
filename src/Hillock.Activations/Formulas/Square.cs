using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x².</summary>
public readonly struct Square : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "square",
        Title = "Square",
        Summary = "The square: the simplest function that is not linear.",
        Paper = "Livni, Shalev-Shwartz & Shamir, On the Computational Efficiency of Training Neural Networks, NIPS 2014",
        Range = "[0, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Peers =
        [
            new("PyTorch", "torch.square"),
            new("Keras", "ops.square"),
            new("JAX", "jax.numpy.square"),
            new("ONNX", "Mul", "by itself", null),
        ],
        Strengths =
        [
            "A polynomial: computable on encrypted data.",
            "One multiplication.",
        ],
        Weaknesses =
        [
            "Grows without bound: deep stacks of it explode.",
            "Forgets the sign.",
        ],
        WhenToUse = "In networks on encrypted data, and in theory.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        x * x;
}
