using Hillock.Activations.Catalogue;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Formulas;

/// <summary>Bilinear: product of the halves of a row.</summary>
internal readonly struct Bilinear : IGatedFormula
{
    /// <inheritdoc/>
    public static ActivationFacts Facts { get; } = new()
    {
        Name = "bilinear",
        Title = "Bilinear",
        Summary = "A gated linear unit without a gate function: the product of the halves of the row.",
        Paper = "Mnih & Hinton, Three New Graphical Models for Statistical Language Modelling, ICML 2007; Shazeer, GLU Variants Improve Transformer, 2020",
        Range = "(-∞, ∞)",
        Monotone = false,
        Smooth = true,
        ZeroCentred = true,
        Saturation = Saturation.None,
        Initialisation = Initialisation.Glorot,
        Cost = CostClass.Arithmetic,
        Peers = [],
        Strengths =
        [
            "One product for every output: nothing is cheaper.",
            "A layer with it is a quadratic form, which can be analysed in closed form.",
        ],
        Weaknesses =
        [
            "Grows with the square of its inputs, and so do gradients: needs normalisation.",
            "Needs twice as many inputs as outputs, hence a layer twice as wide.",
        ],
        WhenToUse = "In feed-forward blocks that shall be interpreted, behind a normalisation.",
    };
}
