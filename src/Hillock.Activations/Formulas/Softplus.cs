using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>Softplus ln(1 + e^(beta·x))/beta, a smooth rectifier.</summary>
public readonly struct Softplus : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "softplus",
        Title = "Softplus",
        Summary = "The smooth form of ReLU; its derivative is the sigmoid.",
        Paper = "Dugas, Bengio, Bélisle, Nadeau & Garcia, Incorporating Second-Order Functional Knowledge for Better Option Pricing, NIPS 2000",
        Range = "(0, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Parameters = [new("beta", 1, 0.001, 1000, "how sharply it bends: large values give ReLU")],
        Aliases =
        [
            new("soft_relu", "", "oneDNN", "Softplus, by the name it has in oneDNN."),
        ],
        Peers =
        [
            new("PyTorch", "nn.Softplus", "linear where beta·x exceeds 20"),
            new("Keras", "softplus"),
            new("JAX", "jax.nn.softplus"),
            new("ONNX", "Softplus"),
        ],
        Strengths =
        [
            "Always positive: for scales and rates.",
            "Smooth.",
        ],
        Weaknesses =
        [
            "An exponential and a logarithm for every element.",
            "Never zero, and mean activations are far from zero: trains worse than ReLU in hidden layers.",
        ],
        WhenToUse = "On outputs that must be positive.",
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
        T.SoftPlus(x);

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.SoftPlus(p.First * x) / p.First;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.SoftPlusProduct(x, p.First, out slope);
}
