using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The sigmoid made of straight lines: alpha·x + beta kept within [0, 1].</summary>
public readonly struct HardSigmoid : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "hard_sigmoid",
        Title = "Hard sigmoid",
        Summary = "A sigmoid made of three straight lines.",
        Paper = "Courbariaux, Bengio & David, BinaryConnect: Training Deep Neural Networks with Binary Weights during Propagations, NIPS 2015",
        Range = "[0, 1]",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Kink = "The slope is 0 at both ends, as in PyTorch and JAX.",
        Parameters =
        [
            new("alpha", 0.16666666666666666, 0.001, 100, "the slope in the middle"),
            new("beta", 0.5, -100, 100, "the value at 0"),
        ],
        Aliases =
        [
            new("sparse_sigmoid", "alpha=0.5, beta=0.5", "Keras and JAX, after Martins & Astudillo, From Softmax to Sparsemax, ICML 2016", "The sigmoid that goes with sparsemax: clip((x + 1)/2, 0, 1)."),
        ],
        Peers =
        [
            new("PyTorch", "nn.Hardsigmoid"),
            new("Keras", "hard_sigmoid", "before Keras 3 the slope was 0.2"),
            new("JAX", "jax.nn.hard_sigmoid"),
            new("ONNX", "HardSigmoid", "alpha is 0.2 unless given: up to 0.083 off at x = ±2.5", "alpha=0.2"),
            new("Keras", "sparse_sigmoid", "", "alpha=0.5, beta=0.5"),
            new("JAX", "jax.nn.sparse_sigmoid", "", "alpha=0.5, beta=0.5"),
        ],
        Strengths =
        [
            "A gate without an exponential.",
            "Reaches 0 and 1 exactly.",
        ],
        Weaknesses =
        [
            "No gradient at all outside its slope.",
            "Frameworks disagree on the slope: 1/6 or 0.2.",
        ],
        WhenToUse = "For gates on small devices.",
    };

    /// <inheritdoc/>
    /// <remarks>In float the sum would round to 1 before the slope ends; in double lanes it is exact.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T y = T.MultiplyAdd(p.First, x, p.Second);
        return T.IfPositive(y, T.IfPositive(1 - y, y, T.Constant(1)), T.Constant(0));
    }
}
