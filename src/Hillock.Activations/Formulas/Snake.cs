using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x + sin²(alpha·x)/alpha.</summary>
public readonly struct Snake : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "snake",
        Title = "Snake",
        Summary = "A straight line with a wave on it.",
        Paper = "Ziyin, Hartwig & Ueda, Neural Networks Fail to Learn Periodic Functions and How to Fix It, NeurIPS 2020",
        Domain = Domain.Finite,
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.SeveralTranscendentals,
        Parameters = [new("alpha", 1, 0.001, 1000, "how many waves come to a length")],
        Peers = [],
        Strengths =
        [
            "Extrapolates periodic signals, which rectifiers and tanh cannot.",
            "As monotone as the identity: as easy to train.",
        ],
        Weaknesses =
        [
            "A sine for every element.",
            "Alpha must fit the frequencies at hand, or be learned.",
        ],
        WhenToUse = "For periodic signals and for sound, with alpha learned for each channel.",
    };

    /// <inheritdoc/>
    public static bool InfinitiesAsLimits => false;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T wave = T.Sin(p.First * x);
        return T.MultiplyAdd(wave / p.First, wave, x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.Snake(x, p.First, out slope);
}
