using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>alpha·x where positive, alpha·x·e^(beta·x) elsewhere.</summary>
public readonly struct RectifiedExponential : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "preu",
        Title = "PREU",
        Summary = "The parametric rectified exponential unit: a line on the right, a dip that comes back to 0 on the left.",
        Paper = "Ying, Su, Shan, Miao, Wang & Peng, Rectified Exponential Units for Convolutional Neural Networks, IEEE Access 2019",
        Range = "[-alpha/(e·beta), ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Parameters =
        [
            new("alpha", 1, 0.01, 100, "the slope on the right and at 0") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 1) },
            new("beta", 1, 0.01, 100, "how fast the left side comes back to 0") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 1) },
        ],
        Aliases =
        [
            new("reu", "alpha=1, beta=1", "Ying et al., Rectified Exponential Units for Convolutional Neural Networks, IEEE Access 2019", "The rectified exponential unit: x where positive, x·e^x elsewhere."),
        ],
        Peers = [],
        Strengths =
        [
            "Smooth, with the same slope on both sides of 0 whatever is learned.",
            "Like Swish with one exponential and no division.",
        ],
        Weaknesses =
        [
            "Not monotone.",
            "An exponential for every element.",
        ],
        WhenToUse = "In the place of Swish or ELU in convolutional networks.",
    };

    /// <inheritdoc/>
    public static float FloatRange => 40;

    /// <inheritdoc/>
    public static bool FloatCompensates => true;

    /// <inheritdoc/>
    public static bool FloatLanesSuffice(P<float> p) => p.Second == 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> =>
        p.First * (x * T.IfPositive(x, T.Constant(1), T.Exp(x)));

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        p.First * x * T.IfPositive(x, T.Constant(1), T.Exp(p.Second * x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.RectifiedExponential(x, p.First, p.Second, out slope);
}
