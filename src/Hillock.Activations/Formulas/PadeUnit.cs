using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Elementary;
using Hillock.Activations.Fitting;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Formulas;

/// <summary>
/// The Padé activation unit: a polynomial of degree 5 over 1 + |a polynomial of degree 4|, whose coefficients are learned. The denominator is that of the paper's safe
/// unit, version B of its authors' library; their version A has the sum of the absolute values in its place.
/// </summary>
public readonly struct PadeUnit : IElementwiseFormula
{
    private const double Bound = 1000;

    /// <summary>The paper's interval for the fit.</summary>
    private const double FitReach = 3;

    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "pau",
        Title = "Padé activation unit",
        Summary = "A rational function whose ten coefficients are learned, starting from the shape of a named activation.",
        Paper = "Molina, Schramowski & Kersting, Padé Activation Units: End-to-end Learning of Flexible Activation Functions in Deep Networks, ICLR 2020",
        Range = "(-∞, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = false,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Kink = "Where the polynomial of the denominator is 0, its absolute value counts as flat; at the start that is only at x = 0, where there is no kink.",
        Parameters = Declarations(),
        Fit = new ParameterFit("init", Fit),
        Aliases =
        [
            new("rational", "", "Delfosse et al., Adaptive Rational Activations to Boost Deep Reinforcement Learning, ICLR 2024", "The name of the Padé unit in its authors' library."),
        ],
        Peers = [],
        Strengths =
        [
            "Learns the shape that the data ask for, from anything between a rectifier and a sigmoid.",
            "No exponential: two polynomials and a division.",
        ],
        Weaknesses =
        [
            "Ten gradients for every element in training.",
            "Fitted between -3 and 3: far out it is a line of its own, and its steep powers ask for a small learning rate.",
        ],
        WhenToUse = "Where no fixed function fits and there are data enough to learn one.",
    };

    /// <inheritdoc/>
    public static bool HasManyParameters => true;

    /// <inheritdoc/>
    public static int Degree => 5;

    /// <inheritdoc/>
    public static bool HasDoubleValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T numerator = T.MultiplyAdd(p.Sixth, x, p.Fifth);
        numerator = T.MultiplyAdd(numerator, x, p.Fourth);
        numerator = T.MultiplyAdd(numerator, x, p.Third);
        numerator = T.MultiplyAdd(numerator, x, p.Second);
        numerator = T.MultiplyAdd(numerator, x, p.First);
        T denominator = T.MultiplyAdd(p.Tenth, x, p.Ninth);
        denominator = T.MultiplyAdd(denominator, x, p.Eighth);
        denominator = T.MultiplyAdd(denominator, x, p.Seventh);
        return numerator / (1 + T.Abs(denominator * x));
    }

    /// <inheritdoc/>
    /// <remarks>(P′ - (P/D)·D′)/D with D = 1 + |x·Q|; the polynomials' derivatives by Horner's scheme beside them.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ByArgument<T>(T x, P<T> p)
        where T : struct, IReal<T>
    {
        T numerator = T.MultiplyAdd(p.Sixth, x, p.Fifth);
        T numeratorSlope = T.MultiplyAdd(p.Sixth, x, numerator);
        numerator = T.MultiplyAdd(numerator, x, p.Fourth);
        numeratorSlope = T.MultiplyAdd(numeratorSlope, x, numerator);
        numerator = T.MultiplyAdd(numerator, x, p.Third);
        numeratorSlope = T.MultiplyAdd(numeratorSlope, x, numerator);
        numerator = T.MultiplyAdd(numerator, x, p.Second);
        numeratorSlope = T.MultiplyAdd(numeratorSlope, x, numerator);
        numerator = T.MultiplyAdd(numerator, x, p.First);
        T denominator = T.MultiplyAdd(p.Tenth, x, p.Ninth);
        T denominatorSlope = T.MultiplyAdd(p.Tenth, x, denominator);
        denominator = T.MultiplyAdd(denominator, x, p.Eighth);
        denominatorSlope = T.MultiplyAdd(denominatorSlope, x, denominator);
        denominator = T.MultiplyAdd(denominator, x, p.Seventh);
        denominatorSlope = T.MultiplyAdd(denominatorSlope, x, denominator);
        denominator *= x;
        T inverse = T.Constant(1) / (1 + T.Abs(denominator));
        T product = numerator * inverse * denominatorSlope;
        product = T.IfPositive(denominator, product, T.IfPositive(-denominator, -product, T.Constant(0)));
        return (numeratorSlope - product) * inverse;
    }

    /// <inheritdoc/>
    /// <remarks>With the denominator D = 1 + |x·Q|: x^i/D by the coefficients above, and the value times -sign(x·Q)·x^i/D by those below.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ByParameters<T>(T x, P<T> p, Span<T> slopes)
        where T : struct, IReal<T>
    {
        T denominator = T.MultiplyAdd(p.Tenth, x, p.Ninth);
        denominator = T.MultiplyAdd(denominator, x, p.Eighth);
        denominator = T.MultiplyAdd(denominator, x, p.Seventh) * x;
        T zeroth = T.Constant(1) / (1 + T.Abs(denominator));
        T first = zeroth * x;
        T second = first * x;
        T third = second * x;
        T fourth = third * x;
        T fifth = fourth * x;
        T value = T.MultiplyAdd(p.Second, first, p.First * zeroth);
        value = T.MultiplyAdd(p.Third, second, value);
        value = T.MultiplyAdd(p.Fourth, third, value);
        value = T.MultiplyAdd(p.Fifth, fourth, value);
        value = T.MultiplyAdd(p.Sixth, fifth, value);
        T below = T.IfPositive(denominator, -value, T.IfPositive(-denominator, value, T.Constant(0)));
        slopes[0] = zeroth;
        slopes[1] = first;
        slopes[2] = second;
        slopes[3] = third;
        slopes[4] = fourth;
        slopes[5] = fifth;
        slopes[6] = below * first;
        slopes[7] = below * second;
        slopes[8] = below * third;
        slopes[9] = below * fourth;
    }

    /// <inheritdoc/>
    /// <remarks>Terms of either sign cancel, in the derivative once more: P′/D - (P/D)·D′/D with D = 1 + |x·Q|.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V>
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Pair<V> numerator = CompensatedPolynomial<V>.OfDegreeFive(x, p.First, p.Second, p.Third, p.Fourth, p.Fifth, p.Sixth, out Pair<V> numeratorSlope);
        Pair<V> denominator = CompensatedPolynomial<V>.OfDegreeFive(x, zero, p.Seventh, p.Eighth, p.Ninth, p.Tenth, zero, out Pair<V> denominatorSlope);
        V sign = V.IfGreater(denominator.High, zero, one, V.IfGreater(zero, denominator.High, -one, zero));
        denominator = (denominator * sign) + one;

        Pair<V> value = numerator / denominator;
        slope = ((numeratorSlope + (value * denominatorSlope * -sign)) / denominator).Rounded;
        return value.Rounded;
    }

    /// <summary>The coefficients with which the unit is nearest to another activation.</summary>
    private static double[] Fit(Activation target) => RationalFit.To((x, y) => target.Evaluate(x, y), FitReach);

    /// <summary>
    /// As in the authors' library, the unit starts as a leaky rectifier where nothing else is asked for: what <see cref="Fit"/> gives for one, written
    /// down since the catalogue is made whenever a process starts.
    /// </summary>
    private static ReadOnlySpan<double> LeakyRectifier => [0.033501, 0.505, 1.650449, 2.000678, 0.924502, 0.150674, 0, 3.961739, 0, 0.298364];

    private static ParameterDeclaration[] Declarations()
    {
        ParameterDeclaration[] declarations = new ParameterDeclaration[LeakyRectifier.Length];
        for (int i = 0; i < declarations.Length; i++)
        {
            double value = LeakyRectifier[i];
            declarations[i] = new(i < 6 ? $"a{i}" : $"b{i - 5}", value, -Bound, Bound, i < 6 ? $"of x^{i} above" : $"of x^{i - 5} below")
            {
                Mode = new ParameterMode.Learned(ParameterScope.Layer, value),
            };
        }

        return declarations;
    }
}
