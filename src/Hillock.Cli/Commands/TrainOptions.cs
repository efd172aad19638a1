using System.CommandLine;
using System.Globalization;
using Hillock.Activations;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary>What <c>hillock train</c> was asked to do.</summary>
/// <param name="Data">The name or path of the data.</param>
/// <param name="DataOptions">How to find and read them.</param>
/// <param name="Options">How to train.</param>
/// <param name="Streams">Whether to read the data anew in every epoch, however small they are.</param>
/// <param name="Window">The samples of a stream that are in memory at a time; null for as many as 64 MiB hold.</param>
/// <param name="Output">The file for the model.</param>
/// <param name="Report">The file for the report; null for none.</param>
/// <param name="TensorBoard">The folder for TensorBoard's event file; null for none.</param>
/// <param name="Json">Whether to print the JSON document.</param>
internal sealed record TrainRequest(string Data, DataOptions DataOptions, ModelTrainingOptions Options, bool Streams, int? Window, string Output, string? Report, string? TensorBoard, bool Json);

/// <summary>The options of <c>hillock train</c>.</summary>
internal sealed class TrainOptions
{
    private const double UsualMomentum = 0.9;

    private readonly DataArguments data = new(
        "What to learn from: a table (CSV, TSV), IDX or CIFAR images, a folder or zip of sounds (WAV) or texts, or the name of a set such as digits or mnist",
        use: DataUse.Train);

    private readonly Option<string?> network = NetworkArguments.Option("the activation of --activation");
    private readonly Option<Activation?> activation = Options.Parsed(
        "--activation", "The activation of the hidden layers (relu unless given)", "A", Activation.Parse);

    private readonly Option<string?> output = Options.Text("--out", "The file for the model, in the safetensors format", "MODEL");
    private readonly Option<string?> report = Options.Text(
        "--report", "A page with learning curves, confusion matrix, precision and recall, to read in a browser", "FILE");

    private readonly Option<string?> tensorBoard = Options.Text(
        "--tensorboard", "Write an event file into this folder, which TensorBoard shows while the training goes on", "DIR");

    private readonly Option<int?> epochs = Options.WholeNumber("--epochs", "Passes over the training samples (20 unless given)", 1, 100_000);
    private readonly Option<int?> batch = Options.WholeNumber("--batch", "Samples in a step (by the number of samples unless given)", 1, 1_000_000);
    private readonly Option<double?> rate = Options.PositiveNumber("--lr", "The learning rate (0.001, of sgd 0.01, unless given)", 1000);
    private readonly Option<OptimizerKind?> optimizer = Options.Choice(
        "--optimizer",
        "The optimiser (adam unless given)",
        ("adam", OptimizerKind.Adam),
        ("adamw", OptimizerKind.AdamW),
        ("sgd", OptimizerKind.Sgd),
        ("rmsprop", OptimizerKind.RmsProp));

    private readonly Option<Share?> momentum = Options.Parsed(
        "--momentum", "The momentum of sgd, from 0 to below 1 (0.9 unless given)", "X", text => ReadShare(text, "a momentum", 0.99999));

    private readonly Option<bool> nesterov = new("--nesterov") { Description = "Take the gradient of sgd where its momentum leads (Nesterov)" };
    private readonly Option<LearningRateSchedule?> schedule = Options.Parsed(
        "--schedule",
        "How the learning rate goes on: constant, cosine, step(10, 0.1), one_cycle(0.3), or warmup(500)+cosine and the like (constant unless given)",
        "SCHEDULE",
        LearningRateSchedule.Parse);

    private readonly Option<double?> decay = Options.PositiveNumber("--weight-decay", "The decay of the weights, such as 0.0001 (none unless given)", 1);
    private readonly Option<double?> clipNorm = Options.PositiveNumber(
        "--clip-norm", "Shorten the vector of all gradients to this length where it is longer (no bound unless given)", 1e30);

    private readonly Option<double?> clipValue = Options.PositiveNumber(
        "--clip-value", "Bring each gradient between minus and plus this (no bound unless given)", 1e30);

    private readonly Option<Share?> smoothing = Options.Parsed(
        "--label-smoothing", "The share of each target that is spread over all classes, such as 0.1 (none unless given)", "X", text => ReadShare(text, "a share", 0.99));

    private readonly Option<int?> shift = Options.WholeNumber(
        "--shift", "Move images by up to so many pixels at each step, as a random crop from a margin does", 1, 10_000);

    private readonly Option<bool> flip = new("--flip") { Description = "Mirror every second image, by chance, at each step" };
    private readonly Option<string?> checkpoints = Options.Text(
        "--checkpoints", "Keep a checkpoint of every epoch in this folder; the same command goes on from there, to the same bits", "DIR");

