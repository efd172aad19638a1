using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Rows;

/// <summary>
/// A gated linear unit a·f(b), where a and b are the halves of a row and f is an element-wise formula that is written elsewhere; its parameters are those of f.
/// </summary>
internal interface IGatedFormula
{
    /// <summary>What there is to say about the function.</summary>
    static abstract ActivationFacts Facts { get; }
}
