using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>max(x, 0)^n.</summary>
public readonly struct RectifiedPower : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "repu",
        Title = "RePU",
        Summary = "The rectified power unit: a power of ReLU, with n - 1 continuous derivatives.",
        Paper = "Li, Tang & Yu, Better Approximations of High Dimensional Smooth Functions by Deep Neural Networks with Rectified Power Units, Communications in Computational Physics 2020",
        Range = "[0, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "f'(0) = 0, for n = 1 too, where it is ReLU.",
        Parameters = [new("n", 2, 1, 8, "the power: 1 gives ReLU, 2 its square")],
        Peers = [],
        Strengths =
        [
            "Networks of them are piecewise polynomials: few units represent smooth functions exactly.",
            "As sparse as ReLU.",
        ],
        Weaknesses =
        [
            "Grows as a power: deep stacks explode without normalisation.",
            "Units die as with ReLU.",
        ],
        WhenToUse = "To approximate smooth functions and to solve differential equations, in shallow networks.",
    };

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, T.Pow(x, p.First), T.Constant(0));
}