    private readonly Option<Share?> test = Options.Parsed(
        "--test",
        "The share of the samples held out to judge by, 0 for none (0.2 unless given; data with a test part are judged by that)",
        "X",
        text => ReadShare(text, "a share", 0.9, least: 0.01));

    private readonly Option<bool> stream = new("--stream")
    {
        Description = "Read a table (CSV, TSV), IDX or CIFAR images anew in every epoch, a window of samples at a time; files of more than 2 GiB always are",
    };

    private readonly Option<int?> window = Options.WholeNumber(
        "--window", "Stream with so many samples in memory, among which the order is random, and as many read ahead (64 MiB unless given)", 1, 1_000_000_000);

    private readonly Option<int?> patience = Options.WholeNumber(
        "--patience", "End early after so many epochs without a lower loss of the samples held out, and keep the best epoch", 1, 100_000);

    private readonly Option<ulong?> seed = Options.Seed("--seed", "Where all random numbers come from (1 unless given)");
    private readonly Option<int?> threads = Options.WholeNumber("--threads", "Threads that share a step (all cores unless given); no influence on results", 1, 1024);
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON document" };

    /// <summary>Adds the options to the command.</summary>
    public void AddTo(Command command)
    {
        output.Required = true;
        data.AddTo(
            command,
            [
                network, activation, output, report, tensorBoard, epochs, batch, rate, optimizer, momentum, nesterov, schedule, decay, clipNorm, clipValue, smoothing,
                shift, flip, test, stream, window, patience, checkpoints,
            ],
            [seed, threads, json]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(patience) is not null && result.GetResult(test) is { Errors: var errors } && !errors.Any() && result.GetValue(test)?.Value == 0)
            {
                result.AddError("--patience needs samples to judge by, and --test 0 holds out none");
            }

            if (result.GetResult(optimizer)?.Errors.Any() != true && result.GetValue(optimizer) is not OptimizerKind.Sgd
                && ((Option?)(result.GetResult(momentum) is null ? null : momentum) ?? (result.GetValue(nesterov) ? nesterov : null)) is { } given)
            {
                result.AddError($"{given.Name} is for --optimizer sgd: the others have no momentum of that kind");
            }
        });
    }

    /// <summary>Reads what was given.</summary>
    public TrainRequest Read(ParseResult parsed)
    {
        ulong chosenSeed = parsed.GetValue(seed) ?? 1;
        bool augments = parsed.GetValue(flip) || parsed.GetValue(shift) is not null;
        return new TrainRequest(
            data.Name(parsed),
            data.Read(parsed) with { Seed = chosenSeed },
            new ModelTrainingOptions
            {
                Network = parsed.GetValue(network),
                Activation = parsed.GetValue(activation),
                Epochs = parsed.GetValue(epochs) ?? 20,
                BatchSize = parsed.GetValue(batch),
                Optimizer = parsed.GetValue(optimizer) ?? OptimizerKind.Adam,
                LearningRate = parsed.GetValue(rate),
                Momentum = parsed.GetValue(momentum)?.Value ?? UsualMomentum,
                Nesterov = parsed.GetValue(nesterov),
                Patience = parsed.GetValue(patience),
                Schedule = parsed.GetValue(schedule) ?? LearningRateSchedule.Constant,
                WeightDecay = parsed.GetValue(decay) ?? 0,
                ClipNorm = parsed.GetValue(clipNorm),
                ClipValue = parsed.GetValue(clipValue),
                LabelSmoothing = parsed.GetValue(smoothing)?.Value ?? 0,
                Augmentation = augments ? new ImageAugmentation { Shift = parsed.GetValue(shift) ?? 0, Flip = parsed.GetValue(flip) } : null,
                CheckpointFolder = parsed.GetValue(checkpoints),
                LooksInsideEveryEpoch = parsed.GetValue(report) is not null || parsed.GetValue(tensorBoard) is not null,
                TestShare = parsed.GetValue(test)?.Value ?? 0.2,
                Seed = chosenSeed,
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
            },
            parsed.GetValue(stream) || parsed.GetValue(window) is not null,
            parsed.GetValue(window),
            parsed.GetRequiredValue(output)!,
            parsed.GetValue(report),
            parsed.GetValue(tensorBoard),
            parsed.GetValue(json));
    }

    private static Share ReadShare(string text, string what, double most, double least = 0) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && (share == 0 || (share >= least && share <= most))
            ? new Share(share)
            : throw new FormatException($"{what} is {(least > 0 ? $"0 or from {least.ToString(CultureInfo.InvariantCulture)}" : "from 0")} to {most.ToString(CultureInfo.InvariantCulture)}, not '{text}'");

    /// <summary>A number from 0 to 1.</summary>
    private sealed record Share(double Value);
}
