using System.Globalization;

namespace Hillock.Activations.Catalogue;

/// <content>The parameters of a catalogued function, and the values that each may take.</content>
internal sealed partial class ActivationReader
{
    /// <summary>How deep a function may be fitted to another; a fit takes a moment.</summary>
    private const int MaximumFits = 3;

    private static readonly string[] NotFinite = ["inf", "infinity", "∞", "nan"];

    private int fits;

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
            RefuseBareValue(definition, given.Count);
            string name = ReadWord();
            if (definition.Facts.Fit is { } fit && name.Equals(fit.Name, StringComparison.OrdinalIgnoreCase))
            {
                ReadFit(definition, fit, defaults);
                continue;
            }

            int parameter = FindParameter(definition, name);
            if (given.Exists(g => g.Parameter == parameter))
            {
                throw Wrong($"parameter '{Shorten(name)}' of {owner} is given twice");
            }

            if (!TryTake('='))
            {
                throw Wrong($"parameter '{Shorten(name)}' of {owner} needs a value: {Shorten(name)}=...");
            }

            ParameterDeclaration declaration = definition.Facts.Parameters[parameter];
            given.Add((parameter, ReadValues(owner, declaration, defaults[parameter].EvaluationValue)));
        }
        while (TryTake(','));

        CloseParenthesis();
        return given;
    }

    /// <summary>Refuses a value where a parameter's name is expected, and says which name it probably belongs to.</summary>
    private void RefuseBareValue(ActivationDefinition definition, int index)
    {
        int start = position;
        string value = ReadWhile(IsNumberCharacter);
        IReadOnlyList<ParameterDeclaration> declared = definition.Facts.Parameters;
        position = start;
        if (index < declared.Count && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            throw Wrong($"the value {Shorten(value)} has no name; write {definition.Facts.Name}({declared[index].Name}={Shorten(value)})");
        }
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
            ? Wrong($"unknown parameter '{Shorten(name)}'; {allowed}")
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
                : throw Wrong(FormattableString.Invariant($"{owner}'s {declaration.Name} must be a whole number, not {count:R}"));
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
                    throw position == text.Length && word.Length == 0
                        ? Missing()
                        : Wrong(
                            $"'{Shorten(word)}' in learn(...) of {owner}'s {declaration.Name} is not understood",
                            "; write learn(layer), learn(channel) or learn(layer, init=0.25)",
                            position - word.Length);
                }
            }
            while (TryTake(','));

            CloseParenthesis();
        }

        double first = start ?? initial;
        return double.IsInfinity(first)
            ? throw Wrong($"learning {owner}'s {declaration.Name} needs a finite value to start from", $", such as {declaration.Name}=learn(init=1)")
            : new ParameterMode.Learned(scope ?? ParameterScope.Layer, first);
    }

    private ParameterMode.Random ReadUniform(string owner, ParameterDeclaration declaration)
    {
        int start = position;
        (double lower, double upper) = ReadTwoNumbers(owner, declaration, "uniform", "uniform(0.125, 0.3333)");
        return lower < upper
            ? new ParameterMode.Random(lower, upper)
            : throw Wrong(
                FormattableString.Invariant($"in {owner}'s {declaration.Name}, uniform({lower:R}, {upper:R}) has no room"),
                ": the first number must be less than the second",
                start);
    }

    private ParameterMode.Normal ReadNormal(string owner, ParameterDeclaration declaration)
    {
        int start = position;
        (double mean, double deviation) = ReadTwoNumbers(owner, declaration, "normal", "normal(0, 1)");
        return deviation > 0
            ? new ParameterMode.Normal(mean, deviation)
            : throw Wrong(
                FormattableString.Invariant($"in {owner}'s {declaration.Name}, normal({mean:R}, {deviation:R}) does not vary"),
                ": the second number must be greater than 0",
                start);
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
        return double.IsFinite(first) && double.IsFinite(second)
            ? (first, second)
            : throw Wrong($"{word} in {owner}'s {declaration.Name} needs finite numbers");
    }

    private double ReadNumber(string owner, ParameterDeclaration declaration, string allowed)
    {
        int start = position;
        string word = ReadWhile(IsNumberCharacter);
        if (word.Length == 0)
        {
            string where = formula is not null ? "" : position == text.Length ? " at the end" : $" at '{Rest()}'";
            throw Wrong($"the value of {owner}'s {declaration.Name} is missing{where}", $"; allowed is {allowed}");
        }

        string bare = word.TrimStart('+', '-');
        if (double.IsPositiveInfinity(declaration.Maximum) && word.Equals(bare, StringComparison.Ordinal)
            && NotFinite.AsSpan(0, 3).Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            return double.PositiveInfinity;
        }

        if (NotFinite.Contains(bare, StringComparer.OrdinalIgnoreCase))
        {
            throw OutOfRange();
        }

        if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            throw Wrong($"'{Shorten(word)}' is no value of {owner}'s {declaration.Name}", $"; allowed is {allowed}", start);
        }

        // Kernels run in single precision, so a value beyond its range is as good as infinite.
        return float.IsFinite((float)value) && value >= declaration.Minimum && value <= declaration.Maximum
            ? value
            : throw OutOfRange();

        FormatException OutOfRange() => Wrong($"{owner}'s {declaration.Name} must be a finite number {declaration.Bounds}, not {Shorten(word)}", at: start);
    }
}
