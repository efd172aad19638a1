using Hillock.Activations.Numbers;
using Hillock.Activations.Random;
using Hillock.Activations.Verification;
using static Hillock.Activations.Numbers.ExpressionNode;

namespace Hillock.Activations.Custom;

/// <summary>
/// Whether two formulas are the same function, however they are spelled: both are evaluated in 106 digits at random points, where every exponential, logarithm and
/// error function is a random number that keeps to their laws (<see cref="RandomFunctions"/>). Rational functions that agree there are equal but for a chance in
/// billions (Schwartz 1980; Zippel 1979), and no coincidence of real values can deceive: a term hidden far out or in a narrow bump has values as large as any other.
/// </summary>
/// <remarks>
/// The line falls into regions at the zeros of the conditions that are linear in x there, and each region has points of its own; the sign of any other condition is
/// random too.
/// </remarks>
internal sealed class FormulaIdentity
{
    /// <summary>What the roundings of a few numbers amount to in doubles.</summary>
    private const double RoundingOfNumbers = 1.0 / (1L << 51);

    /// <summary>How far from 0 a zero at 0 may be computed.</summary>
    private const double RoundingOfBreaks = 1e-25;

    private const int PointCount = 8;
    private const int MaximumBreaks = 24;

    private readonly double[] _parameters;
    private readonly SortedSet<double> _breaks;
    private readonly Dictionary<ExpressionNode, DoubleDouble[]> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<(DoubleDouble[] Condition, bool[] Signs)> _conditions = [];
    private readonly RandomFunctions _functions;
    private readonly DoubleDouble[] _x;

    /// <summary>A comparison in the region between two neighbouring breaks.</summary>
    private FormulaIdentity(double from, double to, SortedSet<double> breaks, double[] parameters)
    {
        RandomStream random = new(RandomKey.FromSeed(1).Derive("formula identity"));
        _parameters = parameters;
        _breaks = breaks;
        _functions = new(random, PointCount);
        _x = [.. Enumerable.Range(0, PointCount).Select(i => Point(i, from, to, random))];
    }

    /// <summary>Compares two formulas in x and the parameters #0, #1 and so on.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <param name="parameters">The values that the parameters have.</param>
    /// <returns>null where they differ.</returns>
    public static Agreement? Compare(Expression left, Expression right, double[] parameters)
    {
        if (left.Node.IsTooLarge || right.Node.IsTooLarge)
        {
            return null;
        }

        // Each break that is found divides a region, whose parts are then looked at anew.
        SortedSet<double> breaks = [];
        double difference;
        int known;
        do
        {
            known = breaks.Count;
            double[] ends = [double.NegativeInfinity, .. breaks, double.PositiveInfinity];
            difference = 0;
            for (int region = 1; region < ends.Length; region++)
            {
                difference = Math.Max(difference, new FormulaIdentity(ends[region - 1], ends[region], breaks, parameters).Difference(left.Node, right.Node));
            }
        }
        while (breaks.Count > known && breaks.Count <= MaximumBreaks);

        return breaks.Count == known && difference <= RandomFunctions.Tolerance ? new([.. breaks], difference <= RoundingOfNumbers) : null;
    }

    private double Difference(ExpressionNode left, ExpressionNode right)
    {
        double difference = RandomFunctions.Distance(Evaluate(left), Evaluate(right));
        return Math.Max(difference, _functions.Difference);
    }

    private static DoubleDouble Point(int index, double from, double to, RandomStream random)
    {
        double uniform = random.NextDouble();
        double away = Math.ScaleB(0.25 + uniform, random.NextInt32(17) - 12);
        return (double.IsInfinity(from), double.IsInfinity(to)) switch
        {
            (true, true) => index % 2 == 0 ? away : -away,
            (true, false) => to - away,
            (false, true) => from + away,
            _ => from + ((to - from) * (0.1 + (0.8 * uniform))),
        };
    }

