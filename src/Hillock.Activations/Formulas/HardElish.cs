using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x where positive, e^x - 1 elsewhere, times (x + 1)/2 kept within [0, 1].</summary>
public readonly struct HardElish : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "hard_elish",
        Title = "HardELiSH",
        Summary = "ELiSH with a hard sigmoid: the line or the ELU times a gate of straight lines.",
        Paper = "Basirat & Roth, The Quest for the Golden Activation Function, 2018",
        Range = "[-0.0997, ∞)",
        Monotone = false,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Kink = "The slope of the gate is 0 at both its ends: f'(-1) = 0 and f'(1) = 1.",
        Aliases =
        [
            new("hardelish", "", "Basirat & Roth, The Quest for the Golden Activation Function, 2018", "HardELiSH, in one word."),
        ],
        Peers = [],
        Strengths =
        [
            "0 below -1, and the identity from 1 on.",
            "Found by a search over combinations.",
        ],
        Weaknesses =
        [
            "No gradient below -1, so units can die.",
            "Not monotone.",
        ],
        WhenToUse = "Where ELiSH does well and takes too long.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T slope = T.MultiplyAdd(T.Constant(0.5), x, T.Constant(0.5));
        T gate = T.IfPositive(1 - x, T.IfPositive(1 + x, slope, T.Constant(0)), T.Constant(1));
        return T.IfPositive(x, x, T.ExpM1(x)) * gate;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.ExponentialHardSigmoid(x, out slope);
}
