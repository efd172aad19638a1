using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x where positive, 2·ln((1 + e^x)/2) elsewhere.</summary>
public readonly struct SoftplusLinear : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "slu",
        Title = "SLU",
        Summary = "The softplus linear unit: a line on the right, a softplus through 0 on the left.",
        Paper = "Zhao, Liu, Zhang, Wang, Sun & Yan, A novel softplus linear unit for deep convolutional neural networks, Applied Intelligence 2018",
        Range = "(-1.3863, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Peers = [],
        Strengths =
        [
            "Smooth, with the same slope on both sides of 0.",
            "Negative values pull the mean towards 0.",
        ],
        Weaknesses =
        [
            "An exponential and a logarithm for every element.",
            "Much like ELU, and dearer.",
        ],
        WhenToUse = "Where ELU works and another bend is worth a try.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    /// <remarks>(1 + e^x)/2 is 1 + (e^x - 1)/2, whose logarithm keeps its digits near 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, 2 * T.Log1P(0.5 * T.ExpM1(x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.SoftPlusLinear(x, out slope);
}
