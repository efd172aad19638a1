using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x·erf(ln(1 + e^x)).</summary>
public readonly struct Serf : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "serf",
        Title = "Serf",
        Summary = "x times the error function of its softplus: a smooth rectifier much like Mish.",
        Paper = "Nag, Bhattacharyya, Mukherjee & Kundu, SERF: Towards better training of deep neural networks using log-Softplus ERror activation Function, WACV 2023",
        Range = "[-0.3484, ∞)",
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
            "Reported a little better than Mish.",
        ],
        Weaknesses =
        [
            "An exponential, a logarithm and an error function for every element.",
            "Not monotone.",
        ],
        WhenToUse = "Where Mish does well and time does not matter.",
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
        x * T.Erf(T.SoftPlus(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.SerfLinear(x, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => FloatElementary<F>.SerfLinear(x, out slope);
}
