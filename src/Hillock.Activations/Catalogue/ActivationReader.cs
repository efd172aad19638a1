using System.Globalization;
using Hillock.Activations.Custom;

namespace Hillock.Activations.Catalogue;

/// <summary>Reads the notation of <see cref="Activation.Parse(string)"/>, one item after the other.</summary>
internal sealed class ActivationReader(string text, IReadOnlyList<ActivationDefinition> catalogue)
{
    /// <summary>A bound on what the lists of values of one item may multiply to; more is a slip of the pen.</summary>
    private const int MaximumAlternatives = 1000;

    private static readonly string[] NotFinite = ["inf", "infinity", "∞", "nan"];

    /// <summary>How deep a function may be fitted to another; a fit takes a moment.</summary>
    private const int MaximumFits = 3;

    private int position;
    private int fits;

    /// <summary>One value of a parameter as the user wrote it, and what it means.</summary>
    private readonly record struct Value(string Text, ParameterMode Mode);

    /// <summary>Reads a name and its parameters: one activation for each combination of the listed values.</summary>
    public List<Activation> ReadItem()
    {
        SkipSpace();
        if (IsFormula())
        {
            return ReadFormula();
        }

        int start = position;
        string name = ReadWord();
        if (name.Length == 0)
        {
            throw position == text.Length
                ? Wrong("the name of an activation is missing at the end")
                : Wrong($"the name of an activation is expected at '{Rest()}'");
        }

        int end = position;
        if (TryTake(':'))
        {
            return ReadDefault(start, name);
        }

        position = end;
        (ActivationDefinition definition, ActivationAlias? alias) = Find(name);
        ParameterMode[] defaults = [.. definition.Facts.Parameters.Select(p => p.Mode)];
        if (alias is { Arguments.Length: > 0 })
        {
            ActivationReader aliasReader = new($"({alias.Arguments})", catalogue);
            foreach ((int parameter, List<Value> values) in aliasReader.ReadParameters(definition, defaults))
            {
                defaults[parameter] = values[0].Mode;
            }
        }

        List<(int Parameter, List<Value> Values)> given = ReadParameters(definition, defaults);
        return Combine(definition, defaults, given, Tidy(text[start..position]), name);
    }

    /// <summary>Reads what follows <c>pytorch:</c>, a framework's name of a function, whose defaults then hold.</summary>
    private List<Activation> ReadDefault(int start, string framework)
    {
        SkipSpace();
        string name = ReadWord();
        if (name.Length == 0)
        {
            throw Wrong($"the name of a function is missing after '{framework}:'");
        }

        Activation found = FrameworkDefaults.Find(framework, name, catalogue);
        ParameterMode[] defaults = [.. found.Modes];
        List<(int Parameter, List<Value> Values)> given = ReadParameters(found.Definition, defaults);
        return Combine(found.Definition, defaults, given, Tidy(text[start..position]), $"{framework}:{name}");
    }

    /// <summary>Takes the character if it comes next.</summary>
    public bool TryTake(char expected)
    {
        SkipSpace();
        if (position < text.Length && text[position] == expected)
        {
            position++;
            return true;
        }

        return false;
    }

    /// <summary>Refuses anything that is left over.</summary>
    public void ExpectEnd()
    {
        SkipSpace();
        if (position == text.Length)
        {
            return;
        }

        throw text[position] switch
        {
            ')' => Wrong("a closing parenthesis has no opening one"),
            ',' => Wrong("one activation is asked for, and a comma starts another"),
            _ => Wrong($"unexpected '{Rest()}'"),
        };
    }

    private static List<Activation> Combine(
        ActivationDefinition definition, ParameterMode[] defaults, List<(int Parameter, List<Value> Values)> given, string itemText, string name) => Combine(
            defaults,
            given,
            name,
            _ => definition,
            values => values is null ? itemText : $"{name}({string.Join(", ", Assignments(definition.Facts.Parameters, given, values, "="))})");

    /// <summary>One activation for each combination of the listed values; a name is made of those chosen, or of none where there is no choice.</summary>
    private static List<Activation> Combine(
        ParameterMode[] defaults,
        List<(int Parameter, List<Value> Values)> given,
        string name,
        Func<ParameterMode[], ActivationDefinition> define,
        Func<Value[]?, string> nameOf)
    {
        long count = 1;
        foreach ((_, List<Value> values) in given)
        {
            count *= values.Count;
            if (count > MaximumAlternatives)
            {
                throw new FormatException($"the values listed for {name} combine to more than {MaximumAlternatives} activations");
            }
        }

        // The last parameter runs fastest, as in nested loops.
        List<Activation> all = new((int)count);
        for (int index = 0; index < count; index++)
        {
            Value[] chosen = new Value[given.Count];
            ParameterMode[] modes = [.. defaults];
            int rest = index;
            for (int i = given.Count - 1; i >= 0; i--)
            {
                (rest, int choice) = Math.DivRem(rest, given[i].Values.Count);
                chosen[i] = given[i].Values[choice];
                modes[given[i].Parameter] = chosen[i].Mode;
            }

            all.Add(new Activation(define(modes), modes, nameOf(count == 1 ? null : chosen)));
        }

        return all;
    }

