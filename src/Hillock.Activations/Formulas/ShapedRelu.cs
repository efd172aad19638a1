using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The S-shaped rectifier: a line of slope 1 between two thresholds, a learned slope on either side.</summary>
public readonly struct ShapedRelu : IElementwiseFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "srelu",
        Title = "SReLU",
        Summary = "An S-shaped rectifier of three pieces whose corners and outer slopes are learned.",
        Paper = "Jin, Xu, Feng, Wei, Xiong & Yan, Deep Learning with S-shaped Rectified Linear Activation Units, AAAI 2016",
        Range = "(-∞, ∞)",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "At its corners the derivative is 1, that of the middle.",
        Parameters =
        [
            new("t_left", 0, -100, 100, "the left corner") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 0) },
            new("a_left", 0.2, -10, 10, "the slope left of it") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 0.2) },
            new("t_right", 1, -100, 100, "the right corner") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 1) },
            new("a_right", 1, -10, 10, "the slope right of it") { Mode = new ParameterMode.Learned(ParameterScope.Channel, 1) },
        ],
        Aliases =
        [
            new("plu", "t_left=-1, a_left=0.1, t_right=1, a_right=0.1", "Nicolae, PLU: The Piecewise Linear Unit Activation Function, 2018", "A tanh of straight lines whose ends keep a slope: max(0.1·(x + 1) - 1, min(0.1·(x - 1) + 1, x))."),
        ],
        Peers = [],
        Strengths =
        [
            "Learns convex and concave shapes.",
            "Starts as a leaky rectifier of slope 0.2, as in the paper.",
        ],
        Weaknesses =
        [
            "Four more numbers for each channel.",
            "The paper sets t_right from the data; here it starts at 1.",
        ],
        WhenToUse = "In convolutional networks with room for a few more parameters.",
    };

    /// <inheritdoc/>
    public static float FloatRange => float.MaxValue;

    /// <inheritdoc/>
    public static bool HasSingleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T> =>
        T.IfPositive(
            x - p.Third, p.Third + p.Fourth * (x - p.Third), T.IfPositive(p.First - x, p.First + p.Second * (x - p.First), x));

    /// <inheritdoc/>
    /// <remarks>A product that cancelled its corner would leave what rounding lost.</remarks>
    public static bool FloatLanesSuffice(P<float> p) => p.First * p.Second <= 0 && p.Third * p.Fourth >= 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F>
    {
        F right = F.MultiplyAdd(p.Fourth, x - p.Third, p.Third);
        F left = F.MultiplyAdd(p.Second, x - p.First, p.First);
        slope = F.IfGreater(x, p.Third, p.Fourth, F.IfGreater(p.First, x, p.Second, F.Broadcast(1)));
        return F.IfGreater(x, p.Third, right, F.IfGreater(p.First, x, left, x));
    }
}
