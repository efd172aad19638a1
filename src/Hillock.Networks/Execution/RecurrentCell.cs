namespace Hillock.Networks.Execution;

/// <summary>
/// What one step of a recurrent layer makes of the sums of a block of samples, and back: everything but the products.
/// </summary>
internal abstract unsafe class RecurrentCell
{
    /// <summary>The gates with their activations and names, for those who look at them.</summary>
    public abstract IReadOnlyList<NamedGates> NamedGates { get; }

    /// <summary>The units of the state.</summary>
    public abstract int Units { get; }

    /// <summary>The gates, in the order of their biases.</summary>
    public abstract IReadOnlyList<GateColumns> Gates { get; }

    /// <summary>Whether <see cref="StepGates.Sums"/> may be the memory of <see cref="StepGates.Values"/>: no slope needs what went into an activation.</summary>
    public abstract bool InPlace { get; }

    /// <summary>Tells the plan what the cell touches.</summary>
    public virtual void DeclareUses(PlanBuilder plan, PlanStep step)
    {
    }

    /// <summary>Makes gates of the sums, and the next state of the gates.</summary>
    public abstract void Forward(in CellStep step);

    /// <summary>To be called before the last step of a block goes back.</summary>
    public virtual void StartBackward(in CellStep step)
    {
    }

    /// <summary>
    /// Makes of the gradient by the next state that by the sums, in place of <see cref="StepGates.Values"/>; leaves in
    /// <see cref="CellStep.StateGradient"/> what reaches the previous state without passing the products.
    /// </summary>
    public abstract void Backward(in CellStep step);
}

/// <summary>Gates that lie together, by name.</summary>
/// <param name="Block">Their place among <see cref="RecurrentCell.Gates"/>.</param>
/// <param name="Activation">The activation that makes them of their sums.</param>
/// <param name="Names">The names, in the order of their columns: each has one column for every unit.</param>
internal sealed record NamedGates(int Block, CellActivation Activation, params IReadOnlyList<string> Names);

/// <summary>Gates of one position of a block of samples, row by row.</summary>
internal readonly unsafe struct StepGates
{
    /// <summary>The sums.</summary>
    public float* Sums { get; init; }

    /// <summary>Where the gates go, and in a backward pass the gradients by the sums.</summary>
    public float* Values { get; init; }

    /// <summary>Memory for the gradients by the gates.</summary>
    public float* Gradient { get; init; }
}

/// <summary>One position of a block of samples.</summary>
internal readonly unsafe struct CellStep
{
    /// <summary>The number of the block.</summary>
    public int Piece { get; init; }

    /// <summary>The block's first sample.</summary>
    public int FirstRow { get; init; }

    /// <summary>The block's samples.</summary>
    public int Rows { get; init; }

    /// <summary>How many positions were read before this one.</summary>
    public int Number { get; init; }

    /// <summary>The position in the sequence.</summary>
    public int Position { get; init; }

    /// <summary>The lengths of the block's samples; null where all positions are real.</summary>
    public int* Lengths { get; init; }

    /// <summary>Its gates, as many as <see cref="RecurrentCell.Gates"/>.</summary>
    public StepGates* Gates { get; init; }

    /// <summary>The state before.</summary>
    public float* Previous { get; init; }

    /// <summary>The distance of its rows.</summary>
    public nint PreviousRow { get; init; }

    /// <summary>Where the next state goes.</summary>
    public float* Next { get; init; }

    /// <summary>The distance of its rows.</summary>
    public nint NextRow { get; init; }

    /// <summary>The gradient by the next state, row by row.</summary>
    public float* StateGradient { get; init; }

    /// <summary>Whether a sample of the block is at its end already: its state stays as it is.</summary>
    public bool IsPadding(int row) => Lengths != null && Position >= Lengths[row];
}
