using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>Tiles in registers of 128 bits: on Arm64 there are 32, of which up to 16 hold sums and 4 a row of B. On x86 without AVX2 the fused multiply-add is software, and all else is lost in it.</summary>
internal readonly unsafe struct TileKernel128 : ITileKernel
{
    /// <inheritdoc/>
    public static int Rows => 4;

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
        Vector128<float> c00 = Vector128.Load(start);
        Vector128<float> c01 = Vector128.Load(start + 4);
        Vector128<float> c02 = Vector128.Load(start + 8);
        Vector128<float> c03 = Vector128.Load(start + 12);
        Vector128<float> c10 = TRows.Value > 1 ? Vector128.Load(start + startRow) : default;
        Vector128<float> c11 = TRows.Value > 1 ? Vector128.Load(start + startRow + 4) : default;
        Vector128<float> c12 = TRows.Value > 1 ? Vector128.Load(start + startRow + 8) : default;
        Vector128<float> c13 = TRows.Value > 1 ? Vector128.Load(start + startRow + 12) : default;
        Vector128<float> c20 = TRows.Value > 2 ? Vector128.Load(start + 2 * startRow) : default;
        Vector128<float> c21 = TRows.Value > 2 ? Vector128.Load(start + 2 * startRow + 4) : default;
        Vector128<float> c22 = TRows.Value > 2 ? Vector128.Load(start + 2 * startRow + 8) : default;
        Vector128<float> c23 = TRows.Value > 2 ? Vector128.Load(start + 2 * startRow + 12) : default;
        Vector128<float> c30 = TRows.Value > 3 ? Vector128.Load(start + 3 * startRow) : default;
        Vector128<float> c31 = TRows.Value > 3 ? Vector128.Load(start + 3 * startRow + 4) : default;
        Vector128<float> c32 = TRows.Value > 3 ? Vector128.Load(start + 3 * startRow + 8) : default;
        Vector128<float> c33 = TRows.Value > 3 ? Vector128.Load(start + 3 * startRow + 12) : default;

        float* a = tile.A;
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
                Vector128<float> b0 = Vector128.Load(b);
                Vector128<float> b1 = Vector128.Load(b + 4);
                Vector128<float> b2 = Vector128.Load(b + 8);
                Vector128<float> b3 = Vector128.Load(b + 12);
                Vector128<float> x = Vector128.Create(a[0]);
                c00 = Vector128.FusedMultiplyAdd(x, b0, c00);
                c01 = Vector128.FusedMultiplyAdd(x, b1, c01);
                c02 = Vector128.FusedMultiplyAdd(x, b2, c02);
                c03 = Vector128.FusedMultiplyAdd(x, b3, c03);
                if (TRows.Value > 1)
                {
                    x = Vector128.Create(a[aRow]);
                    c10 = Vector128.FusedMultiplyAdd(x, b0, c10);
                    c11 = Vector128.FusedMultiplyAdd(x, b1, c11);
                    c12 = Vector128.FusedMultiplyAdd(x, b2, c12);
                    c13 = Vector128.FusedMultiplyAdd(x, b3, c13);
                }

                if (TRows.Value > 2)
                {
                    x = Vector128.Create(a[aRow2]);
                    c20 = Vector128.FusedMultiplyAdd(x, b0, c20);
                    c21 = Vector128.FusedMultiplyAdd(x, b1, c21);
                    c22 = Vector128.FusedMultiplyAdd(x, b2, c22);
                    c23 = Vector128.FusedMultiplyAdd(x, b3, c23);
                }

                if (TRows.Value > 3)
                {
                    x = Vector128.Create(a[aRow3]);
                    c30 = Vector128.FusedMultiplyAdd(x, b0, c30);
                    c31 = Vector128.FusedMultiplyAdd(x, b1, c31);
                    c32 = Vector128.FusedMultiplyAdd(x, b2, c32);
                    c33 = Vector128.FusedMultiplyAdd(x, b3, c33);
                }

                a += aStep;
                b += bStep;
            }

            a += tile.ASkip;
            b += tile.BSkip;
        }

        float* c = tile.C;
        nint cRow = tile.CRow;
        c00.Store(c);
        c01.Store(c + 4);
        c02.Store(c + 8);
        c03.Store(c + 12);

        if (TRows.Value > 1)
        {
            c10.Store(c + cRow);
            c11.Store(c + cRow + 4);
            c12.Store(c + cRow + 8);
            c13.Store(c + cRow + 12);
        }


        if (TRows.Value > 2)
        {
            c20.Store(c + 2 * cRow);
            c21.Store(c + 2 * cRow + 4);
            c22.Store(c + 2 * cRow + 8);
            c23.Store(c + 2 * cRow + 12);
        }


        if (TRows.Value > 3)
        {
            c30.Store(c + 3 * cRow);
            c31.Store(c + 3 * cRow + 4);
            c32.Store(c + 3 * cRow + 8);
            c33.Store(c + 3 * cRow + 12);
        }
    }
}
