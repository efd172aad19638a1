using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;
using Agreement = Hillock.Activations.Custom.FormulaIdentity.Agreement;

namespace Hillock.Activations.Custom;

/// <summary>The function of the catalogue that a text is.</summary>
/// <param name="Function">The function.</param>
/// <param name="Numbers">The values of its parameters where the text has numbers in their places; null where the text's own parameters stand there.</param>
/// <param name="Order">Which of the text's parameters stands for each of the function's; null where none does.</param>
/// <param name="InDoubles">Whether the text's numbers are the function's to the precision of doubles.</param>
/// <param name="Breaks">Where branches meet.</param>
internal sealed record BuiltInMatch(IElementwisePasses Function, double[]? Numbers, int[]? Order, bool InDoubles, double[] Breaks)
{
    /// <summary>How many sets of values are tried for the parameters of one function.</summary>
    private const int MaximumTrials = 4096;

    /// <summary>A function whose values differ from the text's by more at one of <see cref="Samples"/> is not compared any further.</summary>
    private const double Tolerance = 1e-7;

    private static readonly double[] Samples = [0.31, -0.72, 1.93, -2.67, 4.24, -5.1, 0.05, -0.021, 7.3];

    /// <summary>Where a term that grows would show, however small its factor.</summary>
    private static readonly double[] FarOut = [12, -12, 25, -25, 40, -40, 80, -80, 300, -300];

    /// <summary>Values for parameters that a text leaves open, in all orders of size.</summary>
    private static readonly double[][] OpenValues =
    [
        [0.31, 0.64, 0.42, 0.87, 0.53, 0.74, 0.22, 0.93, 0.37, 0.58, 0.81, 0.47],
        [0.83, 0.44, 0.71, 0.26, 0.62, 0.39, 0.91, 0.33, 0.77, 0.51, 0.28, 0.66],
    ];

    /// <summary>Learning may take them below 0, where |a|·x is not a·x; the kernels need not be asked there.</summary>
    private static readonly double[] OpenValuesOfBothSigns = [-0.46, 0.61, -0.35, 0.79, -0.52, 0.43, -0.68, 0.24, -0.87, 0.56, -0.73, 0.38];

    /// <summary>Whether all parameters have their defaults.</summary>
    public bool IsDefault => Numbers is not null && Function.Facts.Parameters.Select(parameter => parameter.Default).SequenceEqual(Numbers);

    /// <summary>The activation of the catalogue, with the values that its parameters have.</summary>
    /// <param name="parameters">The text's parameters.</param>
    /// <returns>null where the catalogue allows no such values.</returns>
    public Activation? Named(IReadOnlyList<ParameterDeclaration> parameters)
    {
        ParameterMode[] modes = Numbers is null ? [.. Order!.Select(p => parameters[p].Mode)] : [.. Numbers.Select(value => new ParameterMode.Constant(value))];
        if (!Function.Facts.Parameters.Zip(modes, (declared, mode) => mode.EvaluationValue >= declared.Minimum && mode.EvaluationValue <= declared.Maximum).All(fits => fits))
        {
            return null;
        }

        ActivationDefinition definition = (ActivationDefinition)Function;
        string text = new Activation(definition, modes).Specification;
        ActivationAlias? alias = Function.Facts.Aliases.FirstOrDefault(a => a.Arguments.Length > 0 && Activation.Parse(a.Name).Specification == text);
        return new Activation(definition, modes, alias?.Name ?? text);
    }

    /// <summary>The function that a formula is; null where it is none.</summary>
    /// <param name="graph">The formula without powers.</param>
    /// <param name="parameters">Its parameters.</param>
    public static BuiltInMatch? Find(FormulaGraph graph, IReadOnlyList<ParameterDeclaration> parameters)
    {
        Expression[] symbols = [.. Enumerable.Range(0, ActivationArguments<float>.MaximumCount).Select(i => Expression.Symbol($"#{i}"))];
        Expression formula = graph.Evaluate<Expression>(Expression.Symbol("x"), symbols.AsSpan(0, parameters.Count));
        double[][] open = [.. OpenValues.Select(all => all[..parameters.Count])];
        double[] values = [.. Samples.Select(x => graph.ValueAt(x, open[0]))];
        double[] numbers = [.. graph.Nodes.Zip(graph.Reached()).Where(n => n.Second && n.First.Operation == Operation.Number).Select(n => n.First.Value)];

        // Some functions with many parameters can be any of those with few.
        foreach (IElementwisePasses function in ActivationCatalogue.All.OfType<IElementwisePasses>().OrderBy(function => function.Facts.Parameters.Count))
        {
            IReadOnlyList<ParameterDeclaration> declared = function.Facts.Parameters;
            if (parameters.Count > 0)
            {
                int[] order = InOrder(declared, parameters);
                Expression[] ordered = [.. order.Select(p => symbols[p])];
                Agreement[] all = order.Length == parameters.Count && HasValues(function, [.. order.Select(p => open[0][p])], values)
                    ? [.. open.Select(set => Compare(graph, formula, function, ordered, set, order)).OfType<Agreement>()]
                    : [];
                if (all.Length == open.Length && FormulaIdentity.Compare(formula, function.Write(ordered), OpenValuesOfBothSigns) is not null)
                {
                    return new(function, null, order, Array.TrueForAll(all, agreement => agreement.InDoubles), []);
                }

                continue;
            }

            foreach (double[] trial in Trials(declared, numbers))
            {
                if (HasValues(function, trial, values) && Compare(graph, formula, function, symbols[..declared.Count], trial, order: null) is { } agreement)
                {
                    return new(function, trial, null, agreement.InDoubles, agreement.Breaks);
                }
            }
        }

        return null;
    }

