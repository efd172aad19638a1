using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x·cos x.</summary>
public readonly struct GrowingCosine : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "gcu",
        Title = "Growing cosine unit",
        Summary = "x times its cosine: a wave that grows.",
        Paper = "Noel, Arunkumar, Trivedi & Dutta, Growing Cosine Unit: A Novel Oscillatory Activation Function That Can Speedup Training and Reduce Parameters in Convolutional Neural Networks, 2021",
        Domain = Domain.Finite,
        Range = "(-∞, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Peers = [],
        Strengths =
        [
            "A single unit separates what needs two with a monotone function: it solves XOR.",
            "Near zero it is the identity.",
        ],
        Weaknesses =
        [
            "Oscillates without bound: large inputs make it chaotic.",
        ],
        WhenToUse = "In shallow networks on normalised inputs.",
    };

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        x * T.Cos(x);
}
