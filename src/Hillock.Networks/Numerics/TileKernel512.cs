using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>Tiles in registers of 512 bits (AVX-512).</summary>
internal readonly unsafe struct TileKernel512 : ITileKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply8x16(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth)
    {
        Vector512<float> c00 = Vector512.Load(start);
        Vector512<float> c10 = Vector512.Load(start + startRow);
        Vector512<float> c20 = Vector512.Load(start + 2 * startRow);
        Vector512<float> c30 = Vector512.Load(start + 3 * startRow);
        Vector512<float> c40 = Vector512.Load(start + 4 * startRow);
        Vector512<float> c50 = Vector512.Load(start + 5 * startRow);
        Vector512<float> c60 = Vector512.Load(start + 6 * startRow);
        Vector512<float> c70 = Vector512.Load(start + 7 * startRow);
        float* a4 = a + 4 * aRow;
        nint aRow2 = 2 * aRow;
        nint aRow3 = 3 * aRow;
        for (; depth > 0; depth--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> x = Vector512.Create(a[0]);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            x = Vector512.Create(a[aRow]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            x = Vector512.Create(a[aRow2]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            x = Vector512.Create(a[aRow3]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            x = Vector512.Create(a4[0]);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            x = Vector512.Create(a4[aRow]);
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            x = Vector512.Create(a4[aRow2]);
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            x = Vector512.Create(a4[aRow3]);
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            a += aStep;
            a4 += aStep;
            b += bStep;
        }

        c00.Store(c);
        c10.Store(c + cRow);
        c20.Store(c + 2 * cRow);
        c30.Store(c + 3 * cRow);
        c40.Store(c + 4 * cRow);
        c50.Store(c + 5 * cRow);
        c60.Store(c + 6 * cRow);
        c70.Store(c + 7 * cRow);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply8x32(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth)
    {
        Vector512<float> c00 = Vector512.Load(start);
        Vector512<float> c01 = Vector512.Load(start + 16);
        Vector512<float> c10 = Vector512.Load(start + startRow);
        Vector512<float> c11 = Vector512.Load(start + startRow + 16);
        Vector512<float> c20 = Vector512.Load(start + 2 * startRow);
        Vector512<float> c21 = Vector512.Load(start + 2 * startRow + 16);
        Vector512<float> c30 = Vector512.Load(start + 3 * startRow);
        Vector512<float> c31 = Vector512.Load(start + 3 * startRow + 16);
        Vector512<float> c40 = Vector512.Load(start + 4 * startRow);
        Vector512<float> c41 = Vector512.Load(start + 4 * startRow + 16);
        Vector512<float> c50 = Vector512.Load(start + 5 * startRow);
        Vector512<float> c51 = Vector512.Load(start + 5 * startRow + 16);
        Vector512<float> c60 = Vector512.Load(start + 6 * startRow);
        Vector512<float> c61 = Vector512.Load(start + 6 * startRow + 16);
        Vector512<float> c70 = Vector512.Load(start + 7 * startRow);
        Vector512<float> c71 = Vector512.Load(start + 7 * startRow + 16);
        float* a4 = a + 4 * aRow;
        nint aRow2 = 2 * aRow;
        nint aRow3 = 3 * aRow;
        for (; depth > 0; depth--)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> x = Vector512.Create(a[0]);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a[aRow]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a[aRow2]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(a[aRow3]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(a4[0]);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(a4[aRow]);
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(a4[aRow2]);
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(a4[aRow3]);
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
            a += aStep;
            a4 += aStep;
            b += bStep;
        }

        c00.Store(c);
        c01.Store(c + 16);
        c10.Store(c + cRow);
        c11.Store(c + cRow + 16);
        c20.Store(c + 2 * cRow);
        c21.Store(c + 2 * cRow + 16);
        c30.Store(c + 3 * cRow);
        c31.Store(c + 3 * cRow + 16);
        c40.Store(c + 4 * cRow);
        c41.Store(c + 4 * cRow + 16);
        c50.Store(c + 5 * cRow);
        c51.Store(c + 5 * cRow + 16);
        c60.Store(c + 6 * cRow);
        c61.Store(c + 6 * cRow + 16);
        c70.Store(c + 7 * cRow);
        c71.Store(c + 7 * cRow + 16);
    }
}
