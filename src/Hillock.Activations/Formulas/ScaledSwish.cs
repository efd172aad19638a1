using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>beta·x·sigmoid(x).</summary>
public readonly struct ScaledSwish : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "eswish",
        Title = "E-swish",
        Summary = "SiLU times a factor above 1, which makes its gradients larger.",
        Paper = "Alcaide, E-swish: Adjusting Activations to Different Network Depths, 2018",
        Range = "[-0.2785·beta, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Parameters = [new("beta", 1.5, 0.01, 100, "the factor: 1 gives SiLU; its paper tries 1 to 2")],
        Peers = [],
        Strengths =
        [
            "Smooth, with a gradient on both sides of zero.",
            "Slopes above 1 keep gradients alive in networks of middle depth.",
        ],
        Weaknesses =
        [
            "The deeper the network, the smaller beta must be, or gradients explode.",
            "An exponential and a division for every element.",
        ],
        WhenToUse = "Where SiLU does well and training is slow to start.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        p.First * T.SigmoidLinear(x, T.Constant(1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.ScaledSigmoidLinear(x, p.First, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.ScaledSigmoidLinear(x, p.First, out slope);
}
