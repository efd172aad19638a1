using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The linearly scaled hyperbolic tangent x·tanh(x).</summary>
public readonly struct Lisht : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "lisht",
        Title = "LiSHT",
        Summary = "x times its hyperbolic tangent: an absolute value with a round bottom.",
        Paper = "Roy, Manna, Dubey & Chaudhuri, LiSHT: Non-Parametric Linearly Scaled Hyperbolic Tangent Activation Function for Neural Networks, 2019",
        Range = "[0, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers = [],
        Strengths =
        [
            "Strong negative inputs count as much as positive ones: no unit dies.",
            "Smooth.",
        ],
        Weaknesses =
        [
            "Forgets the sign.",
            "An exponential for every element.",
        ],
        WhenToUse = "Where the polarity of a feature does not matter.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        x * T.Tanh(x);
}
