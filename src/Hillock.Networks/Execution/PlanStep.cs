namespace Hillock.Networks.Execution;

/// <summary>
/// One step of a plan: a layer or a part of one, bound to its buffers. Everything that it needs is made in its constructor; passes allocate nothing.
/// </summary>
internal abstract class PlanStep
{
    /// <summary>The number of the step in its plan.</summary>
    public int Index { get; set; }

    /// <summary>The layer that added the step.</summary>
    public LayerNode? Node { get; set; }

    /// <summary>What the step gives; with <see cref="Activation"/>, what that reads.</summary>
    public PlanValue Result { get; set; } = null!;

    /// <summary>Whether a gradient flows back through the step.</summary>
    public bool GoesBack { get; set; }

    /// <summary>The activation that the step computes, by itself or behind its own work; null for none.</summary>
    public virtual ActivationUnit? Activation => null;

    /// <summary>Computes the outputs of a batch.</summary>
    public abstract void Forward(BatchPass pass);

    /// <summary>
    /// From the gradient by the outputs computes that by the inputs, overwriting it, and those by the parameters where
    /// <see cref="BatchPass.Gradients"/> is not null. Called only where the outputs have a gradient.
    /// </summary>
    public abstract void Backward(BatchPass pass);
}
