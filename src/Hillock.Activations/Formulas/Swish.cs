using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>Swish x·sigmoid(beta·x); with beta = 1 SiLU.</summary>
public readonly struct Swish : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "swish",
        Title = "Swish",
        Summary = "x times its own sigmoid: a smooth rectifier that dips below zero.",
        Paper = "Ramachandran, Zoph & Le, Searching for Activation Functions, 2017",
        Range = "[-0.2785/beta, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Parameters = [new("beta", 1, -100, 100, "how sharply the gate opens: 0 gives x/2, large values ReLU")],
        Aliases =
        [
            new("silu", "", "Elfwing, Uchibe & Doya, Sigmoid-weighted linear units for neural network function approximation in reinforcement learning, 2018", "The sigmoid-weighted linear unit x·sigmoid(x), Swish with beta = 1."),
            new("quick_gelu", "beta=1.702", "Hendrycks & Gimpel, Gaussian Error Linear Units (GELUs), 2016", "The sigmoid approximation of GELU, at most 0.021 off; CLIP was trained with it."),
        ],
        Peers =
        [
            new("PyTorch", "nn.SiLU", "beta is 1"),
            new("Keras", "silu", "beta is 1"),
            new("JAX", "jax.nn.silu", "beta is 1"),
            new("ONNX", "Swish", "from opset 24; beta is called alpha"),
        ],
        Strengths =
        [
            "Smooth, with a gradient on both sides of zero.",
            "Often a little better than ReLU in deep networks.",
        ],
        Weaknesses =
        [
            "An exponential and a division for every element.",
            "Not monotone.",
        ],
        WhenToUse = "In deep networks where a little accuracy is worth the exponential.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatLanesSuffice(P<float> p) => p.First == 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> =>
        T.SigmoidLinear(x, T.Constant(1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.SigmoidLinear(x, p.First);
}
