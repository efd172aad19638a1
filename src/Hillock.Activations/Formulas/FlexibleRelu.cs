using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>max(x, 0) + b.</summary>
public readonly struct FlexibleRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "frelu",
        Title = "FReLU",
        Summary = "A rectifier whose level is learned, so that what is cut off need not be 0.",
        Paper = "Qiu, Xu & Cai, FReLU: Flexible Rectified Linear Units for Improving Convolutional Neural Networks, ICPR 2018",
        Range = "[b, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "f'(0) = 0, as for ReLU.",
        Parameters = [new("b", 0, -1000, 1000, "the level of the cut: 0 gives ReLU, with which it starts here") { Mode = new ParameterMode.Learned(ParameterScope.Layer, 0) }],
        Peers = [],
        Strengths =
        [
            "With b below 0 outputs are centred better than those of ReLU.",
            "One number for a layer, and no exponential.",
        ],
        Weaknesses =
        [
            "Units die as with ReLU.",
            "In front of normalisation b changes nothing.",
        ],
        WhenToUse = "In the place of ReLU in networks without normalisation layers.",
    };

    /// <inheritdoc/>
    public static bool FloatArithmeticSuffices => true;

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, T.Constant(0)) + p.First;
}
