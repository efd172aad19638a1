using Hillock.Activations.Catalogue;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>SwiGLU: half of a row times the Swish of the other half.</summary>
internal readonly struct SwiGlu : IGatedFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "swiglu",
        Title = "SwiGLU",
        Summary = "A gated linear unit with Swish for its gate: one half of the row times the Swish of the other half.",
        Paper = "Shazeer, GLU Variants Improve Transformer, 2020",
        Range = "(-∞, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.He,
        Cost = CostClass.OneTranscendental,
        Parameters = [new("beta", 1, -100, 100, "how sharply the gate opens: 0 gives a·b/2, large values ReGLU")],
        Peers =
        [
            new("ONNX", "SwiGLU", "from opset 28; the halves are two inputs, the gate being the first; beta is called alpha"),
        ],
        Strengths =
        [
            "With GEGLU the best of the variants in its paper, at equal numbers of weights.",
            "Smooth everywhere, and cheaper than GEGLU.",
        ],
        Weaknesses =
        [
            "Needs twice as many inputs as outputs, hence a layer twice as wide.",
            "Others take the first half as the gate, as fused SwiGLU kernels often do: swap the halves of the weights there.",
        ],
        WhenToUse = "In the feed-forward blocks of transformers: the habit of today's language models.",
    };
}
