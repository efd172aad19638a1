using System.Globalization;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Custom;

/// <summary>
/// What is said about a formula: its cost counted, the rest measured with its parameters at their values in evaluation, in steps of 1/32 between -40 and 40, and from
/// <see cref="FormulaLimits"/>.
/// </summary>
internal static class FormulaFacts
{
    /// <summary>Parameters stay between this and its negative.</summary>
    public const double ParameterLimit = 1e6;

    private const double Reach = 40;
    private const double Step = 1.0 / 32;

    /// <summary>Within this distance of 0 a function that only tends to a bound has not reached it.</summary>
    private const double Near = 8;

    private const int Bisections = 40;

    private const double NegligibleSlope = 1e-6;

    /// <summary>Measures a formula.</summary>
    /// <exception cref="FormatException">It or its derivative is not finite at some point.</exception>
    /// <param name="formula">The formula, ready to be computed.</param>
    /// <param name="text">Its text.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="graph">Its operations.</param>
    /// <param name="builtIn">What is known of the function of the catalogue that computes it; null where none does.</param>
    public static ActivationFacts Of(FormulaActivation formula, string text, ParameterDeclaration[] parameters, FormulaGraph graph, ActivationFacts? builtIn)
    {
        double[] values = [.. parameters.Select(p => p.Default)];
        double[] x = [.. Enumerable.Range(0, (int)(2 * Reach / Step) + 1).Select(i => -Reach + (i * Step))];
        double[] y = new double[x.Length];
        double[] slope = new double[x.Length];
        ActivationArguments<double> arguments = ActivationArguments.Constants<double>(values);
        formula.Forward(x, y, x.Length, arguments);
        RefuseIfNotFinite(text, "", x, y);
        double[] ones = new double[x.Length];
        Array.Fill(ones, 1);
        formula.Backward(x, ones, slope, x.Length, arguments);
        RefuseIfNotFinite(text, "the derivative of ", x, slope);

        FormulaLimits limits = new(graph, null);
        double leftLimit = limits.At(positive: false, values);
        double rightLimit = limits.At(positive: true, values);
        double left = OrElse(leftLimit, y[0]);
        double right = OrElse(rightLimit, y[^1]);
        string within = (double.IsNaN(leftLimit) || double.IsNaN(rightLimit)) && !IsReachedNear(x, y) ? $" between x = -{Reach} and {Reach}" : "";
        FormulaLimits slopeLimits = new(graph, new FormulaNode(Operation.Variable));
        Saturation saturation = (Vanishes(slopeLimits.At(positive: false, values)) ? Saturation.Left : Saturation.None)
            | (Vanishes(slopeLimits.At(positive: true, values)) ? Saturation.Right : Saturation.None);
        bool smooth = IsSmooth(formula, x, y, slope, values);
        return new ActivationFacts
        {
            Name = text,
            Title = "Own formula",
            Summary = "A formula given as text; what is said of it here is measured or computed.",
            Paper = "",
            Range = Range(x, [.. y, .. Extremes(formula, x, y, values)], left, right, graph.Oscillates()) + within,
            Monotone = Enumerable.Range(1, y.Length - 1).All(i => y[i] >= y[i - 1] - (1e-12 * Math.Abs(y[i]))),
            Smooth = smooth,
            ZeroCentred = IsCentred(x, y),
            Saturation = saturation,
            Initialisation = IsRectifier(slope[0], slope[^1]) ? Initialisation.He : Initialisation.Glorot,
            Cost = builtIn?.Cost ?? Cost(graph),
            Kink = smooth ? "" : builtIn?.Kink ?? "The slope of max and min is the one from the left, of a condition the one of the branch taken, of abs at 0 it is 0.",
            Parameters = parameters,
            Peers = [],
            Strengths = [],
            Weaknesses = [],
            WhenToUse = "Where a comparison with the functions of the catalogue speaks for it.",
        };
    }

