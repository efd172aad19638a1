using System.Globalization;
using Hillock.Cli.CommandLine;
using Hillock.Laboratory;
using Hillock.Networks;
using Spectre.Console;

namespace Hillock.Cli.Output;

/// <summary>Writes a diagnosis for people: the table of layers, the findings, what the remedies did.</summary>
internal sealed class DiagnosisPage(Terminal terminal)
{
    private readonly TextPage page = new(terminal);

    /// <summary>Writes one row for each layer.</summary>
    public void WriteLayers(IReadOnlyList<LayerDiagnosis> layers)
    {
        (string Title, int Priority, Func<LayerDiagnosis, string> Text)[] columns =
        [
            ("units", 5, layer => layer.Units.ToString(CultureInfo.InvariantCulture)),
            ("dead", 0, layer => Sentences.Share(layer.Dead)),
            ("stuck", 4, layer => Sentences.Share(layer.Stuck)),
            ("saturated", 2, layer => Sentences.Share(layer.Saturated)),
            ("linear", 7, layer => Sentences.Share(layer.Linear)),
            ("zeros", 3, layer => layer.ActivationName is null ? "" : Sentences.Share(layer.Sparsity)),
            ("sums", 1, layer => Spread(layer.Sums)),
            ("outputs", 8, layer => layer.ActivationName is null ? "" : Spread(layer.Output)),
            ("gradient", 1, layer => Words.Significant(layer.SampleGradientNorm, 2)),
            ("dC/dW", 9, layer => Figure.Optional(layer.WeightGradientNorm, v => Words.Significant(v, 2))),
            ("weights", 10, layer => Figure.Optional(layer.WeightNorm, v => Words.Significant(v, 3))),
            ("learned", 6, Learned),
        ];
        FittedTable table = new(terminal);
        table.AddColumn("layer", priority: 0);
        var shown = Array.FindAll(columns, column => layers.Any(layer => column.Text(layer).Length > 0));
        foreach ((string title, int priority, _) in shown)
        {
            table.AddColumn(title, priority, right: true);
        }

        foreach (LayerDiagnosis layer in layers)
        {
            table.AddRow([new(Name(layer), Decoration: Decoration.Bold), .. shown.Select(column => new Cell(column.Text(layer)))]);
        }

        table.Write();
    }

    /// <summary>Writes what is wrong; one line where nothing is.</summary>
    public void WriteFindings(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            page.Line("Nothing is wrong.", Color.Green);
            return;
        }

        page.Line(findings.Count == 1 ? "One finding" : $"{findings.Count} findings, causes first", Color.Red);
        for (int i = 0; i < findings.Count; i++)
        {
            page.Gap();
            page.Finding(findings[i], $"{i + 1}. ");
        }
    }

    /// <summary>Writes what the remedies did.</summary>
    public void WriteRemedies(IReadOnlyList<RemedyTrial> trials, int epochs, TaskMetric metric)
    {
        page.Heading($"Remedies, {Words.Count(epochs, "epoch")} each");
        FittedTable table = new(terminal);
        table.AddColumn("tried", priority: 0, leastWidth: 24);
        table.AddColumn("loss", priority: 1, right: true);
        table.AddColumn(metric.Name, priority: 1, right: true);
        table.AddColumn("still found", priority: 2);
        table.AddColumn("verdict", priority: 0);
        foreach (RemedyTrial trial in trials)
        {
            Color? colour = trial.Verdict switch
            {
                RemedyVerdict.Cured or RemedyVerdict.Helped => Color.Green,
                RemedyVerdict.Diverged => Color.Red,
                _ => null,
            };
            table.AddRow(
            [
                new(trial.Text),
                new(trial.Loss is { } loss ? Words.Fixed(loss) : "diverged"),
                new(Figure.Optional(trial.Score, Words.Fixed)),
                new(trial.Loss is null ? "" : trial.Findings.Count == 0 ? "nothing" : string.Join(", ", trial.Findings.Select(finding => finding.Code))),
                new(Verdict(trial.Verdict), colour),
            ]);
        }

        table.Write();
    }

    /// <summary>A verdict in words.</summary>
    public static string Verdict(RemedyVerdict verdict) => verdict switch
    {
        RemedyVerdict.Cured => "cured",
        RemedyVerdict.Helped => "helped",
        RemedyVerdict.NoHelp => "no help",
        RemedyVerdict.Diverged => "diverged",
        _ => "comparison",
    };

    private static string Name(LayerDiagnosis layer)
    {
        string text = layer.ActivationName == layer.Text ? "" : layer.Text;
        string[] parts = [text, layer.Normalisation ?? "", layer.ActivationName ?? ""];
        return $"{layer.Layer} {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    private static string Spread(SignalMoments moments) => $"{Words.Significant(moments.Mean, 2)} ± {Words.Significant(Math.Sqrt(moments.UnitVariance), 2)}";

    private static string Learned(LayerDiagnosis layer) => string.Join(
        ", ",
        layer.LearnedParameters.Select(learned => learned.Values.Count == 1
            ? $"{learned.Name} {Words.Significant(learned.Values[0], 3)}"
            : $"{learned.Name} {Words.Significant(learned.Values.Min(), 2)} to {Words.Significant(learned.Values.Max(), 2)}"));

}

/// <summary>What a score is called.</summary>
/// <param name="Name">The name.</param>
internal readonly record struct TaskMetric(string Name)
{
    /// <summary>The score of models of a task.</summary>
    public static TaskMetric Of(Data.TaskKind task) => new(task == Data.TaskKind.Regression ? "R²" : "accuracy");
}
