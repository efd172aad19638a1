using System.CommandLine;
using Hillock.Activations.Catalogue;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock claims</c>: published claims about activation functions, tried here.</summary>
internal static class ClaimsCommand
{
    private static readonly IReadOnlyList<string> RunExamples =
    [
        "hillock claims run born_dead",
        "hillock claims run --all --quick --out claims",
        "hillock claims run dying_relu --seeds 5 --json",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        ToolCommand command = new("claims", "Tries published claims about activation functions", ["hillock claims list", .. RunExamples])
        {
            CreateList(terminalFor),
            CreateRun(terminalFor, cancellationToken),
        };
        command.SetAction(Refuse);
        return command;
    }

    private static void Refuse(ParseResult parsed) => throw new UsageException("claims needs list or run; see 'hillock claims --help'");

    private static ToolCommand CreateList(Func<ParseResult, Terminal> terminalFor)
    {
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        ToolCommand command = new("list", "Lists the claims, and those that cannot be tried here", ["hillock claims list", "hillock claims list --json"]) { json };
        command.SetAction(parsed =>
        {
            Terminal terminal = terminalFor(parsed);
            if (parsed.GetValue(json))
            {
                terminal.Output.Write(Json.Text(ListDocument()));
                return;
            }

            new ClaimsPrinter(terminal).WriteList();
        });
        return command;
    }

    private static ToolCommand CreateRun(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        Argument<string[]> names = new("NAME") { Description = "The claims, by name or number; 'hillock claims list' lists them", Arity = ArgumentArity.ZeroOrMore };
        names.CompletionSources.Add([.. ClaimCatalogue.All.Select(c => c.Name)]);
        Option<bool> all = new("--all") { Description = "All claims, and those that cannot be tried here, with the reason" };
        Option<int?> seeds = Options.WholeNumber("--seeds", "Seeds of each experiment (each has its own number unless given)", 1, 10_000);
        Option<bool> quick = new("--quick") { Description = "Fewer seeds and samples, shorter trainings: all claims in ten minutes on two cores instead of an hour and a half" };
        Option<ulong?> seed = Options.Seed("--seed", "What all random numbers derive from (0 unless given)");
        Option<int?> threads = Options.WholeNumber("--threads", "Threads that share the work (one for each processor unless given)", 1, 1024);
        Option<string?> data = Options.Text("--data-dir", "Where data sets like mnist are looked for first", "DIR");
        Option<string?> output = Options.Text("--out", "A folder for claims.json, claims.md and a picture of each claim; those of other claims there are kept", "DIR");
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        ToolCommand command = new("run", "Tries claims: measures, and says whether they are shown", RunExamples)
        {
            names, all, seeds, quick, seed, threads, data, output, json,
        };
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetValue(names) ?? [];
            ClaimOptions options = new()
            {
                Budget = parsed.GetValue(quick) ? ClaimBudget.Quick : ClaimBudget.Full,
                Seeds = parsed.GetValue(seeds),
                Seed = parsed.GetValue(seed) ?? 0,
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Data = new DataOptions { DataDirectory = parsed.GetValue(data) },
            };
            IReadOnlyList<Claim> claims = Chosen(given, parsed.GetValue(all));
            return Run(claims, given.Length == 0, options, parsed.GetValue(output), parsed.GetValue(json), terminalFor(parsed), cancellationToken);
        });
        return command;
    }

    private static IReadOnlyList<Claim> Chosen(string[] names, bool all)
    {
        if (all == names.Length > 0)
        {
            throw new UsageException(all ? "give names or --all, not both" : "run needs the NAME of a claim, or --all; 'hillock claims list' lists them");
        }

        return all ? ClaimCatalogue.All : [.. names.Select(Find).Distinct()];
    }

    private static Claim Find(string name) => ClaimCatalogue.Find(name) ?? throw new UsageException(
        ClaimCatalogue.OutOfReach.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } outOfReach
            ? $"{outOfReach.Name} is not reproducible here: {outOfReach.Why}"
            : $"there is no claim '{name}'; " + (NearestName.Find(name, ClaimCatalogue.All.Select(c => c.Name)) is { } nearest
                ? $"did you mean '{nearest}'?"
                : "'hillock claims list' lists them"));

    private static int Run(
        IReadOnlyList<Claim> claims, bool all, ClaimOptions options, string? output, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        ClaimsFolder? folder = output is null ? null : ClaimsFolder.Open(output);
        ClaimSession session = new(options);
        ClaimsPrinter printer = new(terminal);
        List<ClaimEntry> entries = [];
        bool missing = false;
        using (ProgressLine line = new(terminal, TimeProvider.System))
        {
            foreach (Claim claim in claims)
            {
                ClaimResult result = session.Run(claim, new ClaimsProgress(line, entries.Count, claims.Count), cancellationToken);
                line.Clear();
                if (result.Missing is { } absent && !all)
                {
                    throw new DataException($"{claim.Name} {absent}");
                }

                missing |= result.Missing is not null;
                folder?.Write(result);
                entries.Add(ClaimsDocument.Entry(result));
                if (!json)
                {
                    printer.Write(entries[^1]);
                    terminal.Output.Flush();
                }
            }
        }

        if (all)
        {
            folder?.Write(ClaimCatalogue.OutOfReach);
            entries.AddRange(ClaimCatalogue.OutOfReach.Select(ClaimsDocument.Entry));
        }

        if (json)
        {
            terminal.Output.Write(Json.Text(new ClaimsDocument(ClaimsDocument.Name, entries)));
        }
        else if (entries.Count > 1)
        {
            printer.WriteSummary(entries);
        }

        return missing ? ExitCode.Failure : ExitCode.Success;
    }

    private static ClaimListDocument ListDocument() => new(
        "hillock.claims.list/1",
        [
            .. ClaimCatalogue.All.Select(c => new ClaimListEntry(c.Number, c.Name, c.Statement, c.Source, c.Published, c.Data, true, null)),
            .. ClaimCatalogue.OutOfReach.Select(c => new ClaimListEntry(null, c.Name, c.Statement, c.Source, c.Published, [], false, c.Why)),
        ]);

    /// <summary>Tells of an experiment on the progress line.</summary>
    private sealed class ClaimsProgress(ProgressLine line, int done, int total) : IProgress<ClaimProgress>
    {
        public void Report(ClaimProgress value) =>
            line.Report(total > 1 ? $"{done + 1} of {total}, {value.Claim.Name}, {value.Part}" : $"{value.Claim.Name}, {value.Part}", value.Share);
    }
}