    private static void RefuseIfNotFinite(string text, string what, double[] x, double[] values)
    {
        int bad = Array.FindIndex(values, v => !double.IsFinite(v));
        if (bad >= 0)
        {
            string found = double.IsNaN(values[bad]) ? "no number" : "infinite";
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"an activation must have a finite value and slope from -{Reach} to {Reach}, and {what}'{ActivationReader.Shorten(text)}' is {found} at x = {x[bad]}"));
        }
    }

    // A formula of high powers may have no limit that doubles can reach.
    private static double OrElse(double limit, double end) => double.IsNaN(limit) ? end : limit;

    /// <summary>Whether the values near 0 have the bounds of all, as those of a wave have that does not grow.</summary>
    private static bool IsReachedNear(double[] x, double[] y)
    {
        double[] near = [.. y.Where((_, i) => Math.Abs(x[i]) <= Near)];
        double tolerance = 0.01 * (y.Max() - y.Min());
        return near.Max() >= y.Max() - tolerance && near.Min() <= y.Min() + tolerance;
    }

    private static bool Vanishes(double slope) => Math.Abs(slope) < NegligibleSlope;

    /// <summary>A rectifier passes one side and damps the other: He et al.'s variance is made for that, Glorot &amp; Bengio's for the rest.</summary>
    private static bool IsRectifier(double leftSlope, double rightSlope)
    {
        double lesser = Math.Min(Math.Abs(leftSlope), Math.Abs(rightSlope));
        double greater = Math.Max(Math.Abs(leftSlope), Math.Abs(rightSlope));
        return greater > NegligibleSlope && lesser < 0.5 * greater;
    }

    /// <summary>Functions that, step by step, cost about two exponentials count twice.</summary>
    private static CostClass Cost(FormulaGraph graph)
    {
        int transcendentals = 0;
        bool computes = false;
        foreach ((FormulaNode node, bool reached) in graph.Nodes.Zip(graph.Reached()))
        {
            computes |= reached && node.Operation is not (Operation.Variable or Operation.Number or Operation.Parameter);
            transcendentals += !reached ? 0 : node.Operation switch
            {
                Operation.Sin or Operation.Cos or Operation.Exp or Operation.ExpM1 or Operation.Log or Operation.Log1P or Operation.Tanh or Operation.Sigmoid or Operation.TanhSoftPlus => 1,
                Operation.SoftPlus or Operation.Erf or Operation.Erfc or Operation.NormalCdf => 2,
                _ => 0,
            };
        }

        return transcendentals switch
        {
            0 => computes ? CostClass.Arithmetic : CostClass.Free,
            1 => CostClass.OneTranscendental,
            _ => CostClass.SeveralTranscendentals,
        };
    }

    /// <summary>Whether the mean for x ~ N(0, 1) is within 1 % of the standard deviation.</summary>
    internal static bool IsCentred(double[] x, double[] y)
    {
        double weights = 0;
        double mean = 0;
        double square = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double weight = Math.Exp(-0.5 * x[i] * x[i]);
            weights += weight;
            mean += weight * y[i];
            square += weight * y[i] * y[i];
        }

        mean /= weights;
        return Math.Abs(mean) <= 0.01 * Math.Sqrt(Math.Max(0, (square / weights) - (mean * mean)));
    }

    /// <summary>
    /// Follows the greatest steps of the value and of the derivative down to neighbouring numbers: a step that does not shrink with its interval is a jump.
    /// </summary>
    private static bool IsSmooth(FormulaActivation formula, double[] x, double[] y, double[] slope, double[] parameters) =>
        !Jumps(x, y, (at, to) => formula.Forward(at, to, 1, ActivationArguments.Constants<double>(parameters)))
        && !Jumps(x, slope, (at, to) => formula.Backward(at, [1.0], to, 1, ActivationArguments.Constants<double>(parameters)));

    private static bool Jumps(double[] x, double[] values, Action<double[], double[]> function)
    {
        double scale = values.Max(Math.Abs);
        int[] steepest = [.. Enumerable.Range(1, x.Length - 1).OrderByDescending(i => Math.Abs(values[i] - values[i - 1])).Take(16)];
        return steepest.Any(i => Math.Abs(values[i] - values[i - 1]) > 1e-6 * scale && Jumps(function, x[i - 1], values[i - 1], x[i], values[i]));
    }

    private static bool Jumps(Action<double[], double[]> function, double left, double atLeft, double right, double atRight)
    {
        double first = Math.Abs(atRight - atLeft);
        double[] value = new double[1];
        for (int i = 0; i < Bisections; i++)
        {
            double middle = 0.5 * (left + right);
            function([middle], value);
            if (Math.Abs(value[0] - atLeft) > Math.Abs(atRight - value[0]))
            {
                (right, atRight) = (middle, value[0]);
            }
            else
            {
                (left, atLeft) = (middle, value[0]);
            }
        }

        return Math.Abs(atRight - atLeft) > 1e-3 * first;
    }

    /// <summary>The least and the greatest value in finer steps, where they lie near 0 and not at an end.</summary>
    private static IEnumerable<double> Extremes(FormulaActivation formula, double[] x, double[] y, double[] parameters)
    {
        foreach (double extreme in (double[])[y.Min(), y.Max()])
        {
            int at = Array.IndexOf(y, extreme);
            if (Math.Abs(x[at]) <= Near)
            {
                double[] fine = [.. Enumerable.Range(-512, 1025).Select(i => x[at] + (i * Step / 512))];
                formula.Forward(fine, fine, fine.Length, ActivationArguments.Constants<double>(parameters));
                yield return fine.Min();
                yield return fine.Max();
            }
        }
    }

    private static string Range(double[] x, double[] y, double left, double right, bool oscillates)
    {
        double least = Math.Min(y.Min(), Math.Min(left, right));
        double greatest = Math.Max(y.Max(), Math.Max(left, right));
        // A wave reaches its bounds, if not just at the points that were tried.
        bool leastReached = oscillates || Enumerable.Range(0, y.Length).Any(i => y[i] <= least && (i >= x.Length || Math.Abs(x[i]) <= Near));
        bool greatestReached = oscillates || Enumerable.Range(0, y.Length).Any(i => y[i] >= greatest && (i >= x.Length || Math.Abs(x[i]) <= Near));
        string from = double.IsInfinity(least) ? "(-∞" : $"{(leastReached ? "[" : "(")}{Rounded(least)}";
        string to = double.IsInfinity(greatest) ? "∞)" : $"{Rounded(greatest)}{(greatestReached ? "]" : ")")}";
        return $"{from}, {to}";
    }

    private static string Rounded(double value) => (value == 0 ? 0 : value).ToString("G4", CultureInfo.InvariantCulture);
}
