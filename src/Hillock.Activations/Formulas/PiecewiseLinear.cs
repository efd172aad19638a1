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
        T sum = T.IfPositive(x, x, T.Constant(0));
        sum += Hinge(x, p.First, p.Sixth);
        sum += Hinge(x, p.Second, p.Seventh);
        sum += Hinge(x, p.Third, p.Eighth);
        sum += Hinge(x, p.Fourth, p.Ninth);
        return sum + Hinge(x, p.Fifth, p.Tenth);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ByParameters<T>(T x, P<T> p, Span<T> slopes)
        where T : struct, IReal<T>
    {
        slopes[0] = Distance(x, p.Sixth);
        slopes[1] = Distance(x, p.Seventh);
        slopes[2] = Distance(x, p.Eighth);
        slopes[3] = Distance(x, p.Ninth);
        slopes[4] = Distance(x, p.Tenth);
        slopes[5] = ByPlace(x, p.First, p.Sixth);
        slopes[6] = ByPlace(x, p.Second, p.Seventh);
        slopes[7] = ByPlace(x, p.Third, p.Eighth);
        slopes[8] = ByPlace(x, p.Fourth, p.Ninth);
        slopes[9] = ByPlace(x, p.Fifth, p.Tenth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Hinge<T>(T x, T slope, T place)
        where T : struct, IReal<T> => slope * Distance(x, place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Distance<T>(T x, T place)
        where T : struct, IReal<T>
    {
        T distance = place - x;
        return T.IfPositive(distance, distance, T.Constant(0));
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
