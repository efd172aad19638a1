using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>½x/(1 + |x|) + ½.</summary>
public readonly struct Elliott : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "elliott",
        Title = "Elliott",
        Summary = "A sigmoid of algebra only: softsign moved into (0, 1).",
        Paper = "Elliott, A Better Activation Function for Artificial Neural Networks, 1993",
        Range = "(0, 1)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers = [],
        Strengths =
        [
            "A sigmoid without an exponential.",
            "Saturates slowly, so some gradient is left far out.",
        ],
        Weaknesses =
        [
            "Never comes near 0 and 1.",
            "Its outputs are never negative.",
        ],
        WhenToUse = "As a gate where there is no fast exponential; here sigmoid is faster.",
    };

    /// <inheritdoc/>
    /// <remarks>On either side the form whose value and slope do not cancel.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, 1 - T.Constant(0.5) / (1 + x), T.Constant(0.5) / (1 - x));
}
