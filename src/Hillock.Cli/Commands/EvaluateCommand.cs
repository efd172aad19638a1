using System.CommandLine;
using System.Globalization;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock evaluate MODEL DATA</c>: how well a trained network does.</summary>
internal static class EvaluateCommand
{
    /// <summary>A matrix with more classes is for programs.</summary>
    private const int MostShownClasses = 20;

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        ModelArguments arguments = new("The samples to judge by, with their classes or targets; of data with a test part of their own that part");
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        ToolCommand command = new(
            "evaluate",
            "Judges a trained network by samples: score, confusion matrix, precision and recall of each class",
            [
                "hillock evaluate digits.safetensors digits",
                "hillock evaluate quality.safetensors new-measurements.csv --json",
            ]);
        arguments.AddTo(command, [arguments.Stream, json]);
        command.SetAction(parsed => Run(arguments, parsed, parsed.GetValue(json), terminalFor(parsed), cancellationToken));
        return command;
    }

    private static void Run(ModelArguments arguments, ParseResult parsed, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        TrainedModel model = arguments.Load(parsed);
        using StreamedData? stream = arguments.Streams(parsed, model, terminal)
            ? arguments.OpenStream(parsed, model, terminal, withoutTarget: false, cancellationToken) : null;
        DataSource? data = stream is null ? arguments.Open(parsed, model, terminal, withoutTarget: false, trainingPart: false, cancellationToken) : null;
        ModelEvaluation evaluation = stream is null ? model.Evaluate(data!, cancellationToken) : model.Evaluate(stream, cancellationToken);
        string name = stream?.Name ?? data!.Name;
        TaskKind task = model.Preparation.Task;
        if (json)
        {
            terminal.Output.Write(Json.Text(EvaluationDocument.Of(arguments.Model(parsed), name, task, evaluation)));
            return;
        }

        TextPage page = new(terminal);
        page.Fact("model", arguments.Model(parsed));
        page.Fact("data", $"{name}: {stream?.Description ?? data!.Description}");
        page.Fact("score", Sentences.Scores(evaluation.Scores, task));
        if (evaluation.Confusion is { } confusion)
        {
            page.Gap();
            WriteClasses(terminal, confusion);
        }
    }

    /// <summary>One row for each class: precision and recall, and which classes its samples are taken for.</summary>
    private static void WriteClasses(Terminal terminal, ConfusionMatrix confusion)
    {
        bool matrix = confusion.Classes.Count <= MostShownClasses;
        FittedTable table = new(terminal);
        table.AddColumn("class", priority: 0);
        table.AddColumn("samples", priority: 1, right: true);
        table.AddColumn("precision", priority: 0, right: true);
        table.AddColumn("recall", priority: 0, right: true);
        for (int predicted = 0; matrix && predicted < confusion.Classes.Count; predicted++)
        {
            table.AddColumn($"→ {confusion.Classes[predicted]}", priority: 2, right: true);
        }

        for (int actual = 0; actual < confusion.Classes.Count; actual++)
        {
            int row = actual;
            IEnumerable<Cell> taken = matrix ? Enumerable.Range(0, confusion.Classes.Count).Select(predicted => Taken(confusion[row, predicted], row == predicted)) : [];
            table.AddRow(
            [
                new(confusion.Classes[actual], Decoration: Spectre.Console.Decoration.Bold),
                new(confusion.Samples(actual).ToString(CultureInfo.InvariantCulture)),
                new(Figure.Optional(confusion.Precision(actual), Words.Fixed)),
                new(Figure.Optional(confusion.Recall(actual), Words.Fixed)),
                .. taken,
            ]);
        }

        table.Write();
    }

    private static Cell Taken(int count, bool right) =>
        new(count == 0 ? "·" : count.ToString(CultureInfo.InvariantCulture), right ? Spectre.Console.Color.Green : count > 0 ? Spectre.Console.Color.Red : null);
}
