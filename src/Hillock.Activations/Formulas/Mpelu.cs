using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>x where positive, alpha·(e^(beta·x) - 1) elsewhere.</summary>
public readonly struct Mpelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "mpelu",
        Title = "MPELU",
        Summary = "An ELU whose bound and decay are learned: it covers ReLU, and nearly PReLU too.",
        Paper = "Li, Fan, Li, Wu & Ming, Improving deep neural network with Multiple Parametric Exponential Linear Units, Neurocomputing 2018",
        Range = "(-alpha, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Kink = "f'(0) = alpha·beta, the slope of the left side; 1 by default, as on the right.",
        Parameters =
        [
            new("alpha", 1, 0, 1000, "where the negative side saturates: at -alpha") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 1) },
            new("beta", 1, 0, 1000, "how fast the negative side decays") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 1) },
        ],
        Peers = [],
        Strengths =
        [
            "Rectified and exponential units in one family.",
            "Two numbers for a channel.",
        ],
        Weaknesses =
        [
            "An exponential for every element.",
            "The slopes at 0 agree only while alpha·beta = 1.",
        ],
        WhenToUse = "In deep convolutional networks, where ELU works and its shape should fit the channel.",
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
        T.IfPositive(x, x, p.First * T.ExpM1(x));

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, x, p.First * T.ExpM1(p.Second * x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V ratio = p.First * p.Second;
        Pair<V> product = Pair<V>.Product(p.Second, x);
        V negative = DoubleElementary<V>.TimesExpM1(product, p.First, ratio, out V negativeSlope);
        slope = V.IfGreater(x, zero, V.Broadcast(1), negativeSlope);

        // Near 0 the function is a straight line, of which the product would lose the digits where it is subnormal.
        return V.IfGreater(x, zero, x, V.IfGreater(product.High, V.Broadcast(-1e-20), ratio * x, negative));
    }
}
