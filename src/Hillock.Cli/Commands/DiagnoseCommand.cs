using System.CommandLine;
using System.Diagnostics;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Hillock.Cli.Report;
using Hillock.Data;
using Hillock.Laboratory;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock diagnose MODEL DATA</c>: what is wrong inside of a network, and what to do.</summary>
internal static class DiagnoseCommand
{
    private const int UsualEpochs = 3;

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor, CancellationToken cancellationToken)
    {
        ModelArguments arguments = new("The samples to look at the network with: best those that it was trained on");
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        Option<bool> tries = new("--try") { Description = "Try the remedies: equal short trainings, and which of them helped" };
        Option<string?> report = Options.Text("--report", "A page with the findings and pictures of the inside, to read in a browser", "FILE");
        Option<int?> epochs = Options.WholeNumber("--epochs", $"Epochs of each training of --try ({UsualEpochs} unless given)", 1, 1000);
        ToolCommand command = new(
            "diagnose",
            "Looks inside a trained network: dead, saturated and stuck units and gates, signals and gradients that vanish or explode, and what to do",
            [
                "hillock diagnose digits.safetensors digits",
                "hillock diagnose quality.safetensors measurements.csv --try",
                "hillock diagnose digits.safetensors digits --report inside.html",
                "hillock diagnose digits.safetensors digits --json",
            ]);
        arguments.AddTo(command, [tries, epochs, report, json]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(epochs) is not null && !result.GetValue(tries))
            {
                result.AddError("--epochs says how long --try trains, and --try is not given");
            }
        });
        command.SetAction(parsed => Run(
            arguments,
            parsed,
            parsed.GetValue(tries) ? parsed.GetValue(epochs) ?? UsualEpochs : null,
            parsed.GetValue(report),
            parsed.GetValue(json),
            terminalFor(parsed),
            cancellationToken));
        return command;
    }

    private static void Run(
        ModelArguments arguments, ParseResult parsed, int? epochs, string? report, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        string path = arguments.Model(parsed);
        new CommandFiles().Reads("the model", path).ReadsData(arguments.Data(parsed), arguments.DataOptions(parsed)).Writes("--report", report);
        TrainedModel model = arguments.Load(parsed);
        DataSource data = arguments.Open(parsed, model, terminal, withoutTarget: false, trainingPart: true, cancellationToken);
        ModelDiagnosis diagnosis = ModelDiagnosis.Of(model, data, cancellationToken);
        TriedRemedies? remedies = null;
        if (epochs is int budget)
        {
            using ProgressLine progress = new(terminal, TimeProvider.System);
            string training = SettingsText.OfRemedies(model.Settings, RemedyCheck.SettingsFor(model, data));
            remedies = new TriedRemedies(
                RemedyCheck.Run(model, data, diagnosis.Findings, budget, new RemedyProgress(progress), cancellationToken), budget, training);
            progress.Clear();
            diagnosis = diagnosis with { Findings = RemedyCheck.WithOutcomes(diagnosis.Findings, remedies.Trials) };
        }

        TimeSpan time = Stopwatch.GetElapsedTime(started);
        if (report != null)
        {
            DiagnosisReport page = new(path, model, data, diagnosis) { Remedies = remedies };
            OutputFile.Write(report, page.Text(time));
        }

        if (json)
        {
            terminal.Output.Write(Json.Text(Document(path, model, data, diagnosis, remedies?.Trials, time)));
            return;
        }

        Write(terminal, path, data, diagnosis);
        DiagnosisPage pages = new(terminal);
        if (remedies != null)
        {
            terminal.Output.WriteLine();
            pages.WriteRemedies(remedies, TaskMetric.Of(data.Task));
        }

        if (report != null)
        {
            terminal.Output.WriteLine();
            new TextPage(terminal).Line($"{Words.Duration(time)}; the report is {report}", Spectre.Console.Color.Grey);
        }
    }

    private static void Write(Terminal terminal, string path, DataSource data, ModelDiagnosis diagnosis)
    {
        TextPage page = new(terminal);
        page.Fact("model", path);
        page.Fact("data", $"{data.Name}: {data.Description}");
        page.Gap();
        DiagnosisPage pages = new(terminal);
        if (diagnosis.Measures.Layers.Count > 0)
        {
            pages.WriteLayers(diagnosis.Measures.Layers);
            pages.WriteGates(diagnosis.Measures.Layers);
            page.Gap();
        }

        pages.WriteFindings(diagnosis.Findings);
    }

    private static DiagnosisDocument Document(string path, TrainedModel model, DataSource data, ModelDiagnosis diagnosis, IReadOnlyList<RemedyTrial>? trials, TimeSpan time) => new(
        "hillock.diagnose/1",
        path,
        data.Name,
        data.Count,
        model.Settings is { } settings ? TrainingEntry.Of(settings) : null,
        double.IsFinite(diagnosis.Measures.Loss) ? diagnosis.Measures.Loss : null,
        diagnosis.Measures.Inputs is { } inputs ? MomentsEntry.Of(inputs) : null,
        [.. diagnosis.Measures.Layers.Select(DiagnosedLayerEntry.Of)],
        [.. diagnosis.Findings.Select(FindingEntry.Of)],
        trials is null
            ? null
            : [.. trials.Select(trial => new RemedyEntry(
                trial.Text, trial.Loss, trial.Score, RemedyFigure.Verdict(trial.Verdict), [.. trial.Findings.Select(finding => finding.Code)]))],
        Math.Round(time.TotalSeconds, 3));

    private sealed class RemedyProgress(ProgressLine line) : IProgress<(string Text, double Share)>
    {
        public void Report((string Text, double Share) value) => line.Report($"trying {value.Text}", value.Share);
    }
}
