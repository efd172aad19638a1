using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The leaky rectifier: x where positive, alpha·x elsewhere; with a learned alpha PReLU, with a random one RReLU.</summary>
public readonly struct LeakyRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "leaky_relu",
        Title = "Leaky ReLU",
        Summary = "A rectifier with a small slope on the negative side, constant, learned (PReLU) or random (RReLU).",
        Paper = "Maas, Hannun & Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models, ICML 2013 workshop",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(0) = alpha, as in PyTorch.",
        Parameters = [new("alpha", 0.01, -10, 10, "the slope where x is negative")],
        Aliases =
        [
            new("prelu", "alpha=learn(layer, init=0.25)", "He, Zhang, Ren & Sun, Delving Deep into Rectifiers, ICCV 2015", "A leaky rectifier that learns its own slope, one for each layer."),
            new("rrelu", "alpha=uniform(0.125, 0.3333333333333333)", "Xu, Wang, Chen & Li, Empirical Evaluation of Rectified Activations in Convolutional Network, 2015; the bounds are PyTorch's", "A leaky rectifier whose slope is drawn afresh for every element in training, and is the mean in evaluation."),
        ],
        Peers =
        [
            new("PyTorch", "nn.LeakyReLU"),
            new("Keras", "leaky_relu", "the function's slope is 0.2", "alpha=0.2"),
            new("Keras", "layers.LeakyReLU", "the layer's slope is 0.3", "alpha=0.3"),
            new("JAX", "jax.nn.leaky_relu", "the slope at 0 is 1"),
            new("ONNX", "LeakyRelu"),
            new("PyTorch", "nn.PReLU", "", "alpha=learn(layer, init=0.25)"),
            new("Keras", "layers.PReLU", "one slope for each unit, which starts at 0", "alpha=learn(channel, init=0)"),
            new("ONNX", "PRelu", "the slope is an input", null),
            new("PyTorch", "nn.RReLU", "", "alpha=uniform(0.125, 0.3333333333333333)"),
        ],
        Strengths =
        [
            "Units never die: the negative side keeps a gradient.",
            "As cheap as ReLU.",
        ],
        Weaknesses =
        [
            "One more number to choose, unless it is learned.",
            "No exact zeros: activity is not sparse.",
        ],
        WhenToUse = "When ReLU units die, or as a safe replacement at a high learning rate.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool HasTwoSlopes => true;

    /// <inheritdoc/>
    public static T OtherSlope<T>(P<T> p)
        where T : struct, IReal<T> => p.First;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, p.First * x);
}
