using System.Text.RegularExpressions;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Custom;
using Number = Hillock.Activations.Numbers.DoubleReal<Hillock.Activations.Numbers.DoubleLanes1>;

namespace Hillock.Activations.Testing;

/// <summary>
/// The set of values that the facts state, read back: intervals and sets of numbers joined by ∪, such as <c>{0} ∪ (theta, ∞)</c>, the parameters at their defaults. What follows
/// a comma is said of other parameters.
/// </summary>
internal sealed partial class StatedRange
{
    /// <summary>A number that stands for ∞ while an end is computed.</summary>
    private const double Infinite = 1e300;

    private readonly List<(double Least, double Greatest)> _pieces = [];

    /// <summary>Its lower end.</summary>
    public double Least => _pieces.Min(piece => piece.Least);

    /// <summary>Its upper end.</summary>
    public double Greatest => _pieces.Max(piece => piece.Greatest);

    /// <summary>Reads what the facts say; null where it is not in this notation.</summary>
    public static StatedRange? Of(ActivationFacts facts)
    {
        StatedRange range = new();
        try
        {
            foreach (string piece in Split(facts.Range)[0].Split('∪', StringSplitOptions.TrimEntries))
            {
                range.Add(piece, facts.Parameters);
            }

            return range;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a value is in it, or so near that rounding, or the digits that the text spares, account for the difference.</summary>
    public bool Contains(double value) => _pieces.Exists(piece => value >= piece.Least - Tolerance(piece.Least) && value <= piece.Greatest + Tolerance(piece.Greatest));

    /// <summary>Whether a value is as good as the end of the range.</summary>
    public static bool Reaches(double value, double end) => double.IsInfinity(end)
        ? Math.Sign(value) == Math.Sign(end) && Math.Abs(value) > 30
        : Math.Abs(value - end) <= Tolerance(end);

    private static double Tolerance(double end) => double.IsInfinity(end) ? 0 : 0.005 * (1 + Math.Abs(end));

    private void Add(string piece, IReadOnlyList<ParameterDeclaration> parameters)
    {
        switch (piece)
        {
            case "ℤ":
                _pieces.Add((double.NegativeInfinity, double.PositiveInfinity));
                return;
            case ['{', .., '}']:
                _pieces.AddRange(Split(piece[1..^1]).Select(text => Evaluate(text, parameters)).Select(number => (number, number)));
                return;
            case ['(' or '[', .., ')' or ']'] when Split(piece[1..^1]) is [string left, string right]:
                (double least, double greatest) = (Evaluate(left, parameters), Evaluate(right, parameters));
                if (!(least <= greatest))
                {
                    throw new FormatException("the ends are exchanged");
                }

                _pieces.Add((least, greatest));
                return;
            default:
                throw new FormatException("neither an interval nor a set");
        }
    }

    /// <summary>A number, or a formula of the parameters as one writes it in prose: 1/√alpha, alpha·beta.</summary>
    private static double Evaluate(string text, IReadOnlyList<ParameterDeclaration> parameters)
    {
        if (parameters.FirstOrDefault(p => p.Name.Equals(text, StringComparison.Ordinal)) is { } parameter)
        {
            return parameter.Default;
        }

        string formula = Root().Replace(text.Replace('·', '*').Replace("∞", "1e300", StringComparison.Ordinal), "sqrt(${name})") + " + 0 * x";
        FormulaParser parser = new(formula, 0);
        parser.Read();
        Number[] values = [.. parser.Parameters.Select(used => Number.Broadcast(
            parameters.FirstOrDefault(p => p.Name.Equals(used.Name, StringComparison.Ordinal))?.Default ?? throw new FormatException("unknown name")))];
        double result = 0;
        Number.Store(parser.Graph.WithoutPowers().Evaluate<Number>(Number.Broadcast(0), values), ref result);
        return parser.Position == formula.Length && !double.IsNaN(result)
            ? Math.Abs(result) >= Infinite ? double.CopySign(double.PositiveInfinity, result) : result
            : throw new FormatException("no number");
    }

    /// <summary>Splits at commas outside brackets.</summary>
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' or '{' ? 1 : text[i] is ')' or ']' or '}' ? -1 : 0;
            if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }

    [GeneratedRegex(@"√(?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Root();
}
