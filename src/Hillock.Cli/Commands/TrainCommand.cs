using System.CommandLine;
using System.Diagnostics;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Cli.Report;
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
        "hillock train measurements.csv --target quality --patience 5 --out quality.safetensors --report quality.html",
        "hillock train cifar-10 --network cnn --shift 4 --flip --label-smoothing 0.1 --optimizer sgd --nesterov --schedule cosine --out cifar.safetensors",
        "hillock train clicks.csv --stream --window 500000 --epochs 2 --test 0.02 --out clicks.safetensors",
        "hillock train shakespeare.txt --task next-character --network lstm:256 --out shakespeare.safetensors",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        TrainOptions options = new();
        ToolCommand command = new("train", "Trains a network on your data and keeps it in a file, with all that is needed to use it", Examples);
        options.AddTo(command);
        command.SetAction(parsed => Run(options.Read(parsed), terminalFor(parsed), cancellationToken));
        return command;
    }

    private static void Run(TrainRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        new CommandFiles().ReadsData(request.Data, request.DataOptions)
            .Writes("--out", request.Output)
            .Writes("--report", request.Report)
            .WritesInto("--tensorboard", request.TensorBoard)
            .WritesInto("--checkpoints", request.Options.CheckpointFolder, Checkpoint.FileName);
        long started = Stopwatch.GetTimestamp();
        using ProgressLine progress = new(terminal, TimeProvider.System);
        using TrainingSource data = TrainingSource.Open(request, progress, terminal, cancellationToken);
        ModelTraining training = data.Training;
        ModelTrainingResult result = Train(request, training, data.Task, progress, cancellationToken);
        progress.Clear();
        Save(result.Model, request.Output);
        TimeSpan time = Stopwatch.GetElapsedTime(started);
        if (request.Report is { } report)
        {
            OutputFile.Write(report, TrainingReport.Text(data, training, result, Protocol(request, data, training, result), time));
        }

        if (request.Json)
        {
            terminal.Output.Write(Json.Text(Document(request, data, training, result, time)));
        }
        else
        {
            Write(terminal, request, data, training, result, time);
        }
    }

    /// <summary>Trains; interrupted, it keeps the network of the last epoch that was finished.</summary>
    private static ModelTrainingResult Train(TrainRequest request, ModelTraining training, TaskKind task, ProgressLine progress, CancellationToken cancellationToken)
    {
        string goesOn = request.Options.CheckpointFolder is null ? "" : "; the same command goes on";
        try
        {
            EpochProgress epochs = new(progress, request.Options.Epochs);
            using TrainingEvents? events = request.TensorBoard is { } folder ? new(folder, task, epochs) : null;
            return training.Run((IProgress<FinishedEpoch>?)events ?? epochs, cancellationToken);
        }
        catch (TrainingInterruptedException stopped)
        {
            progress.Clear();
            Save(stopped.Model, request.Output);
            throw new InterruptedException($"interrupted: {request.Output} is the network of epoch {stopped.Epoch} of {request.Options.Epochs}{goesOn}", stopped);
        }
        catch (OperationCanceledException stopped)
        {
            throw new InterruptedException($"interrupted before the end of an epoch: {request.Output} is not written{goesOn}", stopped);
        }
    }

    private static void Save(TrainedModel model, string path)
    {
        Directory.CreateDirectory(OutputFile.FolderOf(path));
        model.Save(path);
    }

    private static TrainingDocument Document(TrainRequest request, TrainingSource data, ModelTraining training, ModelTrainingResult result, TimeSpan time) => new(
        "hillock.train/1",
        request.Output,
        data.Name,
        training.NetworkText,
        training.Activation?.Name,
        training.Network.ParameterCount,
        request.Options.Optimizer.ToString().ToLowerInvariant(),
        training.LearningRate,
        training.BatchSize,
        request.Options.Seed,
        training.TrainingSamples,
        training.TestSamples,
        result.Training.BestEpoch,
        EpochEntry.Of(result.Training),
        result.Test is null ? null : ScoreEntry.Of(result.Test.Scores, data.Task),
        [.. result.Diagnosis.Findings.Select(FindingEntry.Of)],
        Math.Round(time.TotalSeconds, 3));

    private static void Write(
        Terminal terminal, TrainRequest request, TrainingSource data, ModelTraining training, ModelTrainingResult result, TimeSpan time)
    {
        TextPage page = new(terminal);
        int epochs = result.Training.Epochs.Count;
        foreach ((string term, string text) in Protocol(request, data, training, result).Where(fact => fact.Text.Length > 0))
        {
            page.Fact(term.ToLowerInvariant(), text);
        }

        page.Fact("loss", string.Join(" → ", result.Training.Epochs.Take(1).Concat(epochs > 1 ? [result.Training.Epochs[^1]] : []).Select(e => Words.Fixed(e.TrainingLoss))));
        if (result.Test?.Scores is { } scores)
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
        page.Line($"{Words.Duration(time)}; the model is {request.Output}{(request.Report is null ? "" : $", the report {request.Report}")}", Spectre.Console.Color.Grey);
    }

    /// <summary>How the network is made, in words; what is as usual is not mentioned.</summary>
    private static IEnumerable<(string Term, string Text)> Protocol(TrainRequest request, TrainingSource data, ModelTraining training, ModelTrainingResult result)
    {
        ModelTrainingOptions options = request.Options;
        yield return ("Data", $"{data.Name}: {data.Description}");
        yield return ("Network", $"{training.NetworkText}{(training.Activation is { } used ? $" with {used.Name}" : "")}, {training.Network.ParameterCount:N0} parameters");
        yield return (
            "Training",
            $"{training.TrainingSamples} samples, {Words.Count(result.Training.Epochs.Count, "epoch")} in batches of {training.BatchSize}, "
                + $"{Sentences.OptimizerName(options.Optimizer)} at {Words.Significant(training.LearningRate, 3)}, seed {options.Seed}");
        yield return ("Besides", string.Join(", ", [.. SettingsText.Besides(training.Settings), .. options.Patience is int patience ? [$"patience {patience}"] : Array.Empty<string>()]));
    }

    private sealed class EpochProgress(ProgressLine line, int epochs) : IProgress<FinishedEpoch>
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public void Report(FinishedEpoch epoch)
        {
            EpochResult value = epoch.Result;
            double share = (double)value.Epoch / epochs;
            TimeSpan left = Stopwatch.GetElapsedTime(_started) * ((1 - share) / share);
            string score = value.ValidationScore is { } v ? $", score {Words.Fixed(v)}" : "";
            line.Report($"epoch {value.Epoch} of {epochs}, loss {Words.Fixed(value.TrainingLoss)}{score}, {Words.Duration(left)} left", share);
        }
    }
}
