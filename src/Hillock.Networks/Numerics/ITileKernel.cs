namespace Hillock.Networks.Numerics;

/// <summary>
/// The innermost part of every product for one width of registers: a tile of the result whose sums stay in registers. Every sum is one chain
/// of fused multiply-adds in the order of the depth, so that all widths and all heights of a tile give the same bits.
/// </summary>
/// <remarks>
/// The height is a type, so that each height is a loop of its own without a wasted row: the compiler drops the rows that a height lacks. The
/// accumulators are named, since RyuJIT keeps no array in registers.
/// </remarks>
internal interface ITileKernel
{
    /// <summary>The columns of a narrow tile, and the step in which widths are rounded up.</summary>
    const int NarrowColumns = 16;

    /// <summary>The rows of the highest tile.</summary>
    static abstract int Rows { get; }

    /// <summary>The columns of the widest tile: 16 or 32.</summary>
    static abstract int Columns { get; }

    /// <summary>Computes a tile.</summary>
    /// <typeparam name="TRows">Its rows, from 1 to <see cref="Rows"/>.</typeparam>
    /// <typeparam name="TColumns">Its columns: 16 or <see cref="Columns"/>.</typeparam>
    static abstract void Multiply<TRows, TColumns>(in Tile tile)
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize;
}

/// <summary>
/// What a tile is computed from: <c>C = Start + A·B</c>. The depth comes in segments of equal length (the rows of an image's patch, say), which
/// continue the same sums: element (row r, step k of segment s) of A is at <c>A[r·ARow + k·AStep + s·(Depth·AStep + ASkip)]</c>, row k of
/// segment s of B at <c>B[k·BStep + s·(Depth·BStep + BSkip)]</c>. The sums start from <c>Start[r·StartRow]</c>: the result so far, or one row
/// of biases or zeros for all rows (<c>StartRow</c> = 0).
/// </summary>
internal unsafe struct Tile
{
    public float* A;
    public nint ARow;
    public nint AStep;
    public nint ASkip;
    public float* B;
    public nint BStep;
    public nint BSkip;
    public float* Start;
    public nint StartRow;
    public float* C;
    public nint CRow;

    /// <summary>The length of a segment, at least 1.</summary>
    public nint Depth;

    /// <summary>The number of segments, at least 1.</summary>
    public nint Segments;
}
