using System.CommandLine;
using System.Globalization;
using Hillock.Activations.Random;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Data.Text;
using Hillock.Laboratory;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock predict MODEL DATA</c>: what a trained network says of samples, or how it goes on with a text.</summary>
internal static class PredictCommand
{
    private const int DefaultLength = 400;
    private const double DefaultTemperature = 0.8;

    private sealed record Continuation(int? Length, double? Temperature, ulong? Seed);

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        ModelArguments arguments = new(
            "The samples: a table with the columns that were trained on, with or without the target; images; sounds (a WAV file, a folder or zip of them); "
                + "texts (a .txt file with one in each line, a folder of such files); or the name of a set. For a model of next characters "
                + "a text file that it is to continue");
        Option<int?> length = Options.WholeNumber("--length", $"Characters to add to a text ({DefaultLength} unless given)", 0, 1_000_000);
        Option<double?> temperature = Options.PositiveNumber(
            "--temperature", $"How boldly they are chosen: 1 by the model's own probabilities, less prefers the likely ones ({DefaultTemperature.ToString(CultureInfo.InvariantCulture)} unless given)", 100);
        Option<ulong?> seed = Options.Seed("--seed", "Where the choices come from (1 unless given)");
        Option<bool> json = new("--json") { Description = "Print one JSON document, with the probabilities of all classes" };
        ToolCommand command = new(
            "predict",
            "Says what a trained network takes samples for: below a header a line for each, its file, line or number, then the class and its probability, or the value; or continues a text",
            [
                "hillock predict quality.safetensors new-measurements.csv",
                "hillock predict digits.safetensors digits --json",
                "hillock predict shakespeare.safetensors beginning.txt --length 1000",
            ]);
        arguments.AddTo(command, [length, temperature, seed, arguments.Stream, json]);
        command.SetAction(parsed => Run(
            arguments,
            parsed,
            new Continuation(parsed.GetValue(length), parsed.GetValue(temperature), parsed.GetValue(seed)),
            parsed.GetValue(json),
            terminalFor(parsed),
            cancellationToken));
        return command;
    }

    private static void Run(
        ModelArguments arguments, ParseResult parsed, Continuation continuation, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        TrainedModel model = arguments.Load(parsed);
        if (model.Preparation.Task == TaskKind.NextCharacter)
        {
            Continue(arguments, parsed, model, continuation, json, terminal, cancellationToken);
            return;
        }

        if (continuation != new Continuation(null, null, null))
        {
            throw new UsageException("--length, --temperature and --seed are for models that continue a text, and this one judges samples");
        }

        if (arguments.Streams(parsed, model, terminal))
        {
            if (json)
            {
                throw new UsageException("--json makes one document of all predictions, and what is streamed may have too many for that: take the lines");
            }

            using StreamedData stream = arguments.OpenStream(parsed, model, terminal, withoutTarget: true, cancellationToken);
            Write(terminal, stream.HasLines ? "line" : "sample", model.Classes, model.Predict(stream, cancellationToken).Select(p => (Number(p.Place), p.Prediction)));
            return;
        }

        DataSource data = arguments.Open(parsed, model, terminal, withoutTarget: true, trainingPart: false, cancellationToken);
        WarnOfStrangers(model, data, terminal);
        IReadOnlyList<Prediction> predictions = model.Predict(data, cancellationToken);
        if (json)
        {
            terminal.Output.Write(Json.Text(PredictionDocument.Of(arguments.Model(parsed), data, model.Classes, predictions)));
            return;
        }

        (string key, Func<int, string> keyOf) = data.SampleNames.Count > 0 ? ("file", row => terminal.Plain(data.SampleNames[row]))
            : data.SampleLines.Count > 0 ? ("line", row => Number(data.SampleLines[row]))
            : ((string, Func<int, string>))("sample", row => Number(row + 1));
        Write(terminal, key, model.Classes, predictions.Select((prediction, row) => (keyOf(row), prediction)));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A table of tabs: each prediction with what its sample is known by.</summary>
    private static void Write(Terminal terminal, string key, IReadOnlyList<string> classes, IEnumerable<(string Key, Prediction Prediction)> predictions)
    {
        terminal.Output.WriteLine(classes.Count > 0 ? $"{key}\tclass\tprobability" : $"{key}\tvalue");
        foreach ((string name, Prediction prediction) in predictions)
        {
            string told = prediction.Class is { } c
                ? $"{classes[c]}\t{prediction.Probabilities[c].ToString("0.0000", CultureInfo.InvariantCulture)}"
                : prediction.Value!.Value.ToString("G7", CultureInfo.InvariantCulture);
            terminal.Output.WriteLine($"{name}\t{told}");
        }
    }

    /// <summary>Says of which texts the network knows nothing.</summary>
    private static void WarnOfStrangers(TrainedModel model, DataSource data, Terminal terminal)
    {
        if (model.Preparation is TextPreparation texts && texts.Strangers(data) is { Count: > 0 } strangers)
        {
            int first = strangers[0];
            string place = data.SampleNames.Count > 0 ? data.SampleNames[first]
                : data.SampleLines.Count > 0 ? $"{data.Name}, line {data.SampleLines[first]}" : $"{data.Name}, text {first + 1}";
            string more = strangers.Count > 1 ? $", nor in {strangers.Count - 1} more of {data.Count} texts" : "";
            terminal.Error.WriteLine(terminal.Plain(
                $"hillock: warning: {place}: no {(texts.Unit == TextUnit.Words ? "word" : "character")} is known from the training in this text{more}: what is told of it is a guess"));
        }
    }

    /// <summary>Writes the characters that follow a text, each when it is known.</summary>
    private static void Continue(
        ModelArguments arguments, ParseResult parsed, TrainedModel model, Continuation continuation, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        string path = arguments.Data(parsed);
        double temperature = continuation.Temperature ?? DefaultTemperature;
        ulong seed = continuation.Seed ?? 1;
        string text = DataSources.ReadText(path);
        NextCharacterPreparation known = (NextCharacterPreparation)model.Preparation;
        if (text.AsSpan().Trim().Length > 0 && known.Ids(text.Trim()).All(id => id == NextCharacterPreparation.Unknown))
        {
            terminal.Error.WriteLine(terminal.Plain($"hillock: warning: {path}: no character of the text is known from the training: it is continued as any other"));
        }

        IEnumerable<string> characters = new TextContinuation(model, temperature)
            .After(text, continuation.Length ?? DefaultLength, RandomKey.FromSeed(seed), cancellationToken);
        if (json)
        {
            terminal.Output.Write(Json.Text(new ContinuationDocument(
                "hillock.continuation/1", arguments.Model(parsed), path, temperature, seed, string.Concat(characters))));
            return;
        }

        foreach (string character in characters)
        {
            terminal.Output.Write(character);
        }

        terminal.Output.WriteLine();
    }
}
