using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>Tiles in registers of 512 bits (AVX-512), of which there are 32: up to 24 hold sums, two a row of B.</summary>
internal readonly unsafe struct TileKernel512 : ITileKernel
{
    /// <inheritdoc/>
    public static int Rows => 12;

    /// <inheritdoc/>
    public static int Columns => 32;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply<TRows, TColumns>(in Tile tile)
        where TRows : struct, ITileSize
        where TColumns : struct, ITileSize
    {
        float* start = tile.Start;
        nint startRow = tile.StartRow;
        Vector512<float> c00 = Vector512.Load(start);
        Vector512<float> c01 = TColumns.Value > 16 ? Vector512.Load(start + 16) : default;
        Vector512<float> c10 = TRows.Value > 1 ? Vector512.Load(start + startRow) : default;
        Vector512<float> c11 = TRows.Value > 1 && TColumns.Value > 16 ? Vector512.Load(start + startRow + 16) : default;
        Vector512<float> c20 = TRows.Value > 2 ? Vector512.Load(start + 2 * startRow) : default;
        Vector512<float> c21 = TRows.Value > 2 && TColumns.Value > 16 ? Vector512.Load(start + 2 * startRow + 16) : default;
        Vector512<float> c30 = TRows.Value > 3 ? Vector512.Load(start + 3 * startRow) : default;
        Vector512<float> c31 = TRows.Value > 3 && TColumns.Value > 16 ? Vector512.Load(start + 3 * startRow + 16) : default;
        Vector512<float> c40 = TRows.Value > 4 ? Vector512.Load(start + 4 * startRow) : default;
        Vector512<float> c41 = TRows.Value > 4 && TColumns.Value > 16 ? Vector512.Load(start + 4 * startRow + 16) : default;
        Vector512<float> c50 = TRows.Value > 5 ? Vector512.Load(start + 5 * startRow) : default;
        Vector512<float> c51 = TRows.Value > 5 && TColumns.Value > 16 ? Vector512.Load(start + 5 * startRow + 16) : default;
        Vector512<float> c60 = TRows.Value > 6 ? Vector512.Load(start + 6 * startRow) : default;
        Vector512<float> c61 = TRows.Value > 6 && TColumns.Value > 16 ? Vector512.Load(start + 6 * startRow + 16) : default;
        Vector512<float> c70 = TRows.Value > 7 ? Vector512.Load(start + 7 * startRow) : default;
        Vector512<float> c71 = TRows.Value > 7 && TColumns.Value > 16 ? Vector512.Load(start + 7 * startRow + 16) : default;
        Vector512<float> c80 = TRows.Value > 8 ? Vector512.Load(start + 8 * startRow) : default;
        Vector512<float> c81 = TRows.Value > 8 && TColumns.Value > 16 ? Vector512.Load(start + 8 * startRow + 16) : default;
        Vector512<float> c90 = TRows.Value > 9 ? Vector512.Load(start + 9 * startRow) : default;
        Vector512<float> c91 = TRows.Value > 9 && TColumns.Value > 16 ? Vector512.Load(start + 9 * startRow + 16) : default;
        Vector512<float> ca0 = TRows.Value > 10 ? Vector512.Load(start + 10 * startRow) : default;
        Vector512<float> ca1 = TRows.Value > 10 && TColumns.Value > 16 ? Vector512.Load(start + 10 * startRow + 16) : default;
        Vector512<float> cb0 = TRows.Value > 11 ? Vector512.Load(start + 11 * startRow) : default;
        Vector512<float> cb1 = TRows.Value > 11 && TColumns.Value > 16 ? Vector512.Load(start + 11 * startRow + 16) : default;

        float* a = tile.A;
        float* a4 = a + 4 * tile.ARow;
        float* a8 = a + 8 * tile.ARow;
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
                Vector512<float> b0 = Vector512.Load(b);
                Vector512<float> b1 = TColumns.Value > 16 ? Vector512.Load(b + 16) : default;
                Vector512<float> x = Vector512.Create(a[0]);
                c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
                c01 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c01) : c01;
                if (TRows.Value > 1)
                {
                    x = Vector512.Create(a[aRow]);
                    c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
                    c11 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c11) : c11;
                }

                if (TRows.Value > 2)
                {
                    x = Vector512.Create(a[aRow2]);
                    c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
                    c21 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c21) : c21;
                }

                if (TRows.Value > 3)
                {
                    x = Vector512.Create(a[aRow3]);
                    c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
                    c31 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c31) : c31;
                }

                if (TRows.Value > 4)
                {
                    x = Vector512.Create(a4[0]);
                    c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
                    c41 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c41) : c41;
                }

                if (TRows.Value > 5)
                {
                    x = Vector512.Create(a4[aRow]);
                    c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
                    c51 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c51) : c51;
                }

                if (TRows.Value > 6)
                {
                    x = Vector512.Create(a4[aRow2]);
                    c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
                    c61 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c61) : c61;
                }

                if (TRows.Value > 7)
                {
                    x = Vector512.Create(a4[aRow3]);
                    c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
                    c71 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c71) : c71;
                }

                if (TRows.Value > 8)
                {
                    x = Vector512.Create(a8[0]);
                    c80 = Vector512.FusedMultiplyAdd(x, b0, c80);
                    c81 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c81) : c81;
                }

                if (TRows.Value > 9)
                {
                    x = Vector512.Create(a8[aRow]);
                    c90 = Vector512.FusedMultiplyAdd(x, b0, c90);
                    c91 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, c91) : c91;
                }

                if (TRows.Value > 10)
                {
                    x = Vector512.Create(a8[aRow2]);
                    ca0 = Vector512.FusedMultiplyAdd(x, b0, ca0);
                    ca1 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, ca1) : ca1;
                }

                if (TRows.Value > 11)
                {
                    x = Vector512.Create(a8[aRow3]);
                    cb0 = Vector512.FusedMultiplyAdd(x, b0, cb0);
                    cb1 = TColumns.Value > 16 ? Vector512.FusedMultiplyAdd(x, b1, cb1) : cb1;
                }

                a += aStep;
                a4 += aStep;
                a8 += aStep;
                b += bStep;
            }

            a += tile.ASkip;
            a4 += tile.ASkip;
            a8 += tile.ASkip;
            b += tile.BSkip;
        }

        float* c = tile.C;
        nint cRow = tile.CRow;
        c00.Store(c);
        if (TColumns.Value > 16)
        {
            c01.Store(c + 16);
        }


        if (TRows.Value > 1)
        {
            c10.Store(c + cRow);

            if (TColumns.Value > 16)
            {
                c11.Store(c + cRow + 16);
            }
        }


        if (TRows.Value > 2)
        {
            c20.Store(c + 2 * cRow);

            if (TColumns.Value > 16)
            {
                c21.Store(c + 2 * cRow + 16);
            }
        }


        if (TRows.Value > 3)
        {
            c30.Store(c + 3 * cRow);

            if (TColumns.Value > 16)
            {
                c31.Store(c + 3 * cRow + 16);
            }
        }


        if (TRows.Value > 4)
        {
            c40.Store(c + 4 * cRow);

            if (TColumns.Value > 16)
            {
                c41.Store(c + 4 * cRow + 16);
            }
        }


        if (TRows.Value > 5)
        {
            c50.Store(c + 5 * cRow);

            if (TColumns.Value > 16)
            {
                c51.Store(c + 5 * cRow + 16);
            }
        }


        if (TRows.Value > 6)
        {
            c60.Store(c + 6 * cRow);

            if (TColumns.Value > 16)
            {
                c61.Store(c + 6 * cRow + 16);
            }
        }


        if (TRows.Value > 7)
        {
            c70.Store(c + 7 * cRow);

            if (TColumns.Value > 16)
            {
                c71.Store(c + 7 * cRow + 16);
            }
        }


        if (TRows.Value > 8)
        {
            c80.Store(c + 8 * cRow);

            if (TColumns.Value > 16)
            {
                c81.Store(c + 8 * cRow + 16);
            }
        }


        if (TRows.Value > 9)
        {
            c90.Store(c + 9 * cRow);

            if (TColumns.Value > 16)
            {
                c91.Store(c + 9 * cRow + 16);
            }
        }


        if (TRows.Value > 10)
        {
            ca0.Store(c + 10 * cRow);

            if (TColumns.Value > 16)
            {
                ca1.Store(c + 10 * cRow + 16);
            }
        }


        if (TRows.Value > 11)
        {
            cb0.Store(c + 11 * cRow);

            if (TColumns.Value > 16)
            {
                cb1.Store(c + 11 * cRow + 16);
            }
        }
    }
}
