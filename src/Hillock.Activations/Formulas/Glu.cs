using Hillock.Activations.Catalogue;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>GLU: half of a row times the sigmoid of the other half.</summary>
internal readonly struct Glu : IGatedFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "glu",
        Title = "GLU",
        Summary = "The gated linear unit: one half of the row, let through as far as the sigmoid of the other half says.",
        Paper = "Dauphin, Fan, Auli & Grangier, Language Modeling with Gated Convolutional Networks, ICML 2017",
        Range = "(-∞, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.OneTranscendental,
        Peers =
        [
            new("PyTorch", "nn.GLU"),
            new("Keras", "glu"),
            new("JAX", "jax.nn.glu"),
        ],
        Strengths =
        [
            "The half that is let through has a linear path: gradients pass undiminished where the gate is open.",
            "The network decides by itself what to let through.",
        ],
        Weaknesses =
        [
            "Needs twice as many inputs as outputs, hence a layer twice as wide.",
            "A gate that closes on every sample stops both halves from learning.",
        ],
        WhenToUse = "In gated convolutions and in the feed-forward blocks of transformers, with a layer before it that is twice as wide.",
    };
}
