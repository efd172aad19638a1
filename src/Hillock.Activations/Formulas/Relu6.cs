using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The rectifier that stops at 6: min(max(x, 0), 6).</summary>
public readonly struct Relu6 : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "relu6",
        Title = "ReLU6",
        Summary = "A rectifier cut off at 6, so that activations fit into few bits.",
        Paper = "Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10, 2010",
        Range = "[0, 6]",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(0) = f'(6) = 0, as in PyTorch and JAX.",
        Peers =
        [
            new("PyTorch", "nn.ReLU6"),
            new("Keras", "relu6"),
            new("JAX", "jax.nn.relu6"),
            new("ONNX", "Clip", "min=0, max=6 must be given", null),
        ],
        Strengths =
        [
            "Bounded: it survives arithmetic of low precision.",
            "Costs two comparisons.",
        ],
        Weaknesses =
        [
            "No gradient above 6 as well as below 0.",
            "The bound of 6 is arbitrary.",
        ],
        WhenToUse = "In networks that will run quantised, as in MobileNet.",
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
        T.IfPositive(x, T.IfPositive(6 - x, x, T.Constant(6)), T.Constant(0));
}
