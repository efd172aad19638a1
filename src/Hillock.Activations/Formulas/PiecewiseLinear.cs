using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>The adaptive piecewise linear unit: a rectifier plus five hinges a·max(0, b - x), whose slopes a and places b are learned.</summary>
public readonly struct PiecewiseLinear : IElementwiseFormula
{
    private const double Bound = 100;

    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "apl",
        Title = "Adaptive piecewise linear unit",
        Summary = "A rectifier with five more hinges, whose slopes and places are learned; it starts as ReLU.",
        Paper = "Agostinelli, Hoffman, Sadowski & Baldi, Learning Activation Functions to Improve Deep Neural Networks, ICLR 2015 workshop",
        Range = "[0, ∞), (-∞, ∞) in general",
        Monotone = true,
        Smooth = false,
        ZeroCentred = false,
        Saturation = Saturation.Left,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Kink = "At a hinge the derivative is that of its right side, at 0 that of the left, as for ReLU.",
        Parameters = [.. Slopes(), .. Places()],
        Peers = [],
        Strengths =
        [
            "Learns convex and concave shapes, and stays a line on the right.",
            "No exponential and no division.",
        ],
        Weaknesses =
        [
            "Ten gradients for every element in training.",
            "Hinges that wander out of the data's reach learn no more.",
        ],
        WhenToUse = "Where no fixed function fits, and pieces of lines are enough. The paper learns a set for each unit: a1=learn(channel, init=0) and so on.",
    };

    /// <inheritdoc/>
    public static bool HasManyParameters => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        // The last hinge first: written out, a sum of products has the newest product in front.
        T sum = T.MultiplyAdd(p.Fifth, T.Rectified(p.Tenth - x), T.Rectified(x));
        sum = T.MultiplyAdd(p.Fourth, T.Rectified(p.Ninth - x), sum);
        sum = T.MultiplyAdd(p.Third, T.Rectified(p.Eighth - x), sum);
        sum = T.MultiplyAdd(p.Second, T.Rectified(p.Seventh - x), sum);
        return T.MultiplyAdd(p.First, T.Rectified(p.Sixth - x), sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ByArgument<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T slope = T.IfPositive(x, T.Constant(1), T.Constant(0));
        slope -= ByPlace(x, p.First, p.Sixth);
        slope -= ByPlace(x, p.Second, p.Seventh);
        slope -= ByPlace(x, p.Third, p.Eighth);
        slope -= ByPlace(x, p.Fourth, p.Ninth);
        return slope - ByPlace(x, p.Fifth, p.Tenth);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ByParameters<T>(T x, P<T> p, Span<T> slopes)
        where T : struct, IReal<T>
    {
        slopes[0] = T.Rectified(p.Sixth - x);
        slopes[1] = T.Rectified(p.Seventh - x);
        slopes[2] = T.Rectified(p.Eighth - x);
        slopes[3] = T.Rectified(p.Ninth - x);
        slopes[4] = T.Rectified(p.Tenth - x);
        slopes[5] = ByPlace(x, p.First, p.Sixth);
        slopes[6] = ByPlace(x, p.Second, p.Seventh);
        slopes[7] = ByPlace(x, p.Third, p.Eighth);
        slopes[8] = ByPlace(x, p.Fourth, p.Ninth);
        slopes[9] = ByPlace(x, p.Fifth, p.Tenth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ByPlace<T>(T x, T slope, T place)
        where T : struct, IReal<T> => T.IfPositive(place - x, slope, T.Constant(0));

    private static IEnumerable<ParameterDeclaration> Slopes() =>
        Enumerable.Range(1, 5).Select(i => Learned($"a{i}", 0, $"the slope of hinge {i}, downwards to the left"));

    // Spread evenly over what normalised inputs reach.
    private static IEnumerable<ParameterDeclaration> Places() =>
        Enumerable.Range(1, 5).Select(i => Learned($"b{i}", i - 3, $"the place of hinge {i}"));

    private static ParameterDeclaration Learned(string name, double value, string meaning) =>
        new(name, value, -Bound, Bound, meaning) { Mode = new ParameterMode.Learned(ParameterScope.Layer, value) };
}
