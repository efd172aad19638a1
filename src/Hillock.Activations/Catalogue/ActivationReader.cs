using Hillock.Activations.Custom;

namespace Hillock.Activations.Catalogue;

/// <summary>Reads the notation of <see cref="Activation.Parse(string)"/>, one item after the other.</summary>
internal sealed partial class ActivationReader(string text, IReadOnlyList<ActivationDefinition> catalogue)
{
    /// <summary>A bound on what the lists of values of one item may multiply to; more is a slip of the pen.</summary>
    private const int MaximumAlternatives = 1000;

    private int position;

    /// <summary>The formula that is read, if it is one: then errors name the character.</summary>
    private FormulaParser? formula;

    /// <summary>One value of a parameter as the user wrote it, and what it means.</summary>
    private readonly record struct Value(string Text, ParameterMode Mode);

    /// <summary>Reads a name and its parameters: one activation for each combination of the listed values.</summary>
    public List<Activation> ReadItem()
    {
        SkipSpace();
        formula = null;
        if (IsFormula())
        {
            return ReadFormula();
        }

        int start = position;
        string name = ReadWord();
        if (IsFormulaWithoutVariable(name))
        {
            position = start;
            return ReadFormula();
        }

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
                throw new FormatException($"the values listed for {Shorten(name)} combine to more than {MaximumAlternatives} activations");
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

            ActivationDefinition definition = define(modes);
            string itemName = nameOf(count == 1 ? null : chosen);
            if (definition.Facts.Conflict(modes) is string conflict)
            {
                throw new FormatException($"{conflict} (in '{Shorten(itemName)}')");
            }

            all.Add(new Activation(definition, modes, itemName));
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

        string[] known = [.. Names()];
        throw new FormatException($"unknown activation '{Shorten(name)}'; {NearestName.Hint(name, known)}");
    }

    private IEnumerable<string> Names() => catalogue.SelectMany(d => d.Facts.Aliases.Select(a => a.Name).Prepend(d.Facts.Name));

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

    /// <summary>An error; in a formula with its place.</summary>
    /// <param name="what">What is wrong.</param>
    /// <param name="hint">What is allowed.</param>
    /// <param name="at">Where it is; where reading stopped unless given.</param>
    private FormatException Wrong(string what, string hint = "", int? at = null) =>
        formula?.Wrong(what, at ?? position, hint) ?? new FormatException($"{what}{hint} (in '{Shorten(text)}')");

    /// <summary>What a message quotes: on one line, and not longer than can be read.</summary>
    internal static string Shorten(string quoted)
    {
        string tidy = new([.. Tidy(quoted).Select(c => char.IsControl(c) ? '?' : c)]);
        return tidy.Length <= 60 ? tidy : tidy[..57] + "...";
    }
}
