using System.Runtime.InteropServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;
using static Hillock.Activations.Numbers.ExpressionNode;

namespace Hillock.Activations.Custom;

/// <summary>
/// A function of the catalogue that a text spells out, such as silu for <c>x / (1 + exp(-x))</c>: its kernels compute the text. Both are written down as
/// expressions and compared node by node, sums and products in either order; a parameter of the one stands for the same parameter of
/// the other, or for a number.
/// </summary>
/// <param name="function">The function of the catalogue.</param>
/// <param name="numbers">The values of its parameters where the text has numbers in their places; null where the text's own parameters stand there.</param>
internal sealed class BuiltInTwin(IElementwisePasses function, double[]? numbers)
{
    private readonly double[]? _doubles = numbers;
    private readonly float[]? _floats = numbers is null ? null : [.. numbers.Select(value => (float)value)];

    /// <summary>What the function costs.</summary>
    public CostClass Cost => function.Facts.Cost;

    /// <summary>Whether the text's parameters are the function's.</summary>
    public bool HasParameters => _doubles is null;

    /// <summary>The twin of a formula, or null.</summary>
    /// <param name="graph">The formula without powers.</param>
    /// <param name="parameters">How many parameters it has.</param>
    public static BuiltInTwin? Of(FormulaGraph graph, int parameters)
    {
        // At a tie the greater of two has the derivative of either, and a wave has limits only as part of a text: conventions of their own.
        if (graph.Oscillates() || graph.Nodes.Zip(graph.Reached()).Any(n => n.Second && n.First.Operation is Operation.Max or Operation.Min))
        {
            return null;
        }

        return Find(graph, parameters) is var (function, numbers) && (numbers is null || Array.TrueForAll(numbers, value => value == (float)value || IsDefault(function, numbers)))
            ? new(function, numbers)
            : null;
    }

    /// <summary>The activation of the catalogue that a formula is, by the values that it has; null where it is none.</summary>
    /// <param name="graph">The formula without powers.</param>
    /// <param name="parameters">Its parameters.</param>
    public static Activation? Named(FormulaGraph graph, IReadOnlyList<ParameterDeclaration> parameters)
    {
        if (Find(graph, parameters.Count) is not var (function, numbers))
        {
            return null;
        }

        ParameterMode[] modes = numbers is null ? [.. parameters.Select(p => p.Mode)] : [.. numbers.Select(value => new ParameterMode.Constant(value))];
        bool allowed = function.Facts.Parameters.Zip(modes, (declared, mode) => mode.EvaluationValue >= declared.Minimum && mode.EvaluationValue <= declared.Maximum).All(fits => fits);
        if (!allowed)
        {
            return null;
        }

        ActivationDefinition definition = (ActivationDefinition)function;
        string text = new Activation(definition, modes).Specification;
        ActivationAlias? alias = function.Facts.Aliases.FirstOrDefault(a => a.Arguments.Length > 0 && Activation.Parse(a.Name).Specification == text);
        return new Activation(definition, modes, alias?.Name ?? text);
    }

    private static bool IsDefault(IElementwisePasses function, double[] numbers) => function.Facts.Parameters.Select(parameter => parameter.Default).SequenceEqual(numbers);

