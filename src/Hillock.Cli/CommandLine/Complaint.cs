using System.CommandLine;
using System.CommandLine.Parsing;
using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Cli.CommandLine;

/// <summary>Finds what is wrong with a command line and says it in one line.</summary>
internal static class Complaint
{
    /// <summary>The first thing that is wrong, or null.</summary>
    /// <param name="parsed">What was understood.</param>
    /// <param name="arguments">The words as they were given.</param>
    public static string? Of(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        Command command = parsed.CommandResult.Command;
        string help = $"see '{string.Join(' ', Path(parsed.CommandResult))} --help'";

        // A misspelt option would pass for the argument; after -- everything is one.
        bool anyArgument = arguments.Contains("--");
        string? option = parsed.CommandResult.Tokens.Select(t => t.Value).Concat(parsed.UnmatchedTokens)
            .FirstOrDefault(t => t.Length > 1 && t[0] == '-' && !anyArgument);
        if (option is not null)
        {
            if (IsNegativeFormula(option))
            {
                return $"unknown option '{option}'; a formula that begins with a minus is written in braces, '{{{option}}}', or in parentheses";
            }

            string name = option.Split('=')[0];
            IEnumerable<string> known = command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(o => o.Recursive)).Select(o => o.Name);
            string? meant = NearestName.Find(name, known);
            return $"unknown option '{name}'; {(meant is null ? help : $"did you mean '{meant}'?")}";
        }

        if (FlagWithValue(command, parsed.RootCommandResult.Command, arguments) is { } flag)
        {
            return flag;
        }

        if (parsed.UnmatchedTokens.Count == 0 && parsed.Errors.Count == 0)
        {
            return null;
        }

        if (SplitList(arguments) is { } list)
        {
            return $"the space in {list} makes two words of it: leave it out, or put the list in quotes";
        }

        if (parsed.UnmatchedTokens.Count > 0)
        {
            string given = parsed.UnmatchedTokens[0];
            string kind = command is RootCommand ? "unknown command" : "unexpected argument";
            string? nearest = NearestName.Find(given, command.Subcommands.Select(c => c.Name));
            return $"{kind} '{given}'; {(nearest is null ? help : $"did you mean '{nearest}'?")}";
        }

        return WrongCount(parsed.CommandResult, help) ?? parsed.Errors[0].Message.ReplaceLineEndings(" ");
    }

    /// <summary>Whether what looks like an option is a formula.</summary>
    private static bool IsNegativeFormula(string option)
    {
        try
        {
            return option.Length > 2 && option[1] != '-' && Activation.Parse($"{{{option}}}").Definition.IsElementwise;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The words that lead to a command, from the name of the tool on.</summary>
    private static IEnumerable<string> Path(CommandResult result) =>
        result.Parent is CommandResult parent ? Path(parent).Append(result.Command.Name) : ["hillock"];

    /// <summary>An option that takes no value and is given one, which would pass for an argument.</summary>
    private static string? FlagWithValue(Command command, Command root, IEnumerable<string> arguments)
    {
        foreach (string[] pair in arguments.TakeWhile(argument => argument != "--").Where(argument => argument.StartsWith('-')).Select(argument => argument.Split('=', 2)))
        {
            bool isFlag = pair.Length == 2 && command.Options.Concat(root.Options).Any(option => option is Option<bool> && option.Name == pair[0]);
            if (isFlag && !bool.TryParse(pair[1], out _))
            {
                return $"{pair[0]} takes no value, and '{pair[1]}' is given";
            }
        }

        return null;
    }

    /// <summary>A list whose rest became a word of its own, because a space follows a comma.</summary>
    private static string? SplitList(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i + 1 < arguments.Count; i++)
        {
            if (arguments[i].Length > 1 && arguments[i][^1] == ',' && !arguments[i + 1].StartsWith('-'))
            {
                return $"'{arguments[i]} {arguments[i + 1]}'";
            }
        }

        return null;
    }

    /// <summary>What is missing or given too often.</summary>
    private static string? WrongCount(CommandResult command, string help)
    {
        foreach (OptionResult given in command.Children.OfType<OptionResult>().Where(o => !o.Implicit))
        {
            Option option = given.Option;
            if (given.Tokens.Count < option.Arity.MinimumNumberOfValues)
            {
                return $"{option.Name} needs a value, {option.Name} {option.HelpName}; {help}";
            }

            if (given.Tokens.Count > option.Arity.MaximumNumberOfValues)
            {
                return $"{option.Name} is given {given.Tokens.Count} times; once is allowed";
            }
        }

        string? missing = command.Command.Arguments
            .Where(a => a.Arity.MinimumNumberOfValues > (command.GetResult(a)?.Tokens.Count ?? 0)).Select(a => a.Name)
            .Concat(command.Command.Options.Where(o => o.Required && command.GetResult(o) is null or { Implicit: true }).Select(o => $"{o.Name} {o.HelpName}"))
            .FirstOrDefault();
        return missing is null ? null : $"{command.Command.Name} needs {missing}; {help}";
    }
}
