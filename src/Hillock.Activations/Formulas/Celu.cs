using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The continuously differentiable exponential linear unit: x where positive, alpha·(e^(x/alpha) - 1) elsewhere.</summary>
public readonly struct Celu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "celu",
        Title = "CELU",
        Summary = "An ELU whose slope is continuous for every alpha.",
        Paper = "Barron, Continuously Differentiable Exponential Linear Units, 2017",
        Range = "(-alpha, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Parameters = [new("alpha", 1, 0.001, 1000, "where the negative side ends: the function tends to -alpha")],
        Peers =
        [
            new("PyTorch", "nn.CELU"),
            new("Keras", "celu"),
            new("JAX", "jax.nn.celu"),
            new("ONNX", "Celu", "from opset 12"),
        ],
        Strengths =
        [
            "Smooth whatever alpha is, unlike ELU.",
            "Its slope never exceeds 1.",
        ],
        Weaknesses =
        [
            "An exponential for every element.",
            "Saturates on the negative side.",
        ],
        WhenToUse = "In place of ELU wherever alpha is not 1 or is learned.",
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
        T.IfPositive(x, x, T.ExpM1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, p.First * T.ExpM1(x / p.First));
}
