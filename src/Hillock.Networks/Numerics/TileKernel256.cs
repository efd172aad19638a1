using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>Tiles in registers of 256 bits (AVX2), of which there are 16: up to 12 hold sums, two a row of B.</summary>
internal readonly unsafe struct TileKernel256 : ITileKernel
{
    /// <inheritdoc/>
    public static int Rows => 6;

    /// <inheritdoc/>
    public static int Columns => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TRows, TColumns>(in Tile tile)
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        float* start = tile.Start;
        nint startRow = tile.StartRow;
        Vector256<float> c00 = Vector256.Load(start);
        Vector256<float> c01 = Vector256.Load(start + 8);
        Vector256<float> c10 = TRows.Value > 1 ? Vector256.Load(start + startRow) : default;
        Vector256<float> c11 = TRows.Value > 1 ? Vector256.Load(start + startRow + 8) : default;
        Vector256<float> c20 = TRows.Value > 2 ? Vector256.Load(start + 2 * startRow) : default;
        Vector256<float> c21 = TRows.Value > 2 ? Vector256.Load(start + 2 * startRow + 8) : default;
        Vector256<float> c30 = TRows.Value > 3 ? Vector256.Load(start + 3 * startRow) : default;
        Vector256<float> c31 = TRows.Value > 3 ? Vector256.Load(start + 3 * startRow + 8) : default;
        Vector256<float> c40 = TRows.Value > 4 ? Vector256.Load(start + 4 * startRow) : default;
        Vector256<float> c41 = TRows.Value > 4 ? Vector256.Load(start + 4 * startRow + 8) : default;
        Vector256<float> c50 = TRows.Value > 5 ? Vector256.Load(start + 5 * startRow) : default;
        Vector256<float> c51 = TRows.Value > 5 ? Vector256.Load(start + 5 * startRow + 8) : default;

        float* a = tile.A;
        float* a4 = a + 4 * tile.ARow;
        nint aRow = tile.ARow;
        nint aRow2 = 2 * aRow;
        nint aRow3 = 3 * aRow;
        nint aStep = tile.AStep;
        float* b = tile.B;
        nint bStep = tile.BStep;
        for (nint segments = tile.Segments; segments > 0; segments--)
        {
            for (nint depth = tile.Depth; depth > 0; depth--)
            {
                Vector256<float> b0 = Vector256.Load(b);
                Vector256<float> b1 = Vector256.Load(b + 8);
                Vector256<float> x = Vector256.Create(a[0]);
                c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
                c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
                if (TRows.Value > 1)
                {
                    x = Vector256.Create(a[aRow]);
                    c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
                    c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
                }

                if (TRows.Value > 2)
                {
                    x = Vector256.Create(a[aRow2]);
                    c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
                    c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
                }

                if (TRows.Value > 3)
                {
                    x = Vector256.Create(a[aRow3]);
                    c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
                    c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
                }

                if (TRows.Value > 4)
                {
                    x = Vector256.Create(a4[0]);
                    c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
                    c41 = Vector256.FusedMultiplyAdd(x, b1, c41);
                }

                if (TRows.Value > 5)
                {
                    x = Vector256.Create(a4[aRow]);
                    c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
                    c51 = Vector256.FusedMultiplyAdd(x, b1, c51);
                }

                a += aStep;
                a4 += aStep;
                b += bStep;
            }

            a += tile.ASkip;
            a4 += tile.ASkip;
            b += tile.BSkip;
        }

        float* c = tile.C;
        nint cRow = tile.CRow;
        c00.Store(c);
        c01.Store(c + 8);

        if (TRows.Value > 1)
        {
            c10.Store(c + cRow);
            c11.Store(c + cRow + 8);
        }


        if (TRows.Value > 2)
        {
            c20.Store(c + 2 * cRow);
            c21.Store(c + 2 * cRow + 8);
        }


        if (TRows.Value > 3)
        {
            c30.Store(c + 3 * cRow);
            c31.Store(c + 3 * cRow + 8);
        }


        if (TRows.Value > 4)
        {
            c40.Store(c + 4 * cRow);
            c41.Store(c + 4 * cRow + 8);
        }


        if (TRows.Value > 5)
        {
            c50.Store(c + 5 * cRow);
            c51.Store(c + 5 * cRow + 8);
        }
    }
}
