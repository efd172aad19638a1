using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x where positive, alpha·tanh(beta·x) elsewhere.</summary>
public readonly struct Ptelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "ptelu",
        Title = "P-TELU",
        Summary = "A rectifier with a tanh on the negative side, whose bound and slope are learned.",
        Paper = "Duggal & Gupta, P-TELU: Parametric Tan Hyperbolic Linear Unit Activation for Deep Neural Networks, ICCV Workshops 2017",
        Range = "(-alpha, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Kink = "f'(0) = alpha·beta, the slope of the left side; 1 by default, as on the right.",
        Parameters =
        [
            new("alpha", 1, 0, 1000, "where the negative side saturates: at -alpha") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 1) },
            new("beta", 1, 0, 1000, "how fast the negative side bends") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 1) },
        ],
        Peers = [],
        Strengths =
        [
            "Negative values pull the mean towards 0, and noise far on the left is cut off.",
            "Near 0 it bends less than ELU.",
        ],
        Weaknesses =
        [
            "A hyperbolic tangent for every element.",
            "The slopes at 0 agree only while alpha·beta = 1.",
        ],
        WhenToUse = "Where ELU works and its shape should fit the layer.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatLanesSuffice(P<float> p) => p.Second == 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, p.First * T.Tanh(x));

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, p.First * T.TanhProduct(x, p.Second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V ratio = p.First * p.Second;
        Pair<V> product = Pair<V>.Product(p.Second, V.Min(x, zero));
        V negative = DoubleElementary<V>.TimesTanh(product, p.First, ratio, out V negativeSlope);
        slope = V.IfGreater(x, zero, V.Broadcast(1), negativeSlope);

        // Near 0 the function is a straight line, of which the product would lose the digits where it is subnormal.
        return V.IfGreater(x, zero, x, V.IfGreater(product.High, V.Broadcast(-1e-20), ratio * x, negative));
    }
}
