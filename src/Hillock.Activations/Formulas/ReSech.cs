using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x·sech(x).</summary>
public readonly struct ReSech : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "resech",
        Title = "ReSech",
        Summary = "x over its hyperbolic cosine: rises through 0, and falls back to it far out.",
        Paper = "Njikam & Zhao, A novel activation function for multilayer feed-forward neural networks, Applied Intelligence 2016",
        Range = "[-0.6628, 0.6628]",
        Monotone = false,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Peers = [],
        Strengths =
        [
            "The slope at 0 is 1.",
            "Ignores outliers: values far out count no more than 0.",
        ],
        Weaknesses =
        [
            "Not monotone.",
            "Saturates on both sides, at 0.",
        ],
        WhenToUse = "In shallow networks whose inputs have outliers.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>sech(x) is 2e/(1 + e²) with e = e^-|x|, which does not overflow.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T decay = T.Exp(-T.Abs(x));
        return x * ((decay + decay) / T.MultiplyAdd(decay, decay, T.Constant(1)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.SechLinear(x, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.SechLinear(x, out slope);
}
