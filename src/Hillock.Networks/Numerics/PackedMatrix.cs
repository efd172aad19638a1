using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>
/// Products with a right matrix that is packed once and read many times: panels of a tile's width, each with all its rows. Needs no scratch memory and no
/// team, so that it serves inside of parallel work. The bits are those of <see cref="MatrixProduct"/>.
/// </summary>
internal static unsafe class PackedMatrix
{
    /// <summary>The floats that a packed matrix takes.</summary>
    public static int Length(int rows, int columns) => checked(rows * ((columns + TileColumns - 1) / TileColumns * TileColumns));

    /// <summary>Packs a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="packed">Receives <see cref="Length"/> floats; at the start of a cache line.</param>
    public static void Pack(in MatrixView matrix, float* packed) => Pack(matrix, packed, matrix.Rows, firstRow: 0);

    /// <summary>Packs some rows of a matrix; others may be packed with them from elsewhere.</summary>
    /// <param name="matrix">The rows.</param>
    /// <param name="packed">Receives them among <see cref="Length"/> floats of the whole; at the start of a cache line.</param>
    /// <param name="rows">The rows of the whole.</param>
    /// <param name="firstRow">The place of the first row in the whole.</param>
    public static void Pack(in MatrixView matrix, float* packed, int rows, int firstRow)
    {
        int tileColumns = TileColumns;
        for (int column = 0; column < matrix.Columns; column += tileColumns)
        {
            int valid = Math.Min(tileColumns, matrix.Columns - column);
            int width = valid <= ITileKernel.NarrowColumns ? ITileKernel.NarrowColumns : tileColumns;
            Packing.Panel(
                matrix.Data + column * matrix.ColumnStride,
                matrix.RowStride,
                matrix.ColumnStride,
                matrix.Rows,
                valid,
                width,
                packed + (nint)column * rows + (nint)firstRow * width);
        }
    }

    /// <summary>Computes <c>result = start + left·right</c>.</summary>
    /// <param name="left">The left matrix; the numbers of a row lie together.</param>
    /// <param name="packed">The right matrix, packed.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="start">What the sums start from: the result itself, a row of biases, or null for zero.</param>
    /// <param name="startRow">The distance of the rows of <paramref name="start"/>; 0 for one row that serves all.</param>
    /// <param name="result">Receives the product.</param>
    /// <param name="resultRow">The distance of the rows of <paramref name="result"/>.</param>
    public static void Multiply(in MatrixView left, float* packed, int columns, float* start, nint startRow, float* result, nint resultRow)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<TileKernel512>(left, packed, columns, start, startRow, result, resultRow);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply<TileKernel256>(left, packed, columns, start, startRow, result, resultRow);
        }
        else
        {
            Multiply<TileKernel128>(left, packed, columns, start, startRow, result, resultRow);
        }
    }

    /// <summary>The width of a panel of the kernel that this machine has.</summary>
    private static int TileColumns => Vector512.IsHardwareAccelerated ? Columns<TileKernel512>()
        : Vector256.IsHardwareAccelerated ? Columns<TileKernel256>() : Columns<TileKernel128>();

    private static int Columns<TKernel>()
        where TKernel : struct, ITileKernel => TKernel.Columns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TKernel>(
        in MatrixView left, float* packed, int columns, float* start, nint startRow, float* result, nint resultRow)
        where TKernel : struct, ITileKernel
    {
        for (int column = 0; column < columns; column += TKernel.Columns)
        {
            int valid = Math.Min(TKernel.Columns, columns - column);
            int width = Tiles.Width<TKernel>(valid);
            float* c = result + column;
            for (int depth = 0; depth < left.Columns; depth += BlockedProduct.MaximumDepth)
            {
                bool continues = depth > 0;
                Tile tile = new()
                {
                    A = left.Data + depth,
                    ARow = left.RowStride,
                    AStep = 1,
                    B = packed + (nint)column * left.Columns + (nint)depth * width,
                    BStep = width,
                    Start = continues ? c : start == null ? Tiles.Zeros : start + column,
                    StartRow = continues ? resultRow : start == null ? 0 : startRow,
                    C = c,
                    CRow = resultRow,
                    Depth = Math.Min(BlockedProduct.MaximumDepth, left.Columns - depth),
                    Segments = 1,
                };
                Tiles.Multiply<TKernel>(tile, left.Rows, valid, packedLeft: false);
            }
        }
    }
}
