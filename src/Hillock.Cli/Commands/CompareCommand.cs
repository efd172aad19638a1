using System.CommandLine;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Cli.Report;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Laboratory.Trials;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock compare [DATA]</c>: which activation function for this data?</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        CompareOptions options = new();
        ToolCommand command = new(
            "compare",
            "Compares activation functions on your data, fairly, and says which to use",
            [
                "hillock compare",
                "hillock compare measurements.csv --target quality --out report",
                "hillock compare mnist --holdout --activations relu,sigmoid,leaky_relu,mish",
                "hillock compare moons --activations \"leaky_relu(alpha=0.01|0.1|0.3),prelu\" --network mlp:16,16 --epochs 50",
                "hillock compare recordings.zip --network gru --activations tanh,relu,gelu",
                "hillock compare moons --activations \"relu,{x * sigmoid(b * x), b = learn(channel, init=1)}\"",
            ]);
        options.AddTo(command);
        command.SetAction(parsed => Run(options.Read(parsed), terminalFor(parsed), cancellationToken));
        return command;
    }

    private static int Run(CompareRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        new CommandFiles().ReadsData(request.Data, request.DataOptions).WritesInto("--out", request.Options.OutputFolder, ComparisonFolder.Document, ComparisonFolder.Trials, ComparisonFolder.Report, Ledger.FileName);
        Rehearsal.Start(request.Options);
        using ProgressLine progress = new(terminal, TimeProvider.System);
        DataSource data = DataSources.Open(request.Data, request.DataOptions, progress, cancellationToken);
        ComparisonPlan plan = NetworkArguments.Checked(() => ComparisonPlan.Create(data, request.Options));
        progress.Clear();
        foreach (string warning in plan.Warnings)
        {
            terminal.Error.WriteLine($"hillock: warning: {terminal.Plain(warning)}");
        }

        // A person learns at once what was detected; a file gets everything or nothing.
        ComparisonPage page = new(terminal);
        bool early = terminal.OutputIsScreen && !request.Json;
        if (early)
        {
            page.WriteQuestion(plan.Summary, plan.Protocol, request.Options.Activations.Count);
            terminal.Output.Flush();
        }

        ComparisonResult result = Train(plan, progress, cancellationToken);
        progress.Clear();
        if (request.Options.OutputFolder is { } output)
        {
            FileWriter.Write(Path.Combine(output, ComparisonFolder.Document), Json.Text(ComparisonDocument.Of(result)));
            FileWriter.Write(Path.Combine(output, ComparisonFolder.Trials), TrialTable.Text(result));
            FileWriter.Write(Path.Combine(output, ComparisonFolder.Report), ReportPage.Text(result));
        }

        if (request.Json)
        {
            terminal.Output.Write(Json.Text(ComparisonDocument.Of(result)));
            return CodeOf(result);
        }

        if (!early)
        {
            page.WriteQuestion(result.Data, result.Protocol, result.Candidates.Count);
        }

        page.WriteAnswer(result, request.Options.OutputFolder);
        return CodeOf(result);
    }

    /// <summary>A script has to know where nothing can be recommended, as every candidate diverged.</summary>
    private static int CodeOf(ComparisonResult result) => result.Recommended is null ? ExitCode.Failure : ExitCode.Success;

    private static ComparisonResult Train(ComparisonPlan plan, ProgressLine progress, CancellationToken cancellationToken)
    {
        try
        {
            return NetworkArguments.Checked(() => Comparison.Run(plan, progress, cancellationToken));
        }
        catch (OperationCanceledException stopped)
        {
            throw new InterruptedException(
                plan.Options.OutputFolder is { } folder
                    ? $"interrupted: {progress.TrialsDone} of {plan.Trials.Count} trials are kept in {folder}; the same command goes on"
                    : "interrupted: nothing is kept; --out DIR would keep finished trials",
                stopped);
        }
    }
}
