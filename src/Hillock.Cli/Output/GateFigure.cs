using Hillock.Networks;

namespace Hillock.Cli.Output;

/// <summary>One column of the table of gates; the terminal and the report have the same.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Priority">The columns with the greatest numbers go first where space is short.</param>
/// <param name="Text">What it says of a gate.</param>
internal sealed record GateFigure(string Title, int Priority, Func<GateDiagnosis, string> Text)
{
    /// <summary>The columns after the name.</summary>
    public static IReadOnlyList<GateFigure> All { get; } =
    [
        new("saturated", 0, gate => Sentences.Share(gate.Saturated)),
        new("stuck", 3, gate => Sentences.Share(gate.Stuck)),
        new("dead", 4, gate => Sentences.Share(gate.Dead)),
        new("sums", 1, gate => Sentences.Spread(gate.Input)),
        new("gates", 2, gate => Sentences.Spread(gate.Output)),
    ];

    /// <summary>A gate with the number of its layer and its activation.</summary>
    public static string Name(LayerDiagnosis layer, GateDiagnosis gate) =>
        $"{layer.Layer} {gate.Name}{(gate.SecondDirection ? ", second direction" : "")}, {gate.Activation.Name}";
}
