using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The rectified linear unit max(x, 0).</summary>
public readonly struct Relu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "relu",
        Title = "ReLU",
        Summary = "The rectified linear unit: passes what is positive and cuts off the rest.",
        Paper = "Nair & Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML 2010",
        Range = "[0, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(0) = 0, as in PyTorch and JAX: the subgradient that keeps inactive units inactive.",
        Peers =
        [
            new("PyTorch", "nn.ReLU"),
            new("Keras", "relu"),
            new("JAX", "jax.nn.relu"),
            new("ONNX", "Relu"),
        ],
        Strengths =
        [
            "Costs one comparison.",
            "Does not saturate on the positive side, so gradients survive depth.",
            "About half of the units are exactly zero: sparse activity.",
        ],
        Weaknesses =
        [
            "A unit that is negative on every sample has no gradient and never comes back: a large learning rate kills many.",
            "Outputs are never negative.",
        ],
        WhenToUse = "The default of hidden layers, with He initialisation and a moderate learning rate.",
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
        T.IfPositive(x, x, T.Constant(0));
}
