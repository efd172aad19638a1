using Hillock.Activations.Random;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Custom;

/// <summary>
/// Functions whose values are random numbers, the same for the same arguments, and which keep the laws that connect them: e^ku = (e^u)^k, ln e^u = u,
/// tanh u = (e^2u - 1)/(e^2u + 1) and its like, and erf(-u) = -erf u. Arguments and values are those at all points of a comparison at once.
/// </summary>
internal sealed class RandomFunctions
{
    /// <summary>What differs by no more is the same: what numbers typed with ten digits, as in the tangent form of GELU, may be off; a thousandth of a float's rounding.</summary>
    public const double Tolerance = 1.0 / (1L << 36);

    private static readonly DoubleDouble SqrtHalf = DoubleDouble.Sqrt(0.5);

    private readonly RandomStream _random;
    private readonly int _count;
    private readonly List<(DoubleDouble[] Argument, DoubleDouble[] Exponential)> _exponentials;
    private readonly List<(string Function, DoubleDouble[] Argument, DoubleDouble[] Value)> _others;

    /// <summary>Functions of which nothing is known but their values at 0.</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="count">How many points there are.</param>
    public RandomFunctions(RandomStream random, int count)
    {
        _random = random;
        _count = count;
        DoubleDouble[] zeros = new DoubleDouble[count];
        DoubleDouble[] ones = new DoubleDouble[count];
        Array.Fill(ones, 1);
        _exponentials = [(zeros, ones)];
        _others = [("erf", zeros, zeros)];
    }

    /// <summary>The largest relative difference between arguments that were taken for the same.</summary>
    public double Difference { get; private set; }

    /// <summary>The largest relative difference of numbers in pairs; ∞ where one of a pair is no number, or where none is one.</summary>
    public static double Distance(ReadOnlySpan<DoubleDouble> left, ReadOnlySpan<DoubleDouble> right)
    {
        double largest = 0;
        int numbers = 0;
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i].IsNaN && right[i].IsNaN)
            {
                continue;
            }

            numbers++;
            double difference = (left[i] - right[i]).ToDouble();
            double distance = difference == 0 ? 0 : Math.Abs(difference) / Math.Max(Math.Abs(left[i].ToDouble()), Math.Abs(right[i].ToDouble()));
            largest = distance <= largest ? largest : double.IsNaN(distance) ? double.PositiveInfinity : distance;
        }

        return numbers == 0 ? double.PositiveInfinity : largest;
    }

    /// <summary>Whether a condition holds: at random, but nowhere that it is no number.</summary>
    public bool[] Signs(DoubleDouble[] condition)
    {
        bool[] signs = new bool[_count];
        for (int i = 0; i < _count; i++)
        {
            signs[i] = _random.NextInt32(2) == 1 && !condition[i].IsNaN;
        }

        return signs;
    }

    /// <summary>The values of a function of formulas.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="u">The arguments.</param>
    public DoubleDouble[] Of(string function, DoubleDouble[] u) => function switch
    {
        "exp" => Exp(u),
        "expm1" => Map(Exp(u), e => e - 1),
        "sigmoid" => Map(Exp(u), e => 1 / (1 + (1 / e))),
        "tanh" => Map(Exp(Map(u, v => 2 * v)), e => (e - 1) / (e + 1)),
        "log" => Log(u),
        "log1p" => Log(Map(u, v => 1 + v)),
        "softplus" => Log(Map(Exp(u), e => 1 + e)),
        "erfc" => Map(Of("erf", u), v => 1 - v),
        "normal_cdf" => Map(Of("erf", Map(u, v => v * SqrtHalf)), v => 0.5 * (1 + v)),
        "sqrt" => Map(u, DoubleDouble.Sqrt),
        _ => Find(function, u) ?? (function == "erf" && Find(function, Map(u, v => -v)) is { } mirrored ? Map(mirrored, v => -v) : Make(function, u)),
    };

    /// <summary>u to the power of v.</summary>
    public DoubleDouble[] Power(DoubleDouble[] u, DoubleDouble[] v) => Exp([.. Log(u).Zip(v, (logarithm, exponent) => logarithm * exponent)]);

    private DoubleDouble[] Exp(DoubleDouble[] u)
    {
        foreach ((DoubleDouble[] argument, DoubleDouble[] exponential) in _exponentials)
        {
            foreach ((double factor, Func<DoubleDouble, DoubleDouble> power) in Powers(exponential))
            {
                if (IsSame(u, Map(argument, v => factor * v)))
                {
                    return Map(exponential, power);
                }
            }
        }

        DoubleDouble[] values = Numbers(u);
        _exponentials.Add((u, values));
        return values;
    }

    private DoubleDouble[] Log(DoubleDouble[] u)
    {
        foreach ((DoubleDouble[] argument, DoubleDouble[] exponential) in _exponentials)
        {
            foreach ((double factor, Func<DoubleDouble, DoubleDouble> power) in Powers(exponential))
            {
                if (IsSame(u, Map(exponential, power)))
                {
                    return Map(argument, v => factor * v);
                }
            }
        }

        DoubleDouble[] values = Numbers(u);
        _exponentials.Add((values, u));
        return values;
    }

    /// <summary>The multiples of an argument for which formulas have the exponential again.</summary>
    private static IEnumerable<(double Factor, Func<DoubleDouble, DoubleDouble> Power)> Powers(DoubleDouble[] exponential)
    {
        yield return (1, e => e);
        yield return (-1, e => 1 / e);
        yield return (2, e => e * e);
        yield return (-2, e => 1 / (e * e));
        if (Array.TrueForAll(exponential, e => e.Sign > 0))
        {
            yield return (0.5, DoubleDouble.Sqrt);
            yield return (-0.5, e => 1 / DoubleDouble.Sqrt(e));
        }
    }

    private DoubleDouble[]? Find(string function, DoubleDouble[] u) => _others.Find(known => known.Function == function && IsSame(u, known.Argument)).Value;

    private DoubleDouble[] Make(string function, DoubleDouble[] u)
    {
        DoubleDouble[] values = Numbers(u);
        _others.Add((function, u, values));
        return values;
    }

    private bool IsSame(DoubleDouble[] left, DoubleDouble[] right)
    {
        double distance = Distance(left, right);
        if (distance > Tolerance)
        {
            return false;
        }

        Difference = Math.Max(Difference, distance);
        return true;
    }

    /// <summary>Positive numbers, since exponentials are; from 2^-24 to 2^24, so that a term with a small factor outweighs the others somewhere. What is no number has none.</summary>
    private DoubleDouble[] Numbers(DoubleDouble[] arguments)
    {
        DoubleDouble[] values = new DoubleDouble[_count];
        for (int i = 0; i < _count; i++)
        {
            double value = Math.ScaleB(1 + _random.NextDouble(), _random.NextInt32(48) - 24);
            values[i] = arguments[i].IsNaN ? double.NaN : value;
        }

        return values;
    }

    private static DoubleDouble[] Map(DoubleDouble[] values, Func<DoubleDouble, DoubleDouble> function) => Array.ConvertAll(values, value => function(value));
}