    private static IEnumerable<string> Assignments(
        IReadOnlyList<ParameterDeclaration> declared, List<(int Parameter, List<Value> Values)> given, Value[] values, string sign) =>
        given.Zip(values, (g, value) => $"{declared[g.Parameter].Name}{sign}{value.Text}");

    private static bool IsWordCharacter(char c) => IsWordCharacter(c, formula: false);

    // In a formula a hyphen is a minus.
    private static bool IsWordCharacter(char c, bool formula) => char.IsAsciiLetterOrDigit(c) || c == '_' || (c == '-' && !formula);

    private static bool IsNumberCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.' or '_' or '∞';

    /// <summary>Spaces and line breaks within a name become single spaces, so that a name stays on its line.</summary>
    private static string Tidy(string given) => string.Join(' ', given.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

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

    /// <summary>Reads a formula with the parameters after it, such as <c>max(0, x) + a * min(0, x), a = 0.1</c>; braces around it are optional.</summary>
    private List<Activation> ReadFormula()
    {
        bool braces = TryTake('{');
        SkipSpace();
        int start = position;
        FormulaParser parser = new(text, position);
        parser.Read();
        position = parser.Position;
        string formula = Tidy(text[start..position]);
        List<(int Parameter, List<Value> Values)> given = ReadFormulaParameters(parser);
        string whole = Tidy(text[start..position]);
        if (braces && !TryTake('}'))
        {
            throw parser.Wrong(
                position == text.Length ? "the closing brace is missing" : "an operator, ', name = value' or the closing brace is expected", position);
        }

        foreach ((string name, int where) in parser.Parameters.Where((_, i) => !given.Exists(g => g.Parameter == i)))
        {
            throw parser.Wrong($"unknown name '{Shorten(name)}'", where, $"; x is the variable, and a parameter is given after the formula: {Shorten(name)} = 1");
        }

        ParameterDeclaration[] declared = [.. parser.Parameters.Select(p => Declare(p.Name, double.NaN))];
        return Combine(
            new ParameterMode[declared.Length],
            given,
            formula,
            modes => new FormulaActivation(formula, parser.Graph, [.. modes.Select((mode, i) => Declare(declared[i].Name, mode.EvaluationValue))]),
            values => values is null ? whole : string.Join(", ", Assignments(declared, given, values, " = ").Prepend(formula)));
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
                    FormulaParser.IsReserved(name) ? $"'{name}' has a meaning of its own and cannot be a parameter" : $"parameter '{name}' does not appear in the formula", end);
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

    private (ActivationDefinition Definition, ActivationAlias? Alias) Find(string name)
    {
        foreach (ActivationDefinition definition in catalogue)
        {
            if (name.Equals(definition.Facts.Name, StringComparison.OrdinalIgnoreCase))
            {
                return (definition, null);
            }

            foreach (ActivationAlias alias in definition.Facts.Aliases)
            {
                if (name.Equals(alias.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return (definition, alias);
                }
            }
        }

        string[] known = [.. catalogue.SelectMany(d => d.Facts.Aliases.Select(a => a.Name).Prepend(d.Facts.Name))];
        string? nearest = NearestName.Find(name, known);
        throw new FormatException(nearest is null
            ? $"unknown activation '{name}'; known are {string.Join(", ", known)}"
            : $"unknown activation '{name}'; did you mean '{nearest}'?");
    }

    /// <summary>Reads <c>(name=value|value, ...)</c>, or nothing where no parenthesis opens.</summary>
    private List<(int Parameter, List<Value> Values)> ReadParameters(ActivationDefinition definition, ParameterMode[] defaults)
    {
        List<(int Parameter, List<Value> Values)> given = [];
        string owner = definition.Facts.Name;
        int end = position;
        if (!TryTake('('))
        {
            position = end;
            return given;
        }

        if (TryTake(')'))
        {
            return given;
        }

        do
        {
            SkipSpace();
            string name = ReadWord();
            if (definition.Facts.Fit is { } fit && name.Equals(fit.Name, StringComparison.OrdinalIgnoreCase))
            {
                ReadFit(definition, fit, defaults);
                continue;
            }

            int parameter = FindParameter(definition, name);
            if (given.Exists(g => g.Parameter == parameter))
            {
                throw Wrong($"parameter '{name}' of {owner} is given twice");
            }

            if (!TryTake('='))
            {
                throw Wrong($"parameter '{name}' of {owner} needs a value: {name}=...");
            }

            ParameterDeclaration declaration = definition.Facts.Parameters[parameter];
            given.Add((parameter, ReadValues(owner, declaration, defaults[parameter].EvaluationValue)));
        }
        while (TryTake(','));

        CloseParenthesis();
        return given;
    }

    /// <summary>Reads the activation to which the parameters are fitted; they start from there.</summary>
    private void ReadFit(ActivationDefinition definition, ParameterFit fit, ParameterMode[] defaults)
    {
        string owner = definition.Facts.Name;
        if (!TryTake('='))
        {
            throw Wrong($"'{fit.Name}' of {owner} needs an activation: {fit.Name}=relu");
        }

        if (++fits > MaximumFits)
        {
            throw Wrong($"{owner} is fitted to a function that is fitted to another, too often");
        }

        List<Activation> targets = ReadItem();
        fits--;
        if (targets.Count != 1 || !targets[0].Definition.IsElementwise)
        {
            throw Wrong($"'{fit.Name}' of {owner} needs one element-wise activation, which '{Shorten(targets[0].Name)}' is not");
        }

        IReadOnlyList<double> values = fit.To(targets[0]);
        for (int i = 0; i < defaults.Length; i++)
        {
            ParameterDeclaration declared = definition.Facts.Parameters[i];
            if (!(values[i] >= declared.Minimum && values[i] <= declared.Maximum))
            {
                throw Wrong($"{owner} cannot be fitted to '{Shorten(targets[0].Name)}'");
            }

            defaults[i] = declared.Mode is ParameterMode.Learned learned ? learned with { Initial = values[i] } : new ParameterMode.Constant(values[i]);
        }
    }

    private int FindParameter(ActivationDefinition definition, string name)
    {
        IReadOnlyList<ParameterDeclaration> declared = definition.Facts.Parameters;
        for (int i = 0; i < declared.Count; i++)
        {
            if (name.Equals(declared[i].Name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        string allowed = declared.Count == 0
            ? $"{definition.Facts.Name} has no parameters"
            : $"{definition.Facts.Name} has {string.Join(", ", declared.Select(p => p.Name))}";
        throw name.Length > 0
            ? Wrong($"unknown parameter '{name}'; {allowed}")
            : position == text.Length ? Missing() : Wrong($"the name of a parameter is expected at '{Rest()}'; {allowed}");
    }

    /// <summary>Reads <c>value|value</c>.</summary>
    private List<Value> ReadValues(string owner, ParameterDeclaration declaration, double initial)
    {
        List<Value> values = [];
        do
        {
            SkipSpace();
            int start = position;
            ParameterMode mode = ReadMode(owner, declaration, initial);
            values.Add(new Value(Tidy(text[start..position]), mode));
        }
        while (TryTake('|'));

        return values;
    }

    private ParameterMode ReadMode(string owner, ParameterDeclaration declaration, double initial)
    {
        int start = position;
        if (declaration.IsCount)
        {
            double count = ReadNumber(owner, declaration, "a whole number");
            return count == Math.Floor(count)
                ? new ParameterMode.Constant(count)
                : throw Wrong($"{owner}'s {declaration.Name} must be a whole number, not {count:R}");
        }

        string word = ReadWhile(IsNumberCharacter);
        if (word.Equals("learn", StringComparison.OrdinalIgnoreCase))
        {
            return ReadLearned(owner, declaration, initial);
        }

        if (word.Equals("uniform", StringComparison.OrdinalIgnoreCase))
        {
            return ReadUniform(owner, declaration);
        }

        if (word.Equals("normal", StringComparison.OrdinalIgnoreCase))
        {
            return ReadNormal(owner, declaration);
        }

        position = start;
        return new ParameterMode.Constant(ReadNumber(owner, declaration, "a number, learn, learn(layer), learn(channel), uniform(a, b) or normal(mean, deviation)"));
    }

    private ParameterMode.Learned ReadLearned(string owner, ParameterDeclaration declaration, double initial)
    {
        ParameterScope? scope = null;
        double? start = null;
        if (TryTake('(') && !TryTake(')'))
        {
            do
            {
                SkipSpace();
                string word = ReadWord();
                if (scope is null && start is null && Enum.TryParse(word, ignoreCase: true, out ParameterScope read) && char.IsAsciiLetter(word[0]))
                {
                    scope = read;
                }
                else if (start is null && word.Equals("init", StringComparison.OrdinalIgnoreCase) && TryTake('='))
                {
                    SkipSpace();
                    start = ReadNumber(owner, declaration, "a number");
                }
                else
                {
                    throw Wrong(position == text.Length && word.Length == 0
                        ? "a closing parenthesis is missing"
                        : $"'{word}' in learn(...) of {owner}'s {declaration.Name} is not understood; "
                            + "write learn(layer), learn(channel) or learn(layer, init=0.25)");
                }
            }
            while (TryTake(','));

            CloseParenthesis();
        }

        double first = start ?? initial;
        return double.IsInfinity(first)
            ? throw Wrong($"learning {owner}'s {declaration.Name} needs a finite value to start from, such as {declaration.Name}=learn(init=1)")
            : new ParameterMode.Learned(scope ?? ParameterScope.Layer, first);
    }

    private ParameterMode.Random ReadUniform(string owner, ParameterDeclaration declaration)
    {
        (double lower, double upper) = ReadTwoNumbers(owner, declaration, "uniform", "uniform(0.125, 0.3333)");
        return lower < upper
            ? new ParameterMode.Random(lower, upper)
            : throw Wrong($"in {owner}'s {declaration.Name}, uniform({lower:R}, {upper:R}) has no room: the first number must be less than the second");
    }

    private ParameterMode.Normal ReadNormal(string owner, ParameterDeclaration declaration)
    {
        (double mean, double deviation) = ReadTwoNumbers(owner, declaration, "normal", "normal(0, 1)");
        return deviation > 0
            ? new ParameterMode.Normal(mean, deviation)
            : throw Wrong($"in {owner}'s {declaration.Name}, normal({mean:R}, {deviation:R}) does not vary: the second number must be greater than 0");
    }

    private (double First, double Second) ReadTwoNumbers(string owner, ParameterDeclaration declaration, string word, string example)
    {
        string form = $"two numbers: {example}";
        if (!TryTake('('))
        {
            throw Wrong($"{word} in {owner}'s {declaration.Name} needs {form}");
        }

        SkipSpace();
        double first = ReadNumber(owner, declaration, form);
        if (!TryTake(','))
        {
            throw Wrong($"{word} in {owner}'s {declaration.Name} needs {form}");
        }

        SkipSpace();
        double second = ReadNumber(owner, declaration, form);
        CloseParenthesis();
        return (first, second);
    }

    private double ReadNumber(string owner, ParameterDeclaration declaration, string allowed)
    {
        string word = ReadWhile(IsNumberCharacter);
        if (word.Length == 0)
        {
            string where = position == text.Length ? "the end" : $"'{Rest()}'";
            throw Wrong($"the value of {owner}'s {declaration.Name} is missing at {where}; allowed is {allowed}");
        }

        string bare = word.TrimStart('+', '-');
        if (double.IsPositiveInfinity(declaration.Maximum) && word.Equals(bare, StringComparison.Ordinal)
            && NotFinite.AsSpan(0, 3).Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            return double.PositiveInfinity;
        }

        if (NotFinite.Contains(bare, StringComparer.OrdinalIgnoreCase))
        {
            throw Wrong($"{owner}'s {declaration.Name} must be a finite number {Bounds(declaration)}, not {word}");
        }

        if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            throw Wrong($"'{word}' is no value of {owner}'s {declaration.Name}; allowed is {allowed}");
        }

        // Kernels run in single precision, so a value beyond its range is as good as infinite.
        return float.IsFinite((float)value) && value >= declaration.Minimum && value <= declaration.Maximum
            ? value
            : throw Wrong($"{owner}'s {declaration.Name} must be a finite number {Bounds(declaration)}, not {word}");
    }

    private static string Bounds(ParameterDeclaration declaration) => $"from {declaration.Minimum:R} to {declaration.Maximum:R}";

    private void CloseParenthesis()
    {
        if (!TryTake(')'))
        {
            throw position == text.Length ? Missing() : Wrong($"a comma or a closing parenthesis is expected at '{Rest()}'");
        }
    }

    private string ReadWord() => ReadWhile(IsWordCharacter);

    private string ReadWhile(Func<char, bool> belongs)
    {
        int start = position;
        while (position < text.Length && belongs(text[position]))
        {
            position++;
        }

        return text[start..position];
    }

    private void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }

    private string Rest() => Shorten(text[position..]);

    private FormatException Missing() => Wrong("a closing parenthesis is missing");

    private FormatException Wrong(string what) => new($"{what} (in '{Shorten(text)}')");

    /// <summary>What a message quotes: on one line, and not longer than can be read.</summary>
    internal static string Shorten(string quoted)
    {
        string tidy = new([.. Tidy(quoted).Select(c => char.IsControl(c) ? '?' : c)]);
        return tidy.Length <= 60 ? tidy : tidy[..57] + "...";
    }
}
