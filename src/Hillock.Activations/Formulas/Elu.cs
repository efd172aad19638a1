using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The exponential linear unit: x where positive, alpha·(e^x - 1) elsewhere.</summary>
public readonly struct Elu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "elu",
        Title = "ELU",
        Summary = "The exponential linear unit: a rectifier that bends smoothly towards -alpha.",
        Paper = "Clevert, Unterthiner & Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs), ICLR 2016",
        Range = "(-alpha, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Kink = "Smooth for alpha = 1; otherwise f'(0) = alpha, as in PyTorch.",
        Parameters = [new("alpha", 1, 0, 100, "where the negative side ends: the function tends to -alpha")],
        Peers =
        [
            new("PyTorch", "nn.ELU"),
            new("Keras", "elu"),
            new("JAX", "jax.nn.elu"),
            new("ONNX", "Elu"),
        ],
        Strengths =
        [
            "Mean activations near zero, without normalisation layers.",
            "Negative units keep a gradient until they saturate.",
        ],
        Weaknesses =
        [
            "An exponential for every element.",
            "Saturates on the negative side.",
        ],
        WhenToUse = "In networks of middle depth without normalisation layers.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, p.First * T.ExpM1(x));

    /// <inheritdoc/>
    /// <remarks>The derivative alpha·e^x is scaled last, where e^x is subnormal and that is not.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V negative = DoubleElementary<V>.TimesExpM1(new(x, zero), p.First, p.First, out V negativeSlope);
        slope = V.IfGreater(x, zero, V.Broadcast(1), negativeSlope);
        return V.IfGreater(x, zero, x, negative);
    }
}
