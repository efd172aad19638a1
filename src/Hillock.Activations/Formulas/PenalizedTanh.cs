using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>tanh x where positive, alpha·tanh x elsewhere.</summary>
public readonly struct PenalizedTanh : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "penalized_tanh",
        Title = "Penalized tanh",
        Summary = "A tanh whose negative side is flattened, as that of a leaky rectifier is.",
        Paper = "Xu, Huang & Li, Revise Saturated Activation Functions, 2016",
        Range = "(-alpha, 1)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "f'(0) = alpha, as for the leaky rectifier.",
        Parameters = [new("alpha", 0.25, 0, 10, "the factor on the negative side")],
        Peers = [],
        Strengths =
        [
            "Bounded, and yet nearly as easy to train in deep networks as a leaky rectifier.",
            "Did best over many language tasks in Eger, Youssef & Gurevych 2018.",
        ],
        Weaknesses =
        [
            "Saturates on both sides.",
            "Kinked at zero.",
        ],
        WhenToUse = "In place of tanh in deep networks and in recurrent ones.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T tanh = T.Tanh(x);
        return T.IfPositive(x, tanh, p.First * tanh);
    }
}
