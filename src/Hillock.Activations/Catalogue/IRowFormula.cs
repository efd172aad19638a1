namespace Hillock.Activations.Catalogue;

/// <summary>
/// An activation of whole rows, such as softmax: each output depends on all inputs of its row. Written in double; rows of floats
/// are widened and the results rounded once.
/// </summary>
public interface IRowFormula
{
    /// <summary>What there is to say about the function.</summary>
    static abstract ActivationFacts Facts { get; }

    /// <summary>The formula as text.</summary>
    static abstract string Formula { get; }

    /// <summary>The derivative as text.</summary>
    static abstract string Derivative { get; }

    /// <summary>Computes one row in place.</summary>
    /// <param name="row">The inputs; receives the outputs.</param>
    static abstract void Forward(Span<double> row);

    /// <summary>Computes the gradient by one row of inputs, in place.</summary>
    /// <param name="row">The inputs; receives dC/dx.</param>
    /// <param name="outputGradient">dC/dy.</param>
    static abstract void Backward(Span<double> row, ReadOnlySpan<double> outputGradient);
}
