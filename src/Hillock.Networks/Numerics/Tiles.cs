using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Hillock.Networks.Numerics;

/// <summary>Covers a panel of a result, as wide as a tile and of any number of rows, with tiles.</summary>
internal static unsafe class Tiles
{
    /// <summary>A row of sums that start from nothing. Constants of the program's image stay where they are.</summary>
    private static ReadOnlySpan<float> ZeroRow =>
    [
        0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f,
    ];

    /// <summary>Zeros for a whole row of a tile; with a row distance of 0 they serve every row.</summary>
    public static float* Zeros => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(ZeroRow));

    /// <summary>The columns for which a panel of the right matrix needs room: a narrow tile's or a wide one's.</summary>
    public static int Width<TKernel>(int columns)
        where TKernel : struct, ITileKernel => columns <= ITileKernel.NarrowColumns ? ITileKernel.NarrowColumns : TKernel.Columns;

    /// <summary>Computes a panel.</summary>
    /// <param name="tile">The first tile's operands.</param>
    /// <param name="rows">The rows of the panel, at least 1.</param>
    /// <param name="columns">Its columns, 1 to <c>TKernel.Columns</c>; the right matrix holds a whole <see cref="Width"/>.</param>
    /// <param name="packedLeft">Whether the left matrix was packed by <see cref="Packing.Left"/>.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TKernel>(Tile tile, int rows, int columns, bool packedLeft)
        where TKernel : struct, ITileKernel
    {
        int width = Width<TKernel>(columns);
        float* cut = stackalloc float[columns == width ? 0 : TKernel.Rows * width];
        for (Heights heights = new(rows, TKernel.Rows); heights.Next(out int height);)
        {
            if (packedLeft)
            {
                tile.ARow = 1;
                tile.AStep = height;
            }

            if (columns == width)
            {
                Prefetch(tile.C + height * tile.CRow, tile.CRow, height, width);
                Multiply<TKernel>(height, width, tile);
            }
            else
            {
                // A tile that is cut to size afterwards.
                Packing.CopyRows(tile.Start, tile.StartRow, cut, width, height, columns);
                Tile whole = tile;
                whole.Start = cut;
                whole.StartRow = width;
                whole.C = cut;
                whole.CRow = width;
                Multiply<TKernel>(height, width, whole);
                Packing.CopyRows(cut, width, tile.C, tile.CRow, height, columns);
            }

            tile.A += packedLeft ? height * tile.Depth : height * tile.ARow;
            tile.Start += height * tile.StartRow;
            tile.C += height * tile.CRow;
        }
    }

    /// <summary>Has the next tile's sums come nearer while this tile is computed: they lie in as many places as the tile has rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* sums, nint row, int rows, int columns)
    {
        if (Sse.IsSupported)
        {
            for (; rows > 0; rows--)
            {
                Sse.Prefetch0(sums);
                Sse.Prefetch0(sums + columns - 1);
                sums += row;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TKernel>(int rows, int columns, in Tile tile)
        where TKernel : struct, ITileKernel
    {
        if (columns == ITileKernel.NarrowColumns)
        {
            Multiply<TKernel, TileSizes.Sixteen>(rows, tile);
        }
        else
        {
            Multiply<TKernel, TileSizes.ThirtyTwo>(rows, tile);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TKernel, TColumns>(int rows, in Tile tile)
        where TKernel : struct, ITileKernel
        where TColumns : struct, ITileSize
    {
        switch (rows)
        {
            case 1:
                TKernel.Multiply<TileSizes.One, TColumns>(tile);
                break;
            case 2:
                TKernel.Multiply<TileSizes.Two, TColumns>(tile);
                break;
            case 3:
                TKernel.Multiply<TileSizes.Three, TColumns>(tile);
                break;
            case 4:
                TKernel.Multiply<TileSizes.Four, TColumns>(tile);
                break;
            case 5:
                TKernel.Multiply<TileSizes.Five, TColumns>(tile);
                break;
            case 6:
                TKernel.Multiply<TileSizes.Six, TColumns>(tile);
                break;
            case 7:
                TKernel.Multiply<TileSizes.Seven, TColumns>(tile);
                break;
            case 8:
                TKernel.Multiply<TileSizes.Eight, TColumns>(tile);
                break;
            case 9:
                TKernel.Multiply<TileSizes.Nine, TColumns>(tile);
                break;
            case 10:
                TKernel.Multiply<TileSizes.Ten, TColumns>(tile);
                break;
            case 11:
                TKernel.Multiply<TileSizes.Eleven, TColumns>(tile);
                break;
            default:
                TKernel.Multiply<TileSizes.Twelve, TColumns>(tile);
                break;
        }
    }
}

/// <summary>Rows dealt out to as few tiles as possible, as evenly as possible: a tile of one row takes almost as long as one of six.</summary>
internal struct Heights
{
    private readonly int _height;
    private int _higher;
    private int _left;

    public Heights(int rows, int maximum)
    {
        _left = (rows + maximum - 1) / maximum;
        _height = rows / Math.Max(_left, 1);
        _higher = rows - _height * _left;
    }

    /// <summary>The height of the next tile, if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next(out int height)
    {
        height = _higher > 0 ? _height + 1 : _height;
        _higher--;
        return _left-- > 0;
    }
}
