using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
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
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, p.First * T.ExpM1(x / p.First));

    /// <inheritdoc/>
    /// <remarks>The exponential needs more digits of x/alpha than a double has.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        Pair<V> quotient = Pair<V>.Quotient(x, p.First);
        V negative = DoubleElementary<V>.TimesExpM1(quotient, p.First, V.Broadcast(1), out V negativeSlope);
        slope = V.IfGreater(x, zero, V.Broadcast(1), negativeSlope);

        // Near 0 the function is x, of which the quotient would lose the digits where it is subnormal.
        return V.IfGreater(quotient.High, V.Broadcast(-1e-20), x, negative);
    }
}
