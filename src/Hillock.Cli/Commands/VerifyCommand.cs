using System.CommandLine;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Verification;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Documentation;
using Hillock.Cli.Output;
using Spectre.Console;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock verify</c>: how accurate the kernels are, by running them over floats.</summary>
internal static class VerifyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        Argument<string[]> names = new("NAME")
        {
            Description = "The functions, such as gelu or exp; all of them unless given",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> exhaustive = new("--exhaustive") { Description = "Run all 2^32 floats instead of a sample of every binade" };
        Option<int?> threads = Options.WholeNumber("--threads", "Threads that share the work; all cores unless given", 1, 1024);
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        Option<bool> markdown = new("--markdown") { Description = "Print the page of the documentation" };
        ToolCommand command = new(
            "verify",
            "Measures the errors of values and derivatives in units in the last place",
            ["hillock verify", "hillock verify silu gelu mish --exhaustive"]) { names, exhaustive, threads, json, markdown };
        command.SetAction(parsed => Run(
            terminalFor(parsed),
            [.. (parsed.GetValue(names) ?? []).Select(Find)],
            parsed.GetValue(exhaustive),
            parsed.GetValue(threads) ?? Environment.ProcessorCount,
            Options.Format(parsed, json, markdown),
            cancellationToken));
        return command;
    }

    private static ActivationDefinition Find(string name)
    {
        // An alias is verified as the formula that it stands for.
        ActivationDefinition? found = AccuracyVerifier.Functions.FirstOrDefault(d =>
            d.Facts.Aliases.Select(a => a.Name).Append(d.Facts.Name).Contains(name, StringComparer.OrdinalIgnoreCase));
        if (found is not null)
        {
            return found;
        }

        string? nearest = NearestName.Find(name, AccuracyVerifier.Functions.Select(d => d.Facts.Name));
        throw new UsageException(
            $"unknown function '{name}'; {(nearest is null ? $"allowed: {string.Join(", ", AccuracyVerifier.Functions.Select(d => d.Facts.Name))}" : $"did you mean '{nearest}'?")}");
    }

    private static int Run(
        Terminal terminal, IReadOnlyList<ActivationDefinition> functions, bool exhaustive, int threads, OutputFormat format, CancellationToken cancellationToken)
    {
        List<AccuracyResult> results = [];
        using (ProgressLine line = new(terminal, TimeProvider.System))
        {
            foreach (ActivationDefinition function in functions.Count > 0 ? functions : AccuracyVerifier.Functions)
            {
                InlineProgress progress = new(share => line.Report(function.Facts.Name, share));
                results.Add(AccuracyVerifier.Verify(function, exhaustive, threads, progress: progress, cancellation: cancellationToken));
            }
        }

        switch (format)
        {
            case OutputFormat.Json:
                terminal.Output.Write(Json.Text(new VerificationDocument("hillock.verify/1", exhaustive, [.. results.Select(VerificationEntry.Of)])));
                break;
            case OutputFormat.Markdown:
                terminal.Output.Write(NumericsPage.Text(results, exhaustive));
                break;
            default:
                Write(terminal, results);
                break;
        }

        return results.TrueForAll(r => r.WithinContract) ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Write(Terminal terminal, List<AccuracyResult> results)
    {
        FittedTable table = new(terminal);
        table.AddColumn("function", priority: 0);
        table.AddColumn("value ULP", priority: 0, right: true);
        table.AddColumn("at", priority: 3, right: true);
        table.AddColumn("nearest", priority: 2, right: true);
        table.AddColumn("slope ULP", priority: 0, right: true);
        table.AddColumn("at", priority: 3, right: true);
        table.AddColumn("nearest", priority: 2, right: true);
        table.AddColumn("contract", priority: 1);
        foreach (AccuracyResult result in results)
        {
            long violations = result.Value.Violations + result.Slope.Violations;
            table.AddRow(
            [
                new(result.Name, Decoration: Decoration.Bold),
                new(result.Value.WorstUlp.ToString("0.000")),
                new(result.Value.WorstAt.ToString("G6")),
                new(result.Value.CorrectlyRounded.ToString("0.00 %")),
                new(result.Slope.WorstUlp.ToString("0.000")),
                new(result.Slope.WorstAt.ToString("G6")),
                new(result.Slope.CorrectlyRounded.ToString("0.00 %")),
                violations == 0 ? new("kept") : new($"broken {violations} times", Color.Red),
            ]);
        }

        table.Write();
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(
            $"{results[0].Count} floats each. Contract: values within {AccuracyVerifier.ValueLimit:0} ULP, slopes within {AccuracyVerifier.SlopeLimit:0} ULP or 2^-22 of their largest summand.");
    }

    /// <summary>Reports on the thread that worked, so that the last word is said before the line goes.</summary>
    private sealed class InlineProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