    /// <summary>Parameters of the same names are the same; of other names, those in the same places.</summary>
    private static int[] InOrder(IReadOnlyList<ParameterDeclaration> declared, IReadOnlyList<ParameterDeclaration> parameters)
    {
        if (declared.Count != parameters.Count)
        {
            return [];
        }

        int[] byName = [.. declared.Select(d => parameters.ToList().FindIndex(p => p.Name.Equals(d.Name, StringComparison.OrdinalIgnoreCase)))];
        return byName.Contains(-1) ? [.. Enumerable.Range(0, declared.Count)] : byName;
    }

    /// <summary>Values that a function's parameters may have: the defaults, then the numbers of the text and what two of them make.</summary>
    private static IEnumerable<double[]> Trials(IReadOnlyList<ParameterDeclaration> declared, double[] numbers)
    {
        double[] defaults = [.. declared.Select(parameter => parameter.Default)];
        yield return defaults;
        IEnumerable<double> plain = numbers.SelectMany(number => new[] { number, -number, 1 / number }).Append(0).Append(1);
        IEnumerable<double> made = numbers.SelectMany(a => numbers.SelectMany(b => new[] { a * b, a / b, a + b, a - b }));
        double[][] choices = Choices(plain.Concat(made));
        if (Count(choices) > MaximumTrials)
        {
            choices = Choices(plain);
        }

        if (declared.Count == 0 || Count(choices) > MaximumTrials)
        {
            yield break;
        }

        int trials = (int)Count(choices);
        for (int trial = 0; trial < trials; trial++)
        {
            double[] values = new double[declared.Count];
            int rest = trial;
            for (int p = 0; p < values.Length; p++)
            {
                values[p] = choices[p][rest % choices[p].Length];
                rest /= choices[p].Length;
            }

            yield return values;
        }

        double[][] Choices(IEnumerable<double> all) =>
            [.. declared.Select(parameter => all.Append(parameter.Default).Where(v => v >= parameter.Minimum && v <= parameter.Maximum).Distinct().ToArray())];

        static double Count(double[][] choices) => choices.Aggregate(1.0, (product, choice) => product * choice.Length);
    }

    private static bool HasValues(IElementwisePasses function, double[] parameters, double[] values)
    {
        Span<double> results = stackalloc double[Samples.Length];
        function.Run(Pass.Forward, Samples, default, results, ActivationArguments.Constants<double>(parameters), RegisterWidths.Best);
        int numbers = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!AreNear(results[i], values[i]))
            {
                return false;
            }

            numbers += double.IsNaN(values[i]) ? 0 : 1;
        }

        return numbers > Samples.Length / 2;
    }

    /// <summary>
    /// Compares the formulas, and their values where branches meet, since a threshold may belong to either side, at 0, where the least term shows, and far out.
    /// </summary>
    private static Agreement? Compare(FormulaGraph graph, Expression formula, IElementwisePasses function, Expression[] symbols, double[] parameters, int[]? order)
    {
        if (FormulaIdentity.Compare(formula, function.Write(symbols), parameters) is not { } agreement)
        {
            return null;
        }

        double[] points = [0, .. FarOut, .. agreement.Breaks];
        double[] theirs = new double[points.Length];
        double[] ordered = order is null ? parameters : [.. order.Select(p => parameters[p])];
        function.Run(Pass.Forward, points, default, theirs, ActivationArguments.Constants<double>(ordered), RegisterWidths.Best);
        double[] ours = [.. points.Select(x => graph.ValueAt(x, parameters))];
        return AreNear(ours[0], theirs[0]) && points.Zip(ours, theirs).Skip(1).All(p => !double.IsFinite(p.Second) || Math.Abs(p.Second - p.Third) <= Tolerance * Math.Max(1, Math.Abs(p.Third))) ? agreement : null;
    }

    private static bool AreNear(double left, double right) =>
        left == right || (double.IsNaN(left) && double.IsNaN(right)) || Math.Abs(left - right) <= Tolerance * Math.Max(Math.Abs(left), Math.Abs(right));
}
