using Hillock.Activations.Catalogue;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>GEGLU: half of a row times the GELU of the other half.</summary>
internal readonly struct GeGlu : IGatedFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "geglu",
        Title = "GEGLU",
        Summary = "A gated linear unit with GELU for its gate: one half of the row times the GELU of the other half.",
        Paper = "Shazeer, GLU Variants Improve Transformer, 2020",
        Range = "(-∞, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.SeveralTranscendentals,
        Peers = [],
        Strengths =
        [
            "With SwiGLU the best of the variants in its paper, at equal numbers of weights.",
            "Smooth everywhere.",
        ],
        Weaknesses =
        [
            "Needs twice as many inputs as outputs, hence a layer twice as wide.",
            "Others take the first half as the gate, as fused SwiGLU kernels often do: swap the halves of the weights there.",
            "Some implementations use the tanh approximation of GELU.",
        ],
        WhenToUse = "In the feed-forward blocks of transformers and diffusion models.",
    };
}
