using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// The product of two matrices in single precision, on the calling thread. Every element of the result is one chain of fused
/// multiply-adds in the order of the inner dimension, so its bits depend neither on the machine's registers nor on the shape around it.
/// </summary>
/// <remarks>
/// The result is computed in tiles that stay in registers (<see cref="ITileKernel"/>). The right matrix is copied into a contiguous panel
/// of one tile's width only where its columns are not contiguous, do not fill a tile, or would fall out of the first-level cache between two
/// tiles; the left one only for the rows that do not fill a tile. Small products are therefore not packed at all.
/// </remarks>
public static unsafe class MatrixProduct
{
    /// <summary>The most terms added to a tile before the next one's turn: a panel of 256 × 32 floats takes 32 KB of the first-level cache.</summary>
    private const int MaximumDepth = 256;

    private const int CacheBytes = 32 * 1024;
    private const int LineBytes = 64;

    /// <summary>Computes <c>result = op(left)·op(right)</c>, or adds the product to the result, where op transposes or leaves as it is.</summary>
    /// <param name="left">rows × depth numbers, row by row; depth × rows where <paramref name="transposeLeft"/> is set.</param>
    /// <param name="transposeLeft">Whether the left matrix is stored transposed.</param>
    /// <param name="right">depth × columns numbers, row by row; columns × depth where <paramref name="transposeRight"/> is set.</param>
    /// <param name="transposeRight">Whether the right matrix is stored transposed.</param>
    /// <param name="result">Receives rows × columns numbers; must not overlap the others.</param>
    /// <param name="rows">The rows of the result.</param>
    /// <param name="columns">The columns of the result.</param>
    /// <param name="depth">The number of products that each element sums.</param>
    /// <param name="accumulate">Whether the products are added to what the result holds.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Multiply(
        ReadOnlySpan<float> left,
        bool transposeLeft,
        ReadOnlySpan<float> right,
        bool transposeRight,
        Span<float> result,
        int rows,
        int columns,
        int depth,
        bool accumulate = false)
    {
        CheckLength(left.Length, rows, depth, nameof(left));
        CheckLength(right.Length, depth, columns, nameof(right));
        CheckLength(result.Length, rows, columns, nameof(result));
        if (result.Overlaps(left) || result.Overlaps(right))
        {
            throw new ArgumentException("the result must not overlap a factor", nameof(result));
        }

        fixed (float* a = left, b = right, c = result)
        {
            MatrixView leftView = transposeLeft ? new MatrixView(a, depth, rows).Transposed : new MatrixView(a, rows, depth);
            MatrixView rightView = transposeRight ? new MatrixView(b, columns, depth).Transposed : new MatrixView(b, depth, columns);
            Multiply(leftView, rightView, accumulate ? c : null, columns, c);
        }
    }

    /// <summary>Computes <c>result = start + left·right</c> with the widest registers of this machine.</summary>
    /// <param name="left">The left matrix.</param>
    /// <param name="right">The right matrix.</param>
    /// <param name="start">What the sums start from: the result itself, a row of biases, or null for zero.</param>
    /// <param name="startRow">The distance of the rows of <paramref name="start"/>; 0 for one row that serves all.</param>
    /// <param name="result">Receives the rows, one after the other.</param>
    internal static void Multiply(in MatrixView left, in MatrixView right, float* start, nint startRow, float* result)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<TileKernel512>(left, right, start, startRow, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply<TileKernel256>(left, right, start, startRow, result);
        }
        else
        {
            Multiply<TileKernel128>(left, right, start, startRow, result);
        }
    }

    /// <summary>The same with registers of a chosen width.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<TKernel>(in MatrixView left, in MatrixView right, float* start, nint startRow, float* result)
        where TKernel : struct, ITileKernel
    {
        const int tileRows = ITileKernel.Rows;
        int rows = left.Rows;
        int columns = right.Columns;
        int depth = left.Columns;
        int blocks = Math.Max(1, (depth + MaximumDepth - 1) / MaximumDepth);
        int blockDepth = (depth + blocks - 1) / blocks;

        bool pack = right.ColumnStride != 1 || (rows > 2 * tileRows && blockDepth * right.RowStride * sizeof(float) > CacheBytes);
        bool raggedColumns = columns % ITileKernel.Columns != 0;
        bool raggedRows = rows % tileRows != 0;

        // One row of zeros, a tile that is cut to size afterwards, a panel of the right matrix and a strip of the left one.
        int panelLength = pack || raggedColumns ? blockDepth * ITileKernel.WideColumns : 0;
        int stripLength = raggedRows ? blockDepth * tileRows : 0;
        const int tileLength = tileRows * ITileKernel.WideColumns;
        byte* scratch = stackalloc byte[(ITileKernel.WideColumns + tileLength + panelLength + stripLength) * sizeof(float) + LineBytes];
        float* zeros = (float*)(((nuint)scratch + LineBytes - 1) & ~(nuint)(LineBytes - 1));
        float* tile = zeros + ITileKernel.WideColumns;
        float* panel = tile + tileLength;
        float* strip = panel + panelLength;
        new Span<float>(zeros, ITileKernel.WideColumns + tileLength).Clear();

        int first = 0;
        do
        {
            int count = Math.Min(blockDepth, depth - first);
            int column = 0;
            while (column < columns)
            {
                int width = columns - column >= ITileKernel.WideColumns ? ITileKernel.WideColumns : ITileKernel.Columns;
                int validColumns = Math.Min(width, columns - column);
                float* b = right.Data + first * right.RowStride + column * right.ColumnStride;
                nint bStep = right.RowStride;
                if (pack || validColumns < width)
                {
                    Packing.Panel(b, right.RowStride, right.ColumnStride, count, validColumns, width, panel);
                    b = panel;
                    bStep = width;
                }

                for (int row = 0; row < rows; row += tileRows)
                {
                    int validRows = Math.Min(tileRows, rows - row);
                    float* a = left.Data + row * left.RowStride + first * left.ColumnStride;
                    nint aRow = left.RowStride;
                    nint aStep = left.ColumnStride;
                    if (validRows < tileRows)
                    {
                        Packing.Strip(a, aRow, aStep, count, validRows, strip);
                        a = strip;
                        aRow = 1;
                        aStep = tileRows;
                    }

                    float* c = result + (nint)row * columns + column;
                    float* from = first > 0 ? c : start == null ? zeros : start + row * startRow + column;
                    nint fromRow = first > 0 ? columns : start == null ? 0 : startRow;
                    if (validRows == tileRows && validColumns == width)
                    {
                        Tile<TKernel>(width, a, aRow, aStep, b, bStep, from, fromRow, c, columns, count);
                    }
                    else
                    {
                        Packing.CopyRows(from, fromRow, tile, width, validRows, validColumns);
                        Tile<TKernel>(width, a, aRow, aStep, b, bStep, tile, width, tile, width, count);
                        Packing.CopyRows(tile, width, c, columns, validRows, validColumns);
                    }
                }

                column += validColumns;
            }

            first += blockDepth;
        }
        while (first < depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TKernel>(
        int width, float* a, nint aRow, nint aStep, float* b, nint bStep, float* from, nint fromRow, float* c, nint cRow, int depth)
        where TKernel : struct, ITileKernel
    {
        if (width == ITileKernel.WideColumns)
        {
            TKernel.Multiply8x32(a, aRow, aStep, b, bStep, from, fromRow, c, cRow, depth);
        }
        else
        {
            TKernel.Multiply8x16(a, aRow, aStep, b, bStep, from, fromRow, c, cRow, depth);
        }
    }

    private static void CheckLength(int length, int rows, int columns, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (length != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} × {columns} numbers are needed, and {length} were given", name);
        }
    }
}
