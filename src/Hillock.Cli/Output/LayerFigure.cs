using System.Globalization;
using Hillock.Networks;

namespace Hillock.Cli.Output;

/// <summary>One column of the table of layers; the terminal and the report have the same.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Priority">The columns with the greatest numbers go first where space is short.</param>
/// <param name="Text">What it says of a layer; nothing where that does not exist.</param>
internal sealed record LayerFigure(string Title, int Priority, Func<LayerDiagnosis, string> Text)
{
    private static readonly LayerFigure[] All =
    [
        new("units", 5, layer => layer.Units.ToString(CultureInfo.InvariantCulture)),
        new("dead", 0, layer => Sentences.Share(layer.Dead)),
        new("stuck", 4, layer => Sentences.Share(layer.Stuck)),
        new("saturated", 2, layer => Sentences.Share(layer.Saturated)),
        new("linear", 7, layer => Sentences.Share(layer.Linear)),
        new("zeros", 3, layer => layer.ActivationName is null ? "" : Sentences.Share(layer.Sparsity)),
        new("sums", 1, layer => Sentences.Spread(layer.Sums)),
        new("outputs", 8, layer => layer.ActivationName is null ? "" : Sentences.Spread(layer.Output)),
        new("gradient", 1, layer => Words.Significant(layer.SampleGradientNorm, 2)),
        new("dC/dW", 9, layer => Figure.Optional(layer.WeightGradientNorm, v => Words.Significant(v, 2))),
        new("weights", 10, layer => Figure.Optional(layer.WeightNorm, v => Words.Significant(v, 3))),
        new("learned", 6, Learned),
    ];

    /// <summary>The columns after the name, without those that have nothing to say of any layer.</summary>
    public static IReadOnlyList<LayerFigure> Of(IReadOnlyList<LayerDiagnosis> layers) =>
        Array.FindAll(All, figure => layers.Any(layer => figure.Text(layer).Length > 0));

    /// <summary>A layer with its number, normalisation and activation.</summary>
    public static string Name(LayerDiagnosis layer)
    {
        string text = layer.ActivationName == layer.Text ? "" : layer.Text;
        string[] parts = [text, layer.Normalisation ?? "", layer.ActivationName ?? ""];
        return $"{layer.Layer} {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    private static string Learned(LayerDiagnosis layer) => string.Join(
        ", ",
        layer.LearnedParameters.Select(learned => learned.Values.Count == 1
            ? $"{learned.Name} {Words.Significant(learned.Values[0], 3)}"
            : $"{learned.Name} {Words.Significant(learned.Values.Min(), 2)} to {Words.Significant(learned.Values.Max(), 2)}"));
}
