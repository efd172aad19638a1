using Hillock.Activations.Custom;

namespace Hillock.Activations.Catalogue;

/// <content>Formulas and the parameters after them.</content>
internal sealed partial class ActivationReader
{
    /// <summary>Whether a formula comes next: in braces, or with x as a word of its own before the next comma outside parentheses.</summary>
    private bool IsFormula()
    {
        if (position < text.Length && text[position] == '{')
        {
            return true;
        }

        int depth = 0;
        for (int i = position; i < text.Length && (text[i] != ',' || depth > 0); i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] is 'x' or 'X' && (i == 0 || char.IsAsciiDigit(text[i - 1]) || !IsWordCharacter(text[i - 1], formula: true))
                && (i + 1 == text.Length || !IsWordCharacter(text[i + 1], formula: true)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what starts with a word and has no x is still meant as a formula, whose mistake that is.</summary>
    /// <param name="word">The word, read already; may be empty.</param>
    private bool IsFormulaWithoutVariable(string word) => word.Length == 0
        ? position < text.Length && text[position] is '(' or '.'
        : word[0] == '-' || char.IsAsciiDigit(word[0]) || (FormulaParser.IsReserved(word) && !Names().Contains(word, StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads a formula with the parameters after it, such as <c>max(0, x) + a * min(0, x), a = 0.1</c>; braces around it are optional.</summary>
    private List<Activation> ReadFormula()
    {
        bool braces = TryTake('{');
        SkipSpace();
        int start = position;
        FormulaParser parser = new(text, position);
        parser.Read();
        position = parser.Position;
        formula = parser;
        string expression = Tidy(text[start..position]);
        List<(int Parameter, List<Value> Values)> given = ReadFormulaParameters(parser);
        string whole = Tidy(text[start..position]);
        bool closed = TryTake('}');
        if (braces && !closed)
        {
            throw Wrong(position == text.Length ? "the closing brace is missing" : "an operator, ', name = value' or the closing brace is expected");
        }

        if (closed && !braces)
        {
            throw Wrong("a closing brace has no opening one", at: position - 1);
        }

        foreach ((string name, int where) in parser.Parameters.Where((_, i) => !given.Exists(g => g.Parameter == i)))
        {
            throw parser.Wrong($"unknown name '{Shorten(name)}'", where, $"; x is the variable, and a parameter is given after the formula: {Shorten(name)} = 1");
        }

        ParameterDeclaration[] declared = [.. parser.Parameters.Select(p => Declare(p.Name, double.NaN))];
        return Combine(
            new ParameterMode[declared.Length],
            given,
            expression,
            modes => new FormulaActivation(expression, parser.Graph, [.. modes.Select((mode, i) => Declare(declared[i].Name, mode.EvaluationValue))]),
            values => values is null ? whole : string.Join(", ", Assignments(declared, given, values, " = ").Prepend(expression)));
    }

    private List<(int Parameter, List<Value> Values)> ReadFormulaParameters(FormulaParser parser)
    {
        List<(int Parameter, List<Value> Values)> given = [];
        while (true)
        {
            int before = position;
            SkipSpace();
            int end = position;
            string name = TryTake(',') ? ReadAssigned(out end) : "";
            if (name.Length == 0)
            {
                // The comma separates the formula from another activation.
                position = before;
                return given;
            }

            int parameter = parser.Parameters.ToList().FindIndex(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (parameter < 0)
            {
                throw parser.Wrong(
                    FormulaParser.IsReserved(name) ? $"'{Shorten(name)}' has a meaning of its own and cannot be a parameter" : $"parameter '{Shorten(name)}' does not appear in the formula", end);
            }

            if (given.Exists(g => g.Parameter == parameter))
            {
                throw parser.Wrong($"parameter '{name}' is given twice", end);
            }

            given.Add((parameter, ReadValues("the formula", Declare(name, double.NaN), double.NaN)));
            if (given[^1].Values.Exists(v => double.IsNaN(v.Mode.EvaluationValue)))
            {
                throw parser.Wrong($"learning '{name}' needs a value to start from", end, $", such as {name} = learn(init=1)");
            }
        }
    }

    /// <summary>Takes <c>name =</c>, or nothing.</summary>
    private string ReadAssigned(out int start)
    {
        SkipSpace();
        start = position;
        string name = ReadWhile(c => IsWordCharacter(c, formula: true));
        return name.Length > 0 && TryTake('=') ? name : "";
    }

    private static ParameterDeclaration Declare(string name, double value) =>
        new(name, value, -FormulaFacts.ParameterLimit, FormulaFacts.ParameterLimit, "a parameter of the formula");
}