    private DoubleDouble[] Evaluate(ExpressionNode node)
    {
        if (!_known.TryGetValue(node, out DoubleDouble[]? values))
        {
            values = node switch
            {
                Number number => Everywhere(number.Value),
                Symbol { Name: ['#', .. string index] } => Everywhere(_parameters[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)]),
                Symbol => _x,
                Negative negative => [.. Evaluate(negative.Operand).Select(value => -value)],
                Power power => [.. Evaluate(power.Base).Select(value => WholePower(value, power.Exponent))],
                RealPower power => _functions.Power(Evaluate(power.Base), Evaluate(power.Exponent)),
                Binary binary => [.. Evaluate(binary.Left).Zip(Evaluate(binary.Right), (a, b) => Apply(binary.Operator, a, b))],
                Call { Function: "abs" } call => Absolute(Evaluate(call.Argument)),
                Call call => _functions.Of(call.Function, Evaluate(call.Argument)),
                IfPositive conditional => Chosen(Evaluate(conditional.Condition), Evaluate(conditional.Positive), Evaluate(conditional.Otherwise)),
                _ => throw new NotSupportedException($"no values for {node.GetType().Name}"),
            };
            _known.Add(node, values);
        }

        return values;
    }

    private static DoubleDouble[] Everywhere(double value)
    {
        DoubleDouble[] values = new DoubleDouble[PointCount];
        Array.Fill(values, value);
        return values;
    }

    private static DoubleDouble Apply(char symbol, DoubleDouble a, DoubleDouble b) => symbol switch
    {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        _ => a / b,
    };

    private static DoubleDouble WholePower(DoubleDouble value, int exponent)
    {
        DoubleDouble power = 1;
        for (int i = 0; i < Math.Abs(exponent); i++)
        {
            power *= value;
        }

        return exponent < 0 ? 1 / power : power;
    }

    private DoubleDouble[] Absolute(DoubleDouble[] values) => Chosen(values, values, [.. values.Select(value => -value)]);

    private DoubleDouble[] Chosen(DoubleDouble[] condition, DoubleDouble[] positive, DoubleDouble[] otherwise)
    {
        bool[] signs = Signs(condition);
        return [.. signs.Select((sign, i) => sign ? positive[i] : otherwise[i])];
    }

    /// <summary>Where a condition holds.</summary>
    private bool[] Signs(DoubleDouble[] condition)
    {
        if (Zero(_x, condition) is { } zero)
        {
            SplitAt(zero);
            return [.. condition.Select(value => value.Sign > 0)];
        }

        if (_conditions.Find(known => IsPositiveMultiple(condition, known.Condition)).Signs is { } known)
        {
            return known;
        }

        bool[] signs = _functions.Signs(condition);
        _conditions.Add((condition, signs));
        return signs;
    }

    /// <summary>The zero of a condition that is linear in x, NaN of a constant one; null of any other.</summary>
    private static double? Zero(DoubleDouble[] x, DoubleDouble[] condition)
    {
        DoubleDouble slope = (condition[1] - condition[0]) / (x[1] - x[0]);
        for (int i = 2; i < x.Length; i++)
        {
            DoubleDouble line = condition[0] + (slope * (x[i] - x[0]));
            double scale = Math.Abs(condition[i].ToDouble()) + Math.Abs(condition[0].ToDouble());
            if (!(Math.Abs((line - condition[i]).ToDouble()) <= 1e-24 * scale))
            {
                return null;
            }
        }

        return slope.Sign == 0 ? double.NaN : (x[0] - (condition[0] / slope)).ToDouble();
    }

    private void SplitAt(double zero)
    {
        double margin = Math.Max(RoundingOfBreaks, RandomFunctions.Tolerance * Math.Abs(zero));
        if (double.IsFinite(zero) && !_breaks.Any(known => Math.Abs(known - zero) <= margin))
        {
            _breaks.Add(zero);
        }
    }

    private static bool IsPositiveMultiple(DoubleDouble[] condition, DoubleDouble[] known)
    {
        DoubleDouble factor = condition[0] / known[0];
        if (factor.Sign <= 0)
        {
            return false;
        }

        DoubleDouble[] multiple = [.. known.Select(value => factor * value)];
        return RandomFunctions.Distance(condition, multiple) <= RandomFunctions.Tolerance;
    }

    /// <summary>In what two formulas agree.</summary>
    /// <param name="Breaks">Where branches meet.</param>
    /// <param name="InDoubles">Whether their numbers agree to the precision of doubles, and not just to that of ten digits.</param>
    internal sealed record Agreement(double[] Breaks, bool InDoubles);
}
