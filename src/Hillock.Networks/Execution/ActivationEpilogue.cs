using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>Computes an activation of each block of a product while the block is in a near cache. The product's rows are positions, its columns channels.</summary>
/// <param name="unit">The activation.</param>
/// <param name="firstPosition">The position of the product's first row.</param>
internal readonly unsafe struct ActivationEpilogue(ActivationUnit unit, long firstPosition) : IEpilogue
{
    /// <inheritdoc/>
    public void Apply(float* block, int rows, int columns, nint rowStride, int firstRow, int firstColumn) =>
        unit.ForwardBlock(firstPosition + firstRow, rows, firstColumn, columns);
}
