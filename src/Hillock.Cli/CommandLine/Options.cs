using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Hillock.Cli.CommandLine;

/// <summary>Makes options whose errors say in one line what is allowed.</summary>
internal static class Options
{
    /// <summary>An option that takes a whole number.</summary>
    public static Option<int?> WholeNumber(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string given = result.Tokens[0].Value;
            if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            result.AddError($"{name} must be a whole number from {minimum} to {maximum}, not '{given}'");
            return null;
        },
    };

    /// <summary>An option that takes a seed.</summary>
    public static Option<ulong?> Seed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string given = result.Tokens[0].Value;
            if (ulong.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
            {
                return value;
            }

            result.AddError($"{name} must be a whole number from 0 to {ulong.MaxValue}, not '{given}'");
            return null;
        },
    };

    /// <summary>An option that takes a number above 0.</summary>
    public static Option<double?> PositiveNumber(string name, string description, double maximum) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
        {
            string given = result.Tokens[0].Value;
            if (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && value <= maximum)
            {
                return value;
            }

            result.AddError($"{name} must be a number above 0 and at most {maximum:R}, not '{given}'");
            return null;
        },
    };

    /// <summary>An option that takes one of a few words.</summary>
    public static Option<T?> Choice<T>(string name, string description, params (string Word, T Value)[] choices)
        where T : struct
    {
        Option<T?> option = new(name)
        {
            Description = description,
            HelpName = string.Join('|', choices.Select(c => c.Word)),
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                string given = result.Tokens[0].Value;
                foreach ((string word, T value) in choices)
                {
                    if (word.Equals(given, StringComparison.OrdinalIgnoreCase))
                    {
                        return value;
                    }
                }

                result.AddError($"{name} must be {string.Join(" or ", choices.Select(c => c.Word))}, not '{given}'");
                return null;
            },
        };
        option.CompletionSources.Add([.. choices.Select(c => c.Word)]);
        return option;
    }

    /// <summary>An option that takes text with a grammar of its own.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="helpName">What stands for the text in help.</param>
    /// <param name="parse">Reads the text; its <see cref="FormatException"/> becomes the error.</param>
    public static Option<T?> Parsed<T>(string name, string description, string helpName, Func<string, T> parse)
        where T : class => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Read(result, $"{name}: ", parse),
        };

    /// <summary>An option that takes any text that is not empty.</summary>
    public static Option<string?> Text(string name, string description, string helpName) => Parsed(
        name, description, helpName, text => string.IsNullOrWhiteSpace(text) ? throw new FormatException("the value is empty") : text);

    /// <summary>An option that takes texts parted by commas, and may be given several times.</summary>
    public static Option<IReadOnlyList<string>?> TextList(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string[] texts = [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries))];
            if (texts.Contains(""))
            {
                result.AddError($"{name}: a value is empty");
            }

            return texts;
        },
    };

    /// <summary>The format that a command line asks for.</summary>
    /// <exception cref="UsageException">It asks for both.</exception>
    public static OutputFormat Format(ParseResult parsed, Option<bool> json, Option<bool> markdown) => (parsed.GetValue(json), parsed.GetValue(markdown)) switch
    {
        (true, true) => throw new UsageException("give --json or --markdown, not both"),
        (true, _) => OutputFormat.Json,
        (_, true) => OutputFormat.Markdown,
        _ => OutputFormat.Table,
    };

    /// <summary>Reads one token, turning a format error into an error of the command line.</summary>
    public static T? Read<T>(ArgumentResult result, string prefix, Func<string, T> parse)
        where T : class
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (FormatException wrong)
        {
            result.AddError(prefix + wrong.Message);
            return null;
        }
    }
}
