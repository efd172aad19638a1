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
        IReadOnlyList<LayerFigure> shown = LayerFigure.Of(layers);
        FittedTable table = new(terminal);
        table.AddColumn("layer", priority: 0);
        foreach (LayerFigure figure in shown)
        {
            table.AddColumn(figure.Title, figure.Priority, right: true);
        }

        foreach (LayerDiagnosis layer in layers)
        {
            table.AddRow([new(LayerFigure.Name(layer), Decoration: Decoration.Bold), .. shown.Select(figure => new Cell(figure.Text(layer)))]);
        }

        table.Write();
    }

    /// <summary>Writes one row for each gate of the recurrent layers; nothing where there are none.</summary>
    public void WriteGates(IReadOnlyList<LayerDiagnosis> layers)
    {
        if (layers.All(layer => layer.Gates.Count == 0))
        {
            return;
        }

        FittedTable table = new(terminal);
        table.AddColumn("gate", priority: 0);
        foreach (GateFigure figure in GateFigure.All)
        {
            table.AddColumn(figure.Title, figure.Priority, right: true);
        }

        foreach (LayerDiagnosis layer in layers)
        {
            foreach (GateDiagnosis gate in layer.Gates)
            {
                table.AddRow([new(GateFigure.Name(layer, gate), Decoration: Decoration.Bold), .. GateFigure.All.Select(figure => new Cell(figure.Text(gate)))]);
            }
        }

        page.Gap();
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
    /// <param name="remedies">The trainings.</param>
    /// <param name="metric">What their score is called.</param>
    public void WriteRemedies(TriedRemedies remedies, TaskMetric metric)
    {
        page.Heading($"Remedies, {Words.Count(remedies.Epochs, "epoch")} each");
        page.Paragraph(remedies.Training, "  ");
        page.Gap();
        FittedTable table = new(terminal);
        table.AddColumn("tried", priority: 0, leastWidth: 24);
        IReadOnlyList<RemedyFigure> figures = RemedyFigure.Of(metric);
        foreach (RemedyFigure figure in figures)
        {
            table.AddColumn(figure.Title, figure.Priority, right: figure.IsNumber);
        }

        foreach (RemedyTrial trial in remedies.Trials)
        {
            Color? colour = trial.Verdict switch
            {
                RemedyVerdict.Cured or RemedyVerdict.Helped => Color.Green,
                RemedyVerdict.Diverged => Color.Red,
                _ => null,
            };
            table.AddRow([new(trial.Text), .. figures.Select(figure => new Cell(figure.Text(trial), figure.IsVerdict ? colour : null))]);
        }

        table.Write();
    }
}

/// <summary>Remedies that were tried.</summary>
/// <param name="Trials">The trainings.</param>
/// <param name="Epochs">The epochs of each.</param>
/// <param name="Training">How they were trained, in words.</param>
internal sealed record TriedRemedies(IReadOnlyList<RemedyTrial> Trials, int Epochs, string Training);

/// <summary>What a score is called.</summary>
/// <param name="Name">The name.</param>
internal readonly record struct TaskMetric(string Name)
{
    /// <summary>The score of models of a task.</summary>
    public static TaskMetric Of(Data.TaskKind task) => new(task == Data.TaskKind.Regression ? "R²" : "accuracy");
}
