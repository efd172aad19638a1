using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The leaky rectifier by the inverse of its slope: x where positive, x/a elsewhere.</summary>
public readonly struct InverseLeakyRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "inverse_leaky_relu",
        Title = "Leaky ReLU, divided",
        Summary = "A leaky rectifier given by the inverse of its slope, as in the paper of RReLU.",
        Paper = "Xu, Wang, Chen & Li, Empirical Evaluation of Rectified Activations in Convolutional Network, 2015",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(0) = 1/a, the slope of the left, as for leaky_relu.",
        Parameters = [new("a", 5.5, 0.001, 1000000, "what negative x is divided by")],
        Aliases =
        [
            new("rrelu_paper", "a=uniform(3, 8)", "Xu, Wang, Chen & Li, Empirical Evaluation of Rectified Activations in Convolutional Network, 2015", "RReLU as published: the divisor is drawn from U(3, 8) in training, and is 5.5 in evaluation."),
        ],
        Peers = [],
        Strengths =
        [
            "Units never die: the negative side keeps a gradient.",
            "Draws of a spread otherwise than draws of the slope: this is what the paper measured.",
        ],
        Weaknesses =
        [
            "A division for every element.",
            "No exact zeros: activity is not sparse.",
        ],
        WhenToUse = "To repeat the experiments of the paper; leaky_relu and rrelu otherwise.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, x / p.First);
}
