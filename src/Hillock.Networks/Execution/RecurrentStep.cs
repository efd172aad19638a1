namespace Hillock.Networks.Execution;

/// <summary>A recurrent layer: one direction after the other.</summary>
internal sealed class RecurrentStep(RecurrentDirection[] directions) : PlanStep
{
    /// <summary>
    /// The samples of a block: enough for the products to read the packed weights from the second-level cache without waiting, and few enough for several
    /// threads to have something to do.
    /// </summary>
    public const int RowsOfPiece = 32;

    /// <summary>The blocks of a batch.</summary>
    public static int Pieces(int rows) => (rows + RowsOfPiece - 1) / RowsOfPiece;

    /// <summary>The directions.</summary>
    public IReadOnlyList<RecurrentDirection> Directions => directions;

    /// <summary>Tells the plan what the step touches; it has been added.</summary>
    public void DeclareUses(PlanBuilder plan)
    {
        foreach (RecurrentDirection direction in directions)
        {
            direction.DeclareUses(plan, this);
        }
    }

    public override void Forward(BatchPass pass)
    {
        foreach (RecurrentDirection direction in directions)
        {
            direction.Forward(pass);
        }
    }

    public override void Backward(BatchPass pass)
    {
        foreach (RecurrentDirection direction in directions)
        {
            direction.Backward(pass);
        }
    }
}
