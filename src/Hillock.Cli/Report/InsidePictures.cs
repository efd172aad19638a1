using System.Text;
using Hillock.Cli.Drawing;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>The part of a report that shows the inside of a network: what is wrong with it, and the pictures.</summary>
internal static class InsidePictures
{
    /// <summary>Writes the sections as HTML for a page that has the style sheets of reports.</summary>
    /// <param name="diagnosis">The network as it is.</param>
    /// <param name="epochs">What a probe saw while it was trained; empty where nobody looked.</param>
    /// <param name="boundary">The map of a classifier of points in the plane; null where there is none.</param>
    public static string Sections(ModelDiagnosis diagnosis, IReadOnlyList<DiagnosisResult> epochs, Svg? boundary)
    {
        StringBuilder page = new();
        page.Append("<section>\n<h2>Inside the network</h2>\n");
        if (diagnosis.Findings.Count == 0)
        {
            page.Append("<p class=\"note\">Nothing is wrong inside.</p>\n");
        }
        else
        {
            page.Append(FindingList.Markup(diagnosis.Findings.Select(finding => ("", finding))));
        }

        page.Append("</section>\n");
        Section(page, "Decision boundary", "What the network says everywhere in the plane of its two inputs, as they are prepared for it; the surer, the darker.", boundary);
        Section(
            page,
            "Outputs of the layers",
            epochs.Count > 0
                ? "Histograms of what each layer gives, one ridge for each epoch, the first on top; the axis is logarithmic on both sides of zero, heights are square roots of shares."
                : "The histogram of what each layer gives; the axis is logarithmic on both sides of zero, heights are square roots of shares.",
            ActivationRidges.Draw(epochs.Count > 0 ? epochs : [diagnosis.Measures]));
        if (epochs.Count < 2)
        {
            Section(
                page,
                "Layer by layer",
                "How large sums and gradients are on their way through the layers, and which share of the units is dead, stuck or saturated. What is zero has no dot on a logarithmic axis.",
                LayerProfile.Draw(diagnosis.Measures));
        }
        else
        {
            Section(
                page,
                "Gradients",
                "By layer and epoch: how large the gradient of a sample is, that of the weights, and by which part of their length a step changes them.",
                LayerCurves.Draw(epochs, "Gradients and updates by layer and epoch", LayerCurves.Gradients));
            Section(
                page,
                "Dead and saturated units",
                "By layer and epoch. Dead: without slope on every sample of the epoch. Saturated: cases with a slope of at most 5\u00a0% of the greatest.",
                LayerCurves.Draw(epochs, "Dead and saturated units by layer and epoch", LayerCurves.Units));
        }

        Section(page, "Units", "Each square is a unit: the darker, the more often its input is above zero. Hollow squares are dead.", UnitMap.Draw(diagnosis.Measures));
        Section(page, "Learned parameters", "What the activations learned, by layer; the line is the mean.", LearnedParametersChart.Draw(diagnosis.Measures));
        return page.ToString();
    }

    private static void Section(StringBuilder page, string title, string note, Svg? chart)
    {
        if (chart != null)
        {
            page.Append($"<section>\n<h3>{Svg.Escape(title)}</h3>\n<p class=\"note\">{Svg.Escape(note)}</p>\n<div class=\"scroll\">{chart.ToElement()}</div>\n</section>\n");
        }
    }
}
