using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>(a/b)·x where positive, a·(e^(x/b) - 1) elsewhere.</summary>
public readonly struct Pelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "pelu",
        Title = "PELU",
        Summary = "An ELU whose slope, decay and bound are learned together, smooth throughout.",
        Paper = "Trottier, Giguère & Chaib-draa, Parametric Exponential Linear Unit for Deep Convolutional Neural Networks, ICMLA 2017",
        Range = "(-a, ∞)",
        Monotone = true,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Parameters =
        [
            new("a", 1, 0.1, 100, "where the negative side saturates: at -a") { Mode = new ParameterMode.Learned(ParameterScope.Layer, 1) },
            new("b", 1, 0.1, 100, "how fast the negative side decays") { Mode = new ParameterMode.Learned(ParameterScope.Layer, 1) },
        ],
        Peers = [],
        Strengths =
        [
            "The slopes at 0 agree whatever is learned.",
            "Two numbers for a layer.",
        ],
        Weaknesses =
        [
            "An exponential for every element.",
            "a and b must stay positive: 0.1 and more, as in the paper.",
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
        p.First * T.IfPositive(x, x, T.ExpM1(x));

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(x, p.First / p.Second * x, p.First * T.ExpM1(x / p.Second));

    /// <inheritdoc/>
    /// <remarks>The exponential needs more digits of x/b than a double has.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V ratio = p.First / p.Second;
        Pair<V> quotient = Pair<V>.Quotient(x, p.Second);
        V negative = DoubleElementary<V>.TimesExpM1(quotient, p.First, ratio, out V negativeSlope);
        slope = V.IfGreater(x, zero, ratio, negativeSlope);

        // Near 0 the function is a straight line, of which the quotient would lose the digits where it is subnormal.
        return V.IfGreater(quotient.High, V.Broadcast(-1e-20), ratio * x, negative);
    }
}
