using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>Mish x·tanh(ln(1 + e^x)).</summary>
public readonly struct Mish : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "mish",
        Title = "Mish",
        Summary = "x times the hyperbolic tangent of its softplus: a smooth rectifier much like Swish.",
        Paper = "Misra, Mish: A Self Regularized Non-Monotonic Activation Function, BMVC 2020",
        Range = "[-0.3088, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("PyTorch", "nn.Mish"),
            new("Keras", "mish"),
            new("JAX", "jax.nn.mish"),
            new("ONNX", "Mish", "from opset 18"),
        ],
        Strengths =
        [
            "Smooth, with a gradient on both sides of zero.",
            "Here it costs one exponential and one division, in all less than twice the time of Swish.",
        ],
        Weaknesses =
        [
            "Elsewhere it is several times slower than ReLU.",
            "Not monotone.",
        ],
        WhenToUse = "Where Swish or GELU do well; in detectors of the YOLO family.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatSlope => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.TanhSoftPlusLinear(x);
}
