using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The Gaussian error linear unit x·Φ(x).</summary>
public readonly struct Gelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "gelu",
        Title = "GELU",
        Summary = "The Gaussian error linear unit: x times the probability that a standard normal number is below x.",
        Paper = "Hendrycks & Gimpel, Gaussian Error Linear Units (GELUs), 2016",
        Range = "[-0.17, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("PyTorch", "nn.GELU"),
            new("Keras", "gelu", "ops.gelu takes the tanh approximation by default"),
            new("JAX", "jax.nn.gelu", "takes the tanh approximation by default: approximate=False", null),
            new("ONNX", "Gelu"),
        ],
        Strengths =
        [
            "Smooth everywhere, with a gradient on both sides of zero.",
            "The habit of transformers, hence well tried.",
        ],
        Weaknesses =
        [
            "An error function for every element; here it takes no more time than Swish.",
            "Not monotone.",
        ],
        WhenToUse = "In transformers and in deep networks in which smoothness pays.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 13;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.NormalLinear(x);
}
