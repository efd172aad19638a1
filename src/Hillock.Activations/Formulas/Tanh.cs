using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The hyperbolic tangent.</summary>
public readonly struct Tanh : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "tanh",
        Title = "Tanh",
        Summary = "The hyperbolic tangent: a sigmoid stretched to (-1, 1) and centred on zero.",
        Paper = "LeCun, Bottou, Orr & Müller, Efficient BackProp, 1998",
        Range = "(-1, 1)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.Both,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("PyTorch", "nn.Tanh"),
            new("Keras", "tanh"),
            new("JAX", "jax.numpy.tanh"),
            new("ONNX", "Tanh"),
        ],
        Strengths =
        [
            "Centred on zero, with slope 1 there: trains faster than sigmoid.",
            "Bounded, which recurrent networks need.",
        ],
        Weaknesses =
        [
            "Saturates on both sides: gradients vanish in deep stacks.",
        ],
        WhenToUse = "In recurrent cells, in shallow networks, and wherever outputs must stay bounded and centred.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.Tanh(x);

    /// <inheritdoc/>
    public static bool HasSlopeOfOutput => true;

    /// <summary>1 - y², rounded once.</summary>
    /// <inheritdoc cref="IElementwiseFormula.SlopeOfOutput{T}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SlopeOfOutput<T>(T y)
        where T : struct, IReal<T> =>
        T.MultiplyAdd(-y, y, T.Constant(1));
}
