using System.Globalization;
using Hillock.Activations;

namespace Hillock.Networks;

/// <summary>A layer as text, taken apart: <c>conv:32x5/stride=2/nobias</c> has a name, a value and options.</summary>
internal sealed class LayerWord
{
    private readonly string _name;
    private readonly string? _value;
    private readonly Dictionary<string, string?> _options = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly Activation _activation;
    private bool _valueTaken;

    /// <summary>Takes a layer apart.</summary>
    /// <param name="text">The layer.</param>
    /// <param name="activation">What the word <c>activation</c> stands for.</param>
    public LayerWord(string text, Activation activation)
    {
        _activation = activation;
        string[] parts = Split(text);
        string[] head = parts[0].Split(':', 2, StringSplitOptions.TrimEntries);
        _name = head[0];
        _value = head.ElementAtOrDefault(1);
        foreach (string part in parts.Skip(1))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (!_options.TryAdd(pair[0], pair.ElementAtOrDefault(1)))
            {
                throw new FormatException($"{_name} has the option '{pair[0]}' twice");
            }
        }
    }

    /// <summary>The value as a whole number from 1.</summary>
    public int Count()
    {
        _valueTaken = true;
        return Whole(_value, $"{_name}:N", "N is a whole number from 1");
    }

    /// <summary>The value as two whole numbers from 1, such as <c>32x5</c>.</summary>
    public (int First, int Second) Counts(string form)
    {
        _valueTaken = true;
        string[] parts = (_value ?? "").Split('x', 2);
        return (Whole(parts[0], form, "both are whole numbers from 1"), Whole(parts.ElementAtOrDefault(1), form, "both are whole numbers from 1"));
    }

    /// <summary>The value as a number.</summary>
    public double Number()
    {
        _valueTaken = true;
        return Decimal(_value, $"{_name}:X");
    }

    /// <summary>An option that is a number.</summary>
    public double Number(string option, double without)
    {
        _known.Add(option);
        return _options.TryGetValue(option, out string? value) ? Decimal(value, $"/{option}=X") : without;
    }

    /// <summary>An option that is a whole number from <paramref name="least"/>; null where it is not given.</summary>
    public int? Option(string option, int least = 1)
    {
        _known.Add(option);
        return _options.TryGetValue(option, out string? value) ? Whole(value, $"/{option}=N", $"N is a whole number from {least}", least) : null;
    }

    /// <summary>An option that is an activation.</summary>
    public Activation Option(string option, Activation without)
    {
        _known.Add(option);
        return !_options.TryGetValue(option, out string? value) ? without
            : value == "activation" ? _activation
            : Activation.Parse(value ?? throw new FormatException($"{_name} is written {_name}/{option}=F, where F is an activation"));
    }

    /// <summary>Whether an option without a value is given.</summary>
    public bool Flag(string option)
    {
        _known.Add(option);
        return _options.TryGetValue(option, out string? value)
            && (value is null ? true : throw new FormatException($"the option '{option}' of {_name} has no value, and '{value}' was given"));
    }

    /// <summary>Complains about what the layer did not ask for.</summary>
    public void ExpectNoMore()
    {
        if (_value != null && !_valueTaken)
        {
            throw new FormatException($"{_name} has no value, and ':{_value}' was given");
        }

        string? unknown = _options.Keys.FirstOrDefault(option => !_known.Contains(option));
        if (unknown != null)
        {
            throw new FormatException($"{_name} has no option '{unknown}'{(_known.Count > 0 ? $"; it has {string.Join(", ", _known)}" : "")}");
        }
    }

    /// <summary>Cuts at slashes outside of parentheses: a formula may divide.</summary>
    private static string[] Split(string text)
    {
        List<string> parts = [];
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] == '/' && depth == 0)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return [.. parts];
    }

    private int Whole(string? value, string form, string rule, int least = 1) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new FormatException($"{_name} is written {Form(form)}, where {rule}{Given(value)}");

    private double Decimal(string? value, string form) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"{_name} is written {Form(form)}, where X is a number{Given(value)}");

    private string Form(string form) => form.StartsWith('/') ? $"{_name}{form}" : form;

    private static string Given(string? value) => string.IsNullOrEmpty(value) ? "" : $", and '{value}' was given";
}
