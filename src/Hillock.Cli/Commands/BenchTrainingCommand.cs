using System.CommandLine;
using Hillock.Activations;
using Hillock.Cli.Benchmarks;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock bench training</c>: how long steps of training take.</summary>
internal static class BenchTrainingCommand
{
    /// <summary>Command lines that work.</summary>
    public static readonly IReadOnlyList<string> Examples =
    [
        "hillock bench training --workloads mlp-mnist --activations relu,gelu",
        "hillock bench training --threads 2 --json",
    ];

    private const string DefaultActivations = "relu,tanh,mish";

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        string names = string.Join(", ", TrainingWorkload.All.Select(w => w.Name));
        Option<IReadOnlyList<TrainingWorkload>?> workloads = Options.Parsed("--workloads", $"Some of {names} (all unless given)", "A,B,...", ReadWorkloads);
        workloads.CompletionSources.Add([.. TrainingWorkload.All.Select(w => w.Name)]);
        Option<IReadOnlyList<Activation>?> activations = Options.Parsed(
            "--activations", $"The activations of the hidden layers ({DefaultActivations} unless given)", "A,B,...", Activation.ParseList);
        Option<int?> threads = Options.WholeNumber("--threads", "Threads that share a step (1 unless given)", 1, 1024);
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        ToolCommand command = new(
            "training",
            "Times steps of training (forward, loss, backward, update by SGD with momentum) in milliseconds",
            Examples) { workloads, activations, threads, json };
        command.SetAction(parsed => Run(
            terminalFor(parsed),
            parsed.GetValue(workloads) ?? TrainingWorkload.All,
            parsed.GetValue(activations) ?? Activation.ParseList(DefaultActivations),
            parsed.GetValue(threads) ?? 1,
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static IReadOnlyList<TrainingWorkload> ReadWorkloads(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).Select(Find)];

    private static TrainingWorkload Find(string name) =>
        TrainingWorkload.All.FirstOrDefault(w => w.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"there is no workload '{name}'; known are {string.Join(", ", TrainingWorkload.All.Select(w => w.Name))}");

    private static void Run(
        Terminal terminal,
        IReadOnlyList<TrainingWorkload> workloads,
        IReadOnlyList<Activation> activations,
        int threads,
        bool json,
        CancellationToken cancellationToken)
    {
        List<TrainingTiming> results = [];
        using (TrainingBenchmark benchmark = new(threads))
        using (ProgressLine line = new(terminal, TimeProvider.System))
        {
            foreach ((TrainingWorkload workload, Activation activation) in workloads.SelectMany(w => activations.Select(a => (w, a))))
            {
                results.Add(Measure(benchmark, workload, activation, cancellationToken));
                line.Report($"{workload.Name} with {activation.Name}", (double)results.Count / (workloads.Count * activations.Count));
            }
        }

        if (json)
        {
            terminal.Output.Write(Json.Text(new TrainingBenchmarkDocument("hillock.bench.training/1", results)));
        }
        else
        {
            Write(terminal, results, threads);
        }
    }

    private static TrainingTiming Measure(
        TrainingBenchmark benchmark, TrainingWorkload workload, Activation activation, CancellationToken cancellationToken)
    {
        try
        {
            return benchmark.Measure(workload, activation, cancellationToken);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            throw new UsageException($"--activations: {failure.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    private static void Write(Terminal terminal, List<TrainingTiming> results, int threads)
    {
        FittedTable table = new(terminal);
        table.AddColumn("workload", priority: 0);
        table.AddColumn("activation", priority: 0);
        table.AddColumn("batch", priority: 1, right: true);
        table.AddColumn("ms per step", priority: 0, right: true);
        table.AddColumn("bytes allocated", priority: 2, right: true);
        table.AddColumn("MiB held", priority: 1, right: true);
        foreach (TrainingTiming result in results)
        {
            table.AddRow(
            [
                new(result.Workload),
                new(result.Activation),
                new($"{result.Batch}"),
                new(Words.Significant(result.Milliseconds, 3), Decoration: Spectre.Console.Decoration.Bold),
                new($"{result.AllocatedBytes}"),
                new(Words.Significant(result.MemoryBytes / (1024.0 * 1024.0), 3)),
            ]);
        }

        table.Write();
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(
            $"Milliseconds per step of training (forward, loss, backward, update) on {(threads == 1 ? "one thread" : $"{threads} threads")}, medians.");
    }
}
