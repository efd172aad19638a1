using Hillock.Activations.Catalogue;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>ReGLU: half of a row times the rectified other half.</summary>
internal readonly struct ReGlu : IGatedFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "reglu",
        Title = "ReGLU",
        Summary = "A gated linear unit with ReLU for its gate: one half of the row times the rectified other half.",
        Paper = "Shazeer, GLU Variants Improve Transformer, 2020",
        Range = "(-∞, ∞)",
        Monotone = false,
        Smooth = false,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.Arithmetic,
        Kink = "The gate's slope at 0 is 0, as in ReLU.",
        Peers = [],
        Strengths =
        [
            "No exponential: the cheapest gate with a threshold.",
            "Closed gates are exact zeros: activity is sparse.",
        ],
        Weaknesses =
        [
            "Needs twice as many inputs as outputs, hence a layer twice as wide.",
            "A gate that is negative on every sample never opens again.",
            "Others take the first half as the gate, as fused SwiGLU kernels often do: swap the halves of the weights there.",
        ],
        WhenToUse = "In the feed-forward blocks of transformers where speed or sparsity counts.",
    };
}
