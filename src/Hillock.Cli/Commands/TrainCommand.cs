using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hillock.Activations;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock train DATA --out MODEL</c>: one network, kept for use.</summary>
internal static class TrainCommand
{
    private static readonly string[] Examples =
    [
        "hillock train digits --network mlp:64,32 --activation mish --out digits.safetensors",
        "hillock train mnist --network cnn --epochs 3 --out mnist.safetensors",
        "hillock train measurements.csv --target quality --patience 5 --out quality.safetensors",
        "hillock train shakespeare.txt --task next-character --network lstm:256 --out shakespeare.safetensors",
    ];

    private sealed record Request(string Data, DataOptions DataOptions, ModelTrainingOptions Options, string Output, bool Json);

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        DataArguments data = new("What to learn from: a table (CSV, TSV), IDX or CIFAR images, or the name of a set such as digits or mnist", use: DataUse.Train);
        Option<string?> network = NetworkArguments.Option("the activation of --activation");
        Option<Activation?> activation = Options.Parsed("--activation", "The activation of the hidden layers (relu unless given)", "A", Activation.Parse);
        Option<string?> output = Options.Text("--out", "The file for the model, in the safetensors format", "MODEL");
        output.Required = true;
        Option<int?> epochs = Options.WholeNumber("--epochs", "Passes over the training samples (20 unless given)", 1, 100_000);
        Option<int?> batch = Options.WholeNumber("--batch", "Samples in a step (by the number of samples unless given)", 1, 1_000_000);
        Option<double?> rate = Options.PositiveNumber("--lr", "The learning rate (0.001, of sgd 0.01, unless given)", 1000);
        Option<OptimizerKind?> optimizer = Options.Choice(
            "--optimizer", "The optimiser (adam unless given)", ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW), ("sgd", OptimizerKind.Sgd), ("rmsprop", OptimizerKind.RmsProp));
        Option<LearningRateSchedule?> schedule = ScheduleOption();
        Option<double?> decay = Options.PositiveNumber("--weight-decay", "The decay of the weights, such as 0.0001 (none unless given)", 1);
        Option<string?> checkpoints = Options.Text(
            "--checkpoints", "Keep a checkpoint of every epoch in this folder; the same command goes on from there, to the same bits", "DIR");
        Option<Share?> test = Options.Parsed(
            "--test", "The share of the samples held out to judge by, 0 for none (0.2 unless given; data with a test part are judged by that)", "X", ReadShare);
        Option<int?> patience = Options.WholeNumber(
            "--patience", "End after so many epochs without a lower loss of the samples held out, and keep the best epoch", 1, 100_000);
        Option<ulong?> seed = Options.Seed("--seed", "Where all random numbers come from (1 unless given)");
        Option<int?> threads = Options.WholeNumber("--threads", "Threads that share a step (all cores unless given); no influence on results", 1, 1024);
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        ToolCommand command = new("train", "Trains a network on your data and keeps it in a file, with all that is needed to use it", Examples);
        data.AddTo(command, [network, activation, output, epochs, batch, rate, optimizer, schedule, decay, test, patience, checkpoints], [seed, threads, json]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(patience) is not null && result.GetResult(test) is { Errors: var errors } && !errors.Any() && result.GetValue(test)?.Value == 0)
            {
                result.AddError("--patience needs samples to judge by, and --test 0 holds out none");
            }
        });
        command.SetAction(parsed =>
        {
            ulong chosenSeed = parsed.GetValue(seed) ?? 1;
            Run(
                new Request(
                    data.Name(parsed),
                    data.Read(parsed) with { Seed = chosenSeed },
                    new ModelTrainingOptions
                    {
                        Network = parsed.GetValue(network),
                        Activation = parsed.GetValue(activation) ?? Activation.Parse("relu"),
                        Epochs = parsed.GetValue(epochs) ?? 20,
                        BatchSize = parsed.GetValue(batch),
                        Optimizer = parsed.GetValue(optimizer) ?? OptimizerKind.Adam,
                        LearningRate = parsed.GetValue(rate),
                        Patience = parsed.GetValue(patience),
                        Schedule = parsed.GetValue(schedule) ?? LearningRateSchedule.Constant,
                        WeightDecay = parsed.GetValue(decay) ?? 0,
                        CheckpointFolder = parsed.GetValue(checkpoints),
                        TestShare = parsed.GetValue(test)?.Value ?? 0.2,
                        Seed = chosenSeed,
                        Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                    },
                    parsed.GetRequiredValue(output)!,
                    parsed.GetValue(json)),
                terminalFor(parsed),
                cancellationToken);
        });
        return command;
    }

    private static Option<LearningRateSchedule?> ScheduleOption() => Options.Parsed(
        "--schedule",
        "How the learning rate goes on: constant, cosine, step(10, 0.1), one_cycle(0.3), or warmup(500)+cosine and the like (constant unless given)",
        "SCHEDULE",
        LearningRateSchedule.Parse);

    private static Share ReadShare(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is 0 or (>= 0.01 and <= 0.9)
            ? new Share(share)
            : throw new FormatException($"a share is 0 or from 0.01 to 0.9, not '{text}'");

    private static void Run(Request request, Terminal terminal, CancellationToken cancellationToken)
    {
        FileWriter.RequireWritableFolder(Path.GetDirectoryName(Path.GetFullPath(request.Output))!);
        long started = Stopwatch.GetTimestamp();
        using ProgressLine progress = new(terminal, TimeProvider.System);
        DataSource data = DataSources.Open(request.Data, request.DataOptions, progress, cancellationToken);
        progress.Clear();
        DataArguments.Warn(data, terminal);
        ModelTraining training = NetworkArguments.Checked(() => ModelTraining.Create(data, request.Options));
        ModelTrainingResult result = training.Run(new EpochProgress(progress, request.Options.Epochs), cancellationToken);
        progress.Clear();
        result.Model.Save(request.Output);
        TimeSpan time = Stopwatch.GetElapsedTime(started);
        if (request.Json)
        {
            terminal.Output.Write(Json.Text(Document(request, data, training, result, time)));
        }
        else
        {
            Write(terminal, request, data, training, result, time);
        }
    }

    private static TrainingDocument Document(Request request, DataSource data, ModelTraining training, ModelTrainingResult result, TimeSpan time) => new(
        "hillock.train/1",
        request.Output,
        data.Name,
        training.NetworkText,
        request.Options.Activation.Name,
        training.Network.ParameterCount,
        request.Options.Optimizer.ToString().ToLowerInvariant(),
        training.LearningRate,
        training.BatchSize,
        request.Options.Seed,
        training.TrainingSamples,
        training.TestSamples,
        result.Training.BestEpoch,
        EpochEntry.Of(result.Training),
        result.Test is null ? null : ScoreEntry.Of(result.Test, data.Task),
        [.. result.Diagnosis.Findings.Select(FindingEntry.Of)],
        Math.Round(time.TotalSeconds, 3));

    private static void Write(
        Terminal terminal, Request request, DataSource data, ModelTraining training, ModelTrainingResult result, TimeSpan time)
    {
        TextPage page = new(terminal);
        int epochs = result.Training.Epochs.Count;
        page.Fact("data", $"{data.Name}: {data.Description}");
        page.Fact("network", $"{training.NetworkText} with {request.Options.Activation.Name}, {training.Network.ParameterCount:N0} parameters");
        page.Fact(
            "training",
            $"{training.TrainingSamples} samples, {Words.Count(epochs, "epoch")} in batches of {training.BatchSize}, "
                + $"{Sentences.OptimizerName(request.Options.Optimizer)} at {Words.Significant(training.LearningRate, 3)}, seed {request.Options.Seed}");
        page.Fact("loss", string.Join(" → ", result.Training.Epochs.Take(1).Concat(epochs > 1 ? [result.Training.Epochs[^1]] : []).Select(e => Words.Fixed(e.TrainingLoss))));
        if (result.Test is { } scores)
        {
            page.Fact("test", Sentences.Scores(scores, data.Task));
        }

        if (result.Diagnosis.Findings.Count == 0)
        {
            page.Fact("diagnosis", "nothing is wrong inside");
        }
        else
        {
            page.Gap();
            new DiagnosisPage(terminal).WriteFindings(result.Diagnosis.Findings);
        }

        page.Gap();
        page.Line($"{Words.Duration(time)}; the model is {request.Output}", Spectre.Console.Color.Grey);
    }

    /// <summary>A share of the samples.</summary>
    private sealed record Share(double Value);

    private sealed class EpochProgress(ProgressLine line, int epochs) : IProgress<EpochResult>
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public void Report(EpochResult value)
        {
            double share = (double)value.Epoch / epochs;
            TimeSpan left = Stopwatch.GetElapsedTime(_started) * ((1 - share) / share);
            string score = value.ValidationScore is { } v ? $", score {Words.Fixed(v)}" : "";
            line.Report($"epoch {value.Epoch} of {epochs}, loss {Words.Fixed(value.TrainingLoss)}{score}, {Words.Duration(left)} left", share);
        }
    }
}
