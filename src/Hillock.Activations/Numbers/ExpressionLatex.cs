using System.Globalization;
using static Hillock.Activations.Numbers.ExpressionNode;

namespace Hillock.Activations.Numbers;

/// <summary>Writes an expression in LaTeX, as a card of the catalogue shows it.</summary>
internal static class ExpressionLatex
{
    private enum Level
    {
        Cases,
        Sum,
        Product,
        Sign,
        Power,
        Atom,
    }

    private static readonly (double Value, string Text)[] Constants =
    [
        (Numbers.Constants.TwoOverSqrtPi, @"\tfrac{2}{\sqrt{\pi}}"),
        (Numbers.Constants.InverseSqrtTwoPi, @"\tfrac{1}{\sqrt{2\pi}}"),
        (Numbers.Constants.SqrtHalf, @"\tfrac{1}{\sqrt{2}}"),
        (Numbers.Constants.SqrtTwo, @"\sqrt{2}"),
        (Numbers.Constants.SqrtTwoOverPi, @"\sqrt{\tfrac{2}{\pi}}"),
        (2 * Numbers.Constants.SqrtTwoOverPi, @"2\sqrt{\tfrac{2}{\pi}}"),
    ];

    private static readonly string[] Greek =
        ["alpha", "beta", "gamma", "delta", "epsilon", "theta", "kappa", "lambda", "mu", "nu", "rho", "sigma", "tau", "omega"];

    /// <summary>The formula of an expression; null where it is longer than anyone would read.</summary>
    public static string? Of(Expression expression) => expression.Node.IsTooLarge || Text(expression.Node) is not { Length: <= MaximumLength } text ? null : text;

    /// <summary>The formula of an expression, or where it is too long its text as it was given.</summary>
    public static string Of(Expression expression, string text) => Of(expression) ?? $@"\texttt{{{Verbatim(text)}}}";

    private static string Text(ExpressionNode node, Level surrounding) => LevelOf(node) < surrounding ? $@"\left({Text(node)}\right)" : Text(node);

    private static Level LevelOf(ExpressionNode node) => node switch
    {
        IfPositive => Level.Cases,
        Call { Function: "expm1" } => Level.Sum,
        Call { Function: "exp" } => Level.Power,
        Binary { Operator: '+' or '-' } => Level.Sum,
        Binary { Operator: '*' } => Level.Product,
        Binary => Level.Atom,
        Negative => Level.Sign,
        Number { Value: < 0 } => Level.Sign,
        Number number when Digits(number.Value).Contains('e', StringComparison.OrdinalIgnoreCase) => Level.Product,
        Power or RealPower => Level.Power,
        _ => Level.Atom,
    };

    private static string Text(ExpressionNode node) => node switch
    {
        Number number => NumberText(number.Value),
        Symbol symbol => Name(symbol.Name),
        Call call => CallText(call),
        Negative negative => $"-{Text(negative.Operand, Level.Sign)}",
        Power { Base: Binary { Operator: '/' } quotient } power => $@"\left({Text(quotient)}\right)^{{{power.Exponent}}}",
        Power power => $"{Text(power.Base, Level.Atom)}^{{{power.Exponent}}}",
        RealPower power => $"{Text(power.Base, Level.Atom)}^{{{Text(power.Exponent)}}}",
        Binary { Operator: '/' } quotient => $@"\frac{{{Text(quotient.Left)}}}{{{Text(quotient.Right)}}}",
        Binary { Operator: '*' } product => Product(product),
        Binary sum => $"{Text(sum.Left, Level.Sum)} {sum.Operator} {Text(sum.Right, sum.Operator == '+' ? Level.Sum : Level.Product)}",
        IfPositive conditional => Cases(conditional),
        _ => throw new NotSupportedException($"no LaTeX for {node.GetType().Name}"),
    };

    private static string Product(Binary product)
    {
        string left = Text(product.Left, Level.Product);
        string right = Text(product.Right, Level.Product);

        // Beside a number, and before a sign or a digit, the dot says that it is a product.
        bool dot = product.Right is Number or Negative or Binary { Operator: '*', Left: Number } || (product.Left is Call && product.Right is Call or Symbol);
        return dot ? $@"{left} \cdot {right}" : $@"{left} \, {right}";
    }

    private static string Cases(IfPositive conditional)
    {
        List<string> rows = [];
        ExpressionNode rest = conditional;
        while (rest is IfPositive next)
        {
            rows.Add($@"{Text(next.Positive)} & \text{{if }} {Condition(next.Condition)}");
            rest = next.Otherwise;
        }

        rows.Add($@"{Text(rest)} & \text{{otherwise}}");
        return $@"\begin{{cases}} {string.Join(@" \\ ", rows)} \end{{cases}}";
    }

    private static string Condition(ExpressionNode condition) => condition is Binary { Operator: '-' } difference
        ? $"{Text(difference.Left, Level.Sum)} > {Text(difference.Right, Level.Sum)}"
        : $"{Text(condition, Level.Sum)} > 0";

    private static string CallText(Call call) => call.Function switch
    {
        "exp" => $"e^{{{Text(call.Argument)}}}",
        "expm1" => $"e^{{{Text(call.Argument)}}} - 1",
        "sqrt" => $@"\sqrt{{{Text(call.Argument)}}}",
        "abs" => $@"\left|{Text(call.Argument)}\right|",
        "round" => $@"\left\lfloor {Text(call.Argument)} \right\rceil",
        "log" => Function(@"\ln", Text(call.Argument)),
        "log1p" => Function(@"\ln", $"1 + {Text(call.Argument, Level.Sum)}"),
        "tanh" or "sin" or "cos" => Function(@"\" + call.Function, Text(call.Argument)),
        "sigmoid" => Function(@"\sigma", Text(call.Argument)),
        "normal_cdf" => Function(@"\Phi", Text(call.Argument)),
        _ => Function($@"\operatorname{{{call.Function.Replace("_", @"\_", StringComparison.Ordinal)}}}", Text(call.Argument)),
    };

    private static string Function(string name, string argument) => $@"{name}\left({argument}\right)";

    // A letter with digits or with a word behind an underscore has an index.
    private static string Name(string name) => name switch
    {
        _ when Greek.Contains(name) => @"\" + name,
        [_] => name,
        [char letter, '_', .. string index] => $"{letter}_{{{Upright(index)}}}",
        [char letter, .. string index] when index.All(char.IsAsciiDigit) => $"{letter}_{{{index}}}",
        _ => Upright(name),
    };

    private static string Upright(string name) => name.Length == 1 ? name : $@"\mathrm{{{name.Replace("_", @"\_", StringComparison.Ordinal)}}}";

    private static string NumberText(double value)
    {
        foreach ((double constant, string text) in Constants)
        {
            if (Math.Abs(value) == constant)
            {
                return value < 0 ? "-" + text : text;
            }
        }

        string[] parts = Digits(value).Split('E');
        return parts.Length == 1 ? parts[0] : $@"{parts[0]} \cdot 10^{{{int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}}}";
    }

    private static string Verbatim(string text) => string.Concat(text.Select(c => c switch
    {
        '_' => @"\_",
        '^' => @"\textasciicircum{}",
        _ => c.ToString(),
    }));

    private static string Digits(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
