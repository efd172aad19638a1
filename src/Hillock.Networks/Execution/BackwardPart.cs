namespace Hillock.Networks.Execution;

/// <summary>What a step does in its backward pass, in this order: memory that only one part needs is free in the others.</summary>
internal enum BackwardPart
{
    /// <summary>The gradient by the outputs of the activation becomes that by its inputs.</summary>
    Activation,

    /// <summary>The gradients by the parameters.</summary>
    Parameters,

    /// <summary>The gradient by the step's inputs.</summary>
    Input,
}
