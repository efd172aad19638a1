namespace Hillock.Activations.Rows;

/// <summary>The operands of one row.</summary>
/// <param name="input">The inputs, or the outputs where a gradient is computed from these.</param>
/// <param name="gradient">The gradient of the outputs; null in the forward pass.</param>
/// <param name="result">Receives the outputs or the gradient of the inputs; may be the memory of either of the others.</param>
/// <param name="length">The inputs of a row.</param>
/// <param name="outputLength">The outputs of a row.</param>
/// <param name="room">Doubles to work with, as many as inputs.</param>
internal readonly unsafe struct RowOperands<TScalar>(TScalar* input, TScalar* gradient, TScalar* result, nint length, nint outputLength, double* room)
    where TScalar : unmanaged
{
    /// <summary>The inputs, or the outputs where a gradient is computed from these.</summary>
    public TScalar* Input => input;

    /// <summary>The gradient of the outputs.</summary>
    public TScalar* Gradient => gradient;

    /// <summary>Receives the outputs or the gradient of the inputs.</summary>
    public TScalar* Result => result;

    /// <summary>The inputs of a row.</summary>
    public nint Length => length;

    /// <summary>The outputs of a row.</summary>
    public nint OutputLength => outputLength;

    /// <summary>Doubles to work with, as many as inputs.</summary>
    public double* Room => room;

    /// <summary>The operands of a row below this one.</summary>
    /// <param name="row">How far below.</param>
    /// <param name="inputStep">From one row to the next in the first operand.</param>
    /// <param name="resultStep">From one row to the next in the result.</param>
    public RowOperands<TScalar> Row(nint row, nint inputStep, nint resultStep) => new(
        input + (row * inputStep), gradient == null ? null : gradient + (row * outputLength), result + (row * resultStep), length, outputLength, room);
}
