using System.CommandLine;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Verification;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Documentation;
using Hillock.Cli.Output;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock verify</c>: how accurate the kernels are, by running them over all floats or a sample.</summary>
internal static class VerifyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        Argument<string[]> names = new("NAME")
        {
            Description = "The functions, such as gelu, exp or \"x * sigmoid(1.702 * x)\"; all that are built in unless given",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<NumberType?> type = Options.Choice(
            "--type", "Whose kernels: float or double; with --markdown both unless given", ("float", NumberType.Binary32), ("double", NumberType.Binary64));
        Option<bool> exhaustive = new("--exhaustive") { Description = "Run all 2^32 floats instead of a sample of every binade; doubles are always sampled" };
        Option<int?> threads = Options.WholeNumber("--threads", "Threads that share the work; all cores unless given", 1, 1024);
        Option<string?> resume = Options.Text("--resume", "Keep what is finished in this file, and do not do again what is there already", "FILE");
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        Option<bool> markdown = new("--markdown") { Description = "Print the page of the documentation" };
        ToolCommand command = new(
            "verify",
            "Measures the errors of values and derivatives in units in the last place",
            ["hillock verify", "hillock verify tanh --type double", "hillock verify silu gelu mish --exhaustive"])
        {
            names, type, exhaustive, threads, resume, json, markdown,
        };
        command.SetAction(parsed =>
        {
            OutputFormat format = Options.Format(parsed, json, markdown);
            NumberType? asked = parsed.GetValue(type);
            if (asked == NumberType.Binary64 && parsed.GetValue(exhaustive))
            {
                throw new UsageException("--exhaustive runs over all floats, and there are too many doubles: leave one of --exhaustive and --type double out");
            }

            NumberType[] types = asked is { } one ? [one]
                : format == OutputFormat.Markdown ? [NumberType.Binary32, NumberType.Binary64]
                : [NumberType.Binary32];
            int count = parsed.GetValue(threads) ?? Environment.ProcessorCount;
            AccuracyRun[] runs = [.. types.Select(t => new AccuracyRun { Type = t, Exhaustive = t == NumberType.Binary32 && parsed.GetValue(exhaustive), Threads = count })];
            string[] given = parsed.GetValue(names) ?? [];
            IReadOnlyList<Activation> functions = given.Length > 0 ? [.. given.Select(Find)] : [.. AccuracyVerifier.Functions.Select(Usual)];
            return Run(terminalFor(parsed), functions, runs, parsed.GetValue(resume), format, cancellationToken);
        });
        return command;
    }

    /// <summary>A function in the mode that it has when its name is all that is said.</summary>
    private static Activation Usual(ActivationDefinition definition) => new(definition);

    private static Activation Find(string text)
    {
        // The elementary functions are no activations; they go by their names alone.
        ActivationDefinition? elementary = AccuracyVerifier.Functions.FirstOrDefault(d => d.Facts.Name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        if (elementary is not null)
        {
            return Usual(elementary);
        }

        if (text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !IsKnown(text))
        {
            string[] known = [.. AccuracyVerifier.Functions.SelectMany(d => d.Facts.Aliases.Select(a => a.Name).Prepend(d.Facts.Name))];
            throw new UsageException($"unknown function '{ActivationReader.Shorten(text)}'; {NearestName.Hint(text, known)}");
        }

        try
        {
            Activation activation = Activation.Parse(text);
            return activation.Definition.IsElementwise
                ? activation
                : throw new UsageException($"{activation.Name} is a function of rows; only functions of one element at a time can be verified");
        }
        catch (FormatException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }

    private static bool IsKnown(string name) => name.Equals("x", StringComparison.OrdinalIgnoreCase)
        || ActivationCatalogue.All.Any(d => d.Facts.Aliases.Select(a => a.Name).Append(d.Facts.Name).Contains(name, StringComparer.OrdinalIgnoreCase));

    private static int Run(
        Terminal terminal, IReadOnlyList<Activation> functions, AccuracyRun[] runs, string? resume, OutputFormat format, CancellationToken cancellationToken)
    {
        List<AccuracyResult> results = [];
        VerificationLedger? ledger = resume is null ? null : VerificationLedger.Open(resume);
        using (ProgressLine line = new(terminal, TimeProvider.System))
        {
            foreach (AccuracyRun run in runs)
            {
                foreach (Activation function in functions)
                {
                    AccuracyResult? known = ledger?.Find(function, run);
                    if (known is null)
                    {
                        InlineProgress progress = new(share => line.Report(function.Name, share));
                        known = AccuracyVerifier.Verify(function, run, progress, cancellationToken);
                        ledger?.Add(function, run, known);
                    }

                    results.Add(known);
                }
            }
        }

        bool exhaustive = runs[0].Exhaustive;
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Output.Write(Json.Text(new VerificationDocument("hillock.verify/1", exhaustive, [.. results.Select(VerificationEntry.Of)])));
                break;
            case OutputFormat.Markdown:
                terminal.Output.Write(NumericsPage.Text(results, exhaustive));
                break;
            default:
                VerificationTable.Write(terminal, results);
                break;
        }

        return results.TrueForAll(r => r.WithinContract) ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Reports on the thread that worked, so that the last word is said before the line goes.</summary>
    private sealed class InlineProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
