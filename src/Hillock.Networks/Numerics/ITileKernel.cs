namespace Hillock.Networks.Numerics;

/// <summary>
/// The innermost part of a matrix product for one width of registers: a tile of 8 rows and 16 or 32 columns, whose sums stay in registers.
/// Every sum is one chain of fused multiply-adds in the order of the depth, so that all widths give the same bits.
/// </summary>
/// <remarks>
/// Element (row r, depth k) of the left matrix is at <c>a[r·aRow + k·aStep]</c>, so the matrix may be stored either way round or
/// packed; row k of the right one is at <c>b[k·bStep]</c>. The sums start from <c>start[r·startRow]</c>: the result so far, or one row of
/// biases or zeros for all rows (<c>startRow</c> = 0). The accumulators are named, since RyuJIT keeps no array in registers.
/// </remarks>
internal unsafe interface ITileKernel
{
    /// <summary>The rows of a tile.</summary>
    const int Rows = 8;

    /// <summary>The columns of a narrow tile.</summary>
    const int Columns = 16;

    /// <summary>The columns of a wide tile.</summary>
    const int WideColumns = 32;

    /// <summary>Computes a tile of 8 rows and 16 columns.</summary>
    static abstract void Multiply8x16(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth);

    /// <summary>Computes a tile of 8 rows and 32 columns.</summary>
    static abstract void Multiply8x32(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth);
}
