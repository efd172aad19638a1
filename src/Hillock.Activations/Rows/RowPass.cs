namespace Hillock.Activations.Rows;

/// <summary>What is computed of rows.</summary>
internal enum RowPass
{
    /// <summary>The function.</summary>
    Forward,

    /// <summary>The gradient by the inputs, from these.</summary>
    Backward,

    /// <summary>The gradient by the inputs, from the outputs.</summary>
    BackwardFromOutput,
}
