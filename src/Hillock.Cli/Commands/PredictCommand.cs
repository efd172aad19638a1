using System.CommandLine;
using System.Globalization;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock predict MODEL DATA</c>: what a trained network says of samples.</summary>
internal static class PredictCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        ModelArguments arguments = new("The samples: a table with the columns that were trained on, with or without the target; images; or the name of a set");
        Option<bool> json = new("--json") { Description = "Print one JSON document, with the probabilities of all classes" };
        ToolCommand command = new(
            "predict",
            "Says what a trained network takes samples for: a line for each, the class and its probability, or the value",
            [
                "hillock predict quality.safetensors new-measurements.csv",
                "hillock predict digits.safetensors digits --json",
            ]);
        arguments.AddTo(command, [json]);
        command.SetAction(parsed => Run(arguments, parsed, parsed.GetValue(json), terminalFor(parsed), cancellationToken));
        return command;
    }

    private static void Run(ModelArguments arguments, ParseResult parsed, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        (TrainedModel model, DataSource data) = arguments.Open(parsed, terminal, withoutTarget: true, cancellationToken);
        IReadOnlyList<Prediction> predictions = model.Predict(data, cancellationToken);
        if (json)
        {
            terminal.Output.Write(Json.Text(PredictionDocument.Of(arguments.Model(parsed), data.Name, model.Classes, predictions)));
            return;
        }

        foreach (Prediction prediction in predictions)
        {
            terminal.Output.WriteLine(
                prediction.Class is { } c
                    ? $"{model.Classes[c]}\t{prediction.Probabilities[c].ToString("0.0000", CultureInfo.InvariantCulture)}"
                    : prediction.Value!.Value.ToString("G7", CultureInfo.InvariantCulture));
        }
    }
}