    /// <summary>A function of the catalogue with the same expression, and the values of its parameters where the text has none.</summary>
    private static (IElementwisePasses Function, double[]? Numbers)? Find(FormulaGraph graph, int parameters)
    {
        Expression[] symbols = [.. Enumerable.Range(0, ActivationArguments<float>.MaximumCount).Select(i => Expression.Symbol($"#{i}"))];
        ExpressionNode formula = graph.Evaluate<Expression>(Expression.Symbol("x"), symbols.AsSpan(0, parameters)).Node;
        foreach (IElementwisePasses function in ActivationCatalogue.All.OfType<IElementwisePasses>())
        {
            ParameterDeclaration[] declared = [.. function.Facts.Parameters];
            ExpressionNode?[] bound = new ExpressionNode?[declared.Length];
            if (declared.Length == parameters || parameters == 0)
            {
                bool equal = Matches(function.Write(symbols.AsSpan(0, declared.Length)).Node, formula, bound);
                if (equal && parameters > 0 && bound.Zip(symbols).All(pair => pair.First == pair.Second.Node))
                {
                    return (function, null);
                }

                if (equal && parameters == 0 && bound.All(node => node is Number))
                {
                    return (function, [.. bound.Select(node => ((Number)node!).Value)]);
                }
            }

            // A default of 1 or 0 leaves no trace in a text.
            double[] defaults = [.. declared.Select(parameter => parameter.Default)];
            if (parameters == 0 && Matches(function.Write([.. defaults.Select(Expression.Constant)]).Node, formula, []))
            {
                return (function, defaults);
            }
        }

        return null;
    }

    /// <summary>Runs a pass over floats or doubles.</summary>
    public void Run<TScalar>(
        Pass pass, ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in ActivationArguments<TScalar> arguments, RegisterWidth width)
        where TScalar : unmanaged
    {
        ReadOnlySpan<TScalar> constants = typeof(TScalar) == typeof(double) ? MemoryMarshal.Cast<double, TScalar>(_doubles) : MemoryMarshal.Cast<float, TScalar>(_floats);
        function.Run(pass, input, gradient, result, _doubles is null ? arguments : ActivationArguments.Constants(constants), width);
    }

    /// <summary>Computes gradients by inputs and parameters, where the twin <see cref="HasParameters"/>.</summary>
    public void Run(
        ReadOnlySpan<float> input, ReadOnlySpan<float> gradient, Span<float> result, in ActivationArguments<float> arguments, in ParameterGradients<float> parameterGradients) =>
        ((ActivationDefinition)function).Backward(input, gradient, result, input.Length, arguments, parameterGradients);

    /// <summary>The same in double precision.</summary>
    public void Run(
        ReadOnlySpan<double> input, ReadOnlySpan<double> gradient, Span<double> result, in ActivationArguments<double> arguments, in ParameterGradients<double> parameterGradients) =>
        ((ActivationDefinition)function).Backward(input, gradient, result, input.Length, arguments, parameterGradients);

    private static bool Matches(ExpressionNode pattern, ExpressionNode node, ExpressionNode?[] bound)
    {
        switch (pattern, node)
        {
            case (Symbol { Name: ['#', .. string index] }, Number or Symbol { Name: ['#', ..] }) when bound.Length > 0:
                ref ExpressionNode? place = ref bound[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)];
                place ??= node;
                return place == node;
            case (Call a, Call b):
                return a.Function == b.Function && Matches(a.Argument, b.Argument, bound);
            case (Negative a, Negative b):
                return Matches(a.Operand, b.Operand, bound);
            case (Power a, Power b):
                return a.Exponent == b.Exponent && Matches(a.Base, b.Base, bound);
            case (IfPositive a, IfPositive b):
                return Matches(a.Condition, b.Condition, bound) && Matches(a.Positive, b.Positive, bound) && Matches(a.Otherwise, b.Otherwise, bound);
            case (Binary a, Binary b) when a.Operator == b.Operator:
                return MatchesBoth(a, b.Left, b.Right, bound) || (a.Operator is '+' or '*' && MatchesBoth(a, b.Right, b.Left, bound));
            default:
                return pattern == node;
        }
    }

    private static bool MatchesBoth(Binary pattern, ExpressionNode left, ExpressionNode right, ExpressionNode?[] bound)
    {
        ExpressionNode?[] before = [.. bound];
        if (Matches(pattern.Left, left, bound) && Matches(pattern.Right, right, bound))
        {
            return true;
        }

        before.CopyTo(bound, 0);
        return false;
    }
}
