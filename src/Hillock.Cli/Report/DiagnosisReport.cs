using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>The report of a diagnosis: what is wrong with a network, what its layers do, and which remedies helped.</summary>
/// <param name="Path">The file of the model.</param>
/// <param name="Model">The model.</param>
/// <param name="Data">What it was looked at with.</param>
/// <param name="Diagnosis">What was found.</param>
internal sealed record DiagnosisReport(string Path, TrainedModel Model, DataSource Data, ModelDiagnosis Diagnosis)
{
    /// <summary>The remedies that were tried; null where none were.</summary>
    public TriedRemedies? Remedies { get; init; }

    /// <summary>The page as HTML.</summary>
    /// <param name="time">How long the diagnosis took.</param>
    public string Text(TimeSpan time)
    {
        HtmlPage page = new();
        WriteHead(page);
        page.Append(InsidePictures.Sections(Diagnosis, [], Diagnosis.Measures.Layers.Count == 0 ? null : DecisionMap.Draw(Model, Data)));
        WriteLayers(page, Diagnosis.Measures.Layers);
        if (Remedies is { } remedies)
        {
            WriteRemedies(page, remedies);
        }

        page.Section("What was looked at", "All samples went through the network and their gradients back; nothing of it was changed.");
        page.Definitions(
            ("Model", Path),
            ("Network", $"{NetworkName(Model.Network.Description)}, {Model.Network.Description.ParameterCount:N0} parameters"),
            ("Training", Model.Settings is { } settings ? SettingsText.Of(settings) : "not known: the file does not say how the network was trained"),
            ("Data", $"{Data.Name}: {Data.Description}"));
        page.EndSection();
        return page.Document($"Inside {Path}. Hillock", $"in {Svg.Escape(Words.Duration(time))}.");
    }

    /// <summary>The network's text, and the activation that the text of a perceptron does not name.</summary>
    private static string NetworkName(NetworkDescription network)
    {
        string text = NetworkText.Write(network);
        return text.StartsWith("mlp:", StringComparison.Ordinal) ? $"{text} with {network.Layers.OfType<ActivationLayer>().First().Activation.Name}" : text;
    }

    private void WriteHead(HtmlPage page)
    {
        DiagnosisResult measures = Diagnosis.Measures;
        int findings = Diagnosis.Findings.Count;
        string headline = findings == 0 ? "Nothing is wrong" : Words.Count(findings, "finding");
        string lead = findings == 0 ? "Signals and gradients keep their size, and the units take part." : $"{Diagnosis.Findings[0].Text}.";
        page.Append($"<header>\n<p class=\"eyebrow\">{Svg.Escape($"Inside {System.IO.Path.GetFileName(Path)}, looked at with {Data.Name}")}</p>\n")
            .Append($"<h1><em>{Svg.Escape(headline)}</em></h1>\n<p class=\"lead\">{Svg.Escape(lead)}</p>\n<div class=\"tiles\">\n");
        page.Tile($"{Data.Count:N0}", "samples");
        page.Tile($"{Model.Network.Description.ParameterCount:N0}", "parameters");
        page.Tile(double.IsFinite(measures.Loss) ? Words.Fixed(measures.Loss) : "", "loss of these samples");
        page.Tile(Sentences.Share(measures.Dead), "dead units");
        page.Tile(Sentences.Share(measures.Saturated), "saturated cases");
        page.Append("</div>\n</header>\n");
    }

    private static void WriteLayers(HtmlPage page, IReadOnlyList<LayerDiagnosis> layers)
    {
        if (layers.Count == 0)
        {
            return;
        }

        page.Section(
            "The layers in figures",
            "Dead: units without slope on every sample. Stuck: units held where their slope is small. Saturated: cases with a slope of at most 5\u00a0% of the greatest. "
            + "Linear: units with the same slope on every sample. Sums and outputs: the mean and the standard deviation over the samples. Gradient: of a sample, by the sums.");
        IReadOnlyList<LayerFigure> figures = LayerFigure.Of(layers);
        page.Table(figures.Select(figure => figure.Title).Prepend("layer"), layers.Select(layer => ("", figures.Select(figure => figure.Text(layer)).Prepend(LayerFigure.Name(layer)))));
        if (layers.Any(layer => layer.Gates.Count > 0))
        {
            page.Note("Gates, over samples and positions: near 0 they are closed, near 1 open.");
            page.Table(
                GateFigure.All.Select(figure => figure.Title).Prepend("gate"),
                from layer in layers from gate in layer.Gates select ("", GateFigure.All.Select(figure => figure.Text(gate)).Prepend(GateFigure.Name(layer, gate))));
        }

        page.EndSection();
    }

    private void WriteRemedies(HtmlPage page, TriedRemedies remedies)
    {
        page.Section(
            $"Remedies, {Words.Count(remedies.Epochs, "epoch")} each",
            $"{Sentences.Whole(remedies.Training)} Equal trainings on the same samples, judged by a fifth of them that was held out. Cured: nothing is found any more, and the loss is lower than that of the network as it is; "
            + "helped: what was found first is gone, or the loss is lower by a tenth.");
        IReadOnlyList<RemedyFigure> figures = RemedyFigure.Of(TaskMetric.Of(Data.Task));
        page.Table(figures.Select(figure => figure.Title).Prepend("tried"), remedies.Trials.Select(trial => (StyleOf(trial.Verdict), figures.Select(figure => figure.Text(trial)).Prepend(trial.Text))));
        page.EndSection();
    }

    private static string StyleOf(RemedyVerdict verdict) => verdict switch
    {
        RemedyVerdict.Cured or RemedyVerdict.Helped => "chosen",
        RemedyVerdict.Diverged => "bad",
        _ => "",
    };
}
