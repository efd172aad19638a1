namespace Hillock.Networks.Numerics;

/// <summary>
/// What is done with a block of a result as soon as its sums are complete, while it is still in a near cache: an activation, say. A struct,
/// so that nothing is allocated. Blocks come in any order and on several threads at once; every element comes in exactly one of them.
/// </summary>
internal unsafe interface IEpilogue
{
    /// <summary>Takes a block.</summary>
    /// <param name="block">Its first element.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns, which lie one after the other.</param>
    /// <param name="rowStride">The distance of its rows; equal to <paramref name="columns"/> where the whole block lies together.</param>
    /// <param name="firstRow">The result's row that is its first.</param>
    /// <param name="firstColumn">The result's column that is its first.</param>
    void Apply(float* block, int rows, int columns, nint rowStride, int firstRow, int firstColumn);
}

/// <summary>Leaves the sums as they are.</summary>
internal readonly unsafe struct NoEpilogue : IEpilogue
{
    /// <inheritdoc/>
    public void Apply(float* block, int rows, int columns, nint rowStride, int firstRow, int firstColumn)
    {
    }
}
