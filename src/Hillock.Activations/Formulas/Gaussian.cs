using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The bell e^(-x²).</summary>
public readonly struct Gaussian : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "gaussian",
        Title = "Gaussian",
        Summary = "A bell: answers to inputs near zero and ignores the others.",
        Paper = "Broomhead & Lowe, Multivariable Functional Interpolation and Adaptive Networks, Complex Systems 1988",
        Range = "(0, 1]",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers = [],
        Strengths =
        [
            "Local: a unit answers to a region of inputs only.",
            "Smooth and bounded.",
        ],
        Weaknesses =
        [
            "Saturates on both sides, and quickly.",
            "Not monotone: many local minima.",
        ],
        WhenToUse = "In radial basis networks and in networks that represent coordinates.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 8.9f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Gauss(x);
}
