using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The parametric deformable exponential linear unit: alpha·((1 + (1 - t)·x)^(1/(1 - t)) - 1) on the negative side.</summary>
/// <remarks>
/// The default of t is a choice of ours: its authors' published layer (for Caffe) starts from 1.5, where the tail is a power that never ends, and has it set in each
/// network's description; no default of the paper could be confirmed. In the paper alpha is learned, one for each channel, and t is not.
/// </remarks>
public readonly struct Pdelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "pdelu",
        Title = "PDELU",
        Summary = "An ELU whose exponential is deformed into a power, so that it reaches -alpha at a finite distance.",
        Paper = "Cheng, Li, Wu, Ma & Ngan, Parametric Deformable Exponential Linear Units for Deep Neural Networks, Neural Networks 2020",
        Range = "[-alpha, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "Smooth for alpha = 1; otherwise f'(0) = alpha.",
        Parameters =
        [
            new("alpha", 1, 0, 100, "where the negative side ends"),
            new("t", 0.9, 0, 0.999, "how much of the exponential is kept; at 1 it would be ELU; set by hand in its paper, the default is ours"),
        ],
        Peers = [],
        Strengths =
        [
            "Mean activations nearer to zero than with ELU.",
            "Alpha is learned, one for each channel, in its paper.",
        ],
        Weaknesses =
        [
            "A logarithm and an exponential for every element.",
            "No gradient below -1/(1 - t).",
        ],
        WhenToUse = "As an ELU with alpha learned, where the cost does not matter.",
    };

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    /// <remarks>The power less 1 is expm1(log1p((1 - t)·x)/(1 - t)), which does not cancel near 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T slope = 1 - p.Second;
        T shifted = slope * x;
        T power = T.ExpM1(T.Log1P(shifted) / slope);
        return T.IfPositive(x, x, p.First * T.IfPositive(1 + shifted, power, T.Constant(-1)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.DeformableExponential(x, p.First, p.Second, out slope);
}
