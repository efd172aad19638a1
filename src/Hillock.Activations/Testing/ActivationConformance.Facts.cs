using Hillock.Activations.Catalogue;
using Hillock.Activations.Custom;

namespace Hillock.Activations.Testing;

/// <content>What the file says about its function is compared with the function, its parameters at their defaults, and its names with those of the catalogue.</content>
public static partial class ActivationConformance
{
    /// <summary>A step of value or derivative that is seen.</summary>
    private const double VisibleJump = 1e-3;

    private const double NegligibleSlope = 1e-6;

    private static void CheckNames(ActivationDefinition definition, List<string> failures)
    {
        ActivationFacts facts = definition.Facts;
        failures.AddRange(Repeated(facts.Parameters.Select(p => p.Name)).Select(name => $"two of its parameters have the name {name}"));
        failures.AddRange(Repeated(facts.Aliases.Select(a => a.Name).Prepend(facts.Name)).Select(name => $"two of its names are {name}"));
        failures.AddRange(facts.Aliases.Where(a => !IsName(a.Name)).Select(a => $"the alias '{a.Name}' is not in lower case with words joined by underscores"));
        HashSet<string> taken = new(
            ActivationCatalogue.All.Where(d => d.GetType() != definition.GetType()).SelectMany(d => d.Facts.Aliases.Select(a => a.Name).Prepend(d.Facts.Name)),
            StringComparer.OrdinalIgnoreCase);
        failures.AddRange(facts.Aliases.Select(a => a.Name).Prepend(facts.Name).Where(taken.Contains).Select(name => $"the name {name} is taken by another function of the catalogue"));

        try
        {
            _ = new Activation(definition);
        }
        catch (ArgumentException wrong)
        {
            failures.Add($"its usual parameters are not allowed: {wrong.Message}");
            return;
        }

        if (!IsName(facts.Name))
        {
            return;
        }

        foreach ((string what, string arguments) in facts.Aliases.Select(a => ($"the alias {a.Name}", a.Arguments))
            .Concat(facts.Peers.Select(p => ($"the preset of {p.Framework}'s {p.Name}", p.Preset ?? ""))).Where(pair => pair.Item2.Length > 0))
        {
            try
            {
                Activation.Parse($"{facts.Name}({arguments})", [definition]);
            }
            catch (FormatException wrong)
            {
                failures.Add($"{what} cannot be read: {wrong.Message}");
            }
        }

        static IEnumerable<string> Repeated(IEnumerable<string> names) =>
            names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Skip(1).Any()).Select(same => same.Key);
    }

    private static void CheckRange(ActivationDefinition definition, List<string> failures)
    {
        ActivationFacts facts = definition.Facts;
        if (StatedRange.Of(facts) is not { } range)
        {
            failures.Add($"its range '{facts.Range}' is no set of numbers such as [-1, ∞) or {{0}} ∪ (alpha, 2·beta) that is written with its parameters");
            return;
        }

        // Near 0, where most happens and logarithms have not gone far, and far out.
        double[] magnitudes = [1e-300, 1e-30, 1e-3, 50, 100, 1e3, 1e4, 1e6, 1e30];
        double[] x = [.. Enumerable.Range(-4000, 8001).Select(i => i * 0.005).Concat(magnitudes).Concat(magnitudes.Select(m => -m)).Where(facts.Domain.Contains)];
        double[] y = Kernel<double>.Of(definition).Value(x);
        int outside = Array.FindIndex(y, v => !double.IsNaN(v) && !range.Contains(v));
        if (outside >= 0)
        {
            failures.Add(FormattableString.Invariant($"its range is said to be {facts.Range}, and its value at x = {x[outside]:G6} is {y[outside]:G6}"));
            return;
        }

        double[] numbers = [.. y.Where(v => !double.IsNaN(v))];
        foreach (double end in numbers.Length == 0 ? [] : new[] { range.Least, range.Greatest })
        {
            double nearest = end == range.Least ? numbers.Min() : numbers.Max();
            if (!StatedRange.Reaches(nearest, end))
            {
                failures.Add(FormattableString.Invariant($"its range is said to be {facts.Range}, and what comes nearest to {end:G6} is {nearest:G6}"));
            }
        }
    }

    private static void CheckMonotony(ActivationDefinition definition, List<string> failures)
    {
        double[] x = [.. Enumerable.Range(-20000, 40001).Select(i => i * 0.001).Where(definition.Facts.Domain.Contains)];
        float[] value = Kernel<float>.Of(definition).Value([.. x.Select(v => (float)v)]);
        int falls = Enumerable.Range(1, Math.Max(0, x.Length - 1)).FirstOrDefault(i => value[i] < value[i - 1], -1);
        if (definition.Facts.Monotone && falls >= 0)
        {
            failures.Add(FormattableString.Invariant($"it is said to be monotone and falls at x = {x[falls]:0.##}"));
        }
        else if (!definition.Facts.Monotone && falls < 0)
        {
            failures.Add("it is said not to be monotone and falls nowhere between -20 and 20");
        }
    }

    private static void CheckSaturation(ActivationDefinition definition, List<string> failures)
    {
        // Far out, because algebraic functions flatten slowly: softsign's slope is 1/x².
        double[] ends = Kernel<double>.Of(definition).Slope([-1e30, 1e30]);
        Saturation measured = (Math.Abs(ends[0]) < NegligibleSlope ? Saturation.Left : Saturation.None) | (Math.Abs(ends[1]) < NegligibleSlope ? Saturation.Right : Saturation.None);
        if (measured != definition.Facts.Saturation)
        {
            failures.Add(FormattableString.Invariant(
                $"its saturation is said to be {definition.Facts.Saturation}, and its slope far to the left and right is {ends[0]:G6} and {ends[1]:G6}"));
        }
    }

    private static void CheckCentre(ActivationDefinition definition, List<string> failures)
    {
        double[] x = [.. Enumerable.Range(-640, 1281).Select(i => i / 64.0)];
        bool centred = FormulaFacts.IsCentred(x, Kernel<double>.Of(definition).Value(x));
        if (centred != definition.Facts.ZeroCentred)
        {
            failures.Add($"it is said {(centred ? "not " : "")}to be centred on zero, and its mean for x ~ N(0, 1) is {(centred ? "" : "not ")}within 1 % of its standard deviation from 0");
        }
    }

    private static void CheckSmoothness(ActivationDefinition definition, List<string> failures)
    {
        Kernel<double> kernel = Kernel<double>.Of(definition);

        // A derivative may be without bound at the end of the domain.
        double[] x = [.. Enumerable.Range(-80000, 160001).Select(i => i * 0.00015).Where(v => definition.Facts.Domain.Contains(v - 0.01))];
        double? jump = JumpOf(kernel.Value, x) ?? JumpOf(kernel.Slope, x);
        if (jump is { } at && definition.Facts.Smooth)
        {
            failures.Add(FormattableString.Invariant($"it is said to be smooth, and its value or its derivative jumps at x = {at:0.####}"));
        }
        else if (jump is null && !definition.Facts.Smooth)
        {
            failures.Add("it is said not to be smooth, and neither its value nor its derivative jumps between -12 and 12");
        }
    }

    private static double? JumpOf(Func<double[], double[]> function, double[] x)
    {
        double[] y = function(x);
        int jump = Enumerable.Range(1, Math.Max(0, x.Length - 1)).FirstOrDefault(i => IsJump(function, x[i - 1], x[i], y[i - 1], y[i]), -1);
        return jump < 0 ? null : x[jump];
    }

    /// <summary>A step of a continuous function shrinks when it is halved towards its steeper part; a jump stays.</summary>
    private static bool IsJump(Func<double[], double[]> function, double left, double right, double atLeft, double atRight)
    {
        for (int halving = 0; halving < 30 && Math.Abs(atRight - atLeft) > VisibleJump; halving++)
        {
            double centre = 0.5 * (left + right);
            double middle = function([centre])[0];
            (left, right, atLeft, atRight) = Math.Abs(middle - atLeft) > Math.Abs(atRight - middle)
                ? (left, centre, atLeft, middle)
                : (centre, right, middle, atRight);
        }

        return Math.Abs(atRight - atLeft) > VisibleJump;
    }

    private static bool IsName(string name) => name.Length > 0 && char.IsAsciiLetterLower(name[0])
        && name.Split('_').All(word => word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
}
