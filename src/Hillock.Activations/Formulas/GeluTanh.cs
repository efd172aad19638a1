using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The tanh approximation of GELU.</summary>
public readonly struct GeluTanh : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "gelu_tanh",
        Title = "GELU (tanh)",
        Summary = "An approximation of GELU by a hyperbolic tangent, at most 4.8e-4 off.",
        Paper = "Hendrycks & Gimpel, Gaussian Error Linear Units (GELUs), 2016",
        Range = "[-0.17, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Aliases =
        [
            new("gelu_new", "", "the transformers library", "The name in configurations of GPT-2 and others."),
            new("gelu_pytorch_tanh", "", "the transformers library", "The name in configurations of Gemma and others."),
            new("gelu_fast", "", "the transformers library", "The same with √(2/π) cut to ten digits: 3.6e-12 of it less, which floats do not show."),
        ],
        Peers =
        [
            new("PyTorch", "nn.GELU", "approximate='tanh'", null),
            new("Keras", "gelu", "approximate=True", null),
            new("Keras", "ops.gelu", "its default"),
            new("JAX", "jax.nn.gelu", "its default"),
            new("ONNX", "Gelu", "approximate='tanh'", null),
        ],
        Strengths =
        [
            "What many published transformers were trained with.",
        ],
        Weaknesses =
        [
            "Made to be cheaper than the exact form, which here takes half its time.",
            "Differs from the exact form: weights trained with one should run with the same.",
        ],
        WhenToUse = "To run or fine-tune models that were trained with it.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 9.5f;

    /// <inheritdoc/>
    /// <remarks>½x(1 + tanh(u)) is x·sigmoid(2u), which does not cancel in the lower tail.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.TanhGelu(x);
}
