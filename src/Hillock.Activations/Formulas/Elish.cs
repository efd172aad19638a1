using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x·sigmoid(x) where positive, (e^x - 1)·sigmoid(x) elsewhere.</summary>
public readonly struct Elish : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "elish",
        Title = "ELiSH",
        Summary = "Swish on the positive side, ELU times a sigmoid on the negative.",
        Paper = "Basirat & Roth, The Quest for the Golden Activation Function, 2018",
        Range = "[-0.1716, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Peers = [],
        Strengths =
        [
            "Smooth, with a gradient on both sides of zero.",
            "Found by a search over combinations.",
        ],
        Weaknesses =
        [
            "Two exponentials on the negative side.",
            "Not monotone.",
        ],
        WhenToUse = "Where Swish does well and another shape is worth a try.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, T.ExpM1(x)) * T.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.ExponentialSigmoidLinear(x, out slope);
}
