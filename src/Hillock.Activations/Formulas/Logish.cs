using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x·ln(1 + sigmoid(x)).</summary>
public readonly struct Logish : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "logish",
        Title = "Logish",
        Summary = "x times the logarithm of 1 plus its sigmoid: a smooth rectifier of slope ln 2.",
        Paper = "Zhu, Zeng, Chen & Liu, Logish: A new nonlinear nonmonotonic activation function for convolutional neural network, Neurocomputing 2021",
        Range = "[-0.2528, ∞)",
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
            "Dips less below zero than Swish.",
        ],
        Weaknesses =
        [
            "An exponential and a logarithm for every element.",
            "Not monotone.",
        ],
        WhenToUse = "Where Swish does well and another shape is worth a try.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatCompensates => true;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        x * T.Log1P(T.Sigmoid(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.LogishLinear(x, out slope);
}
