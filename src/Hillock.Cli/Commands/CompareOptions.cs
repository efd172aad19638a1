using System.CommandLine;
using Hillock.Activations;
using Hillock.Cli.CommandLine;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary>What <c>hillock compare</c> was asked to do.</summary>
/// <param name="Data">The name or path of the data.</param>
/// <param name="DataOptions">How to find and read them.</param>
/// <param name="Options">What to compare, and how.</param>
/// <param name="Json">Whether to print the JSON document.</param>
internal sealed record CompareRequest(string Data, DataOptions DataOptions, ComparisonOptions Options, bool Json);

/// <summary>The options of <c>hillock compare</c>.</summary>
internal sealed class CompareOptions
{
    /// <summary>The data without any given: made when asked for, on any machine.</summary>
    private const string DefaultData = "digits";

    /// <summary>The functions of the textbooks and today's favourites.</summary>
    private const string DefaultActivations = "identity,sigmoid,tanh,relu,leaky_relu,prelu,rrelu,elu,gelu,silu,mish";

    private readonly DataArguments data = new(
        "Your own file: a table (CSV, TSV), IDX or CIFAR images, a folder or zip of sounds (WAV); or the name of a set: "
            + $"{string.Join(", ", DataSources.Names.Select(n => n.Name))} ({DefaultData} unless given)",
        DefaultData);

    private readonly Option<IReadOnlyList<Activation>?> activations = Options.Parsed(
        "--activations",
        $"The candidates; a parameter may list values: \"leaky_relu(alpha=0.01|0.1)\" ({DefaultActivations.Replace(",", ", ")} unless given)",
        "LIST",
        Activation.ParseList);

    private readonly Option<string?> network = NetworkArguments.Option("the candidates");

    private readonly Option<int?> folds = Options.WholeNumber("--folds", "The folds of the cross-validation (5 unless given)", 2, 1000);
    private readonly Option<int?> repeats = Options.WholeNumber(
        "--repeats", "How often the whole is repeated with other splits (1 unless given)", 1, 1000);
    private readonly Option<bool> holdout = new("--holdout") { Description = "Test on the data's own test part instead of on folds" };
    private readonly Option<int?> epochs = Options.WholeNumber("--epochs", "Passes over the training samples (20 unless given)", 1, 100_000);
    private readonly Option<int?> batch = Options.WholeNumber("--batch", "Samples in a step (by the number of samples unless given)", 1, 1_000_000);

    private readonly Option<OptimizerKind?> optimizer = Options.Choice(
        "--optimizer", "The optimiser (adam unless given)", ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW), ("sgd", OptimizerKind.Sgd));

    private readonly Option<double?> learningRate = Options.PositiveNumber(
        "--lr", "The learning rate of all (searched inside each trial unless given)", 1000);

    private readonly Option<ulong?> seed = Options.Seed("--seed", "Where all random numbers come from (1 unless given)");
    private readonly Option<int?> threads = Options.WholeNumber(
        "--threads", "Trials side by side (one on every core unless given); no influence on results", 1, 1024);

    private readonly Option<string?> output = Options.Text(
        "--out", "A folder for report.html, results.json, trials.csv and the ledger by which an interrupted run goes on", "DIR");

    private readonly Option<bool> json = new("--json") { Description = "Print one JSON document instead of tables" };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        data.AddTo(command, [activations, network, epochs, batch, optimizer, learningRate, folds, repeats, holdout], [seed, threads, output, json]);
        command.Validators.Add(result =>
        {
            if (result.GetValue(holdout) && (result.GetResult(folds) ?? result.GetResult(repeats)) is { } given)
            {
                result.AddError($"--holdout and {given.Option.Name} exclude each other: a test part is tested on once");
            }
        });
    }

    /// <summary>Reads what was given.</summary>
    public CompareRequest Read(ParseResult parsed)
    {
        ulong chosenSeed = parsed.GetValue(seed) ?? 1;
        return new CompareRequest(
            data.Name(parsed),
            data.Read(parsed) with { Seed = chosenSeed },
            new ComparisonOptions
            {
                Activations = parsed.GetValue(activations) ?? Activation.ParseList(DefaultActivations),
                LeavesOutUnfit = parsed.GetResult(activations) is null,
                Network = parsed.GetValue(network),
                Folds = parsed.GetValue(folds) ?? 5,
                Repeats = parsed.GetValue(repeats) ?? 1,
                Holdout = parsed.GetValue(holdout),
                Epochs = parsed.GetValue(epochs) ?? 20,
                BatchSize = parsed.GetValue(batch),
                Optimizer = parsed.GetValue(optimizer) ?? OptimizerKind.Adam,
                LearningRate = parsed.GetValue(learningRate),
                Seed = chosenSeed,
                Threads = parsed.GetValue(threads) ?? 0,
                OutputFolder = parsed.GetValue(output),
            },
            parsed.GetValue(json));
    }
}
