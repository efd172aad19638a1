using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>Tiles in registers of 256 bits (AVX2), of which there are 16: 8 hold sums at a time.</summary>
internal readonly unsafe struct TileKernel256 : ITileKernel
{
    /// <inheritdoc/>
    public static void Multiply8x16(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth)
    {
        Multiply4x16(a, aRow, aStep, b, bStep, start, startRow, c, cRow, depth);
        Multiply4x16(a + 4 * aRow, aRow, aStep, b, bStep, start + 4 * startRow, startRow, c + 4 * cRow, cRow, depth);
    }

    /// <inheritdoc/>
    public static void Multiply8x32(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth)
    {
        Multiply8x16(a, aRow, aStep, b, bStep, start, startRow, c, cRow, depth);
        Multiply8x16(a, aRow, aStep, b + 16, bStep, start + 16, startRow, c + 16, cRow, depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply4x16(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth)
    {
        Vector256<float> c00 = Vector256.Load(start);
        Vector256<float> c01 = Vector256.Load(start + 8);
        Vector256<float> c10 = Vector256.Load(start + startRow);
        Vector256<float> c11 = Vector256.Load(start + startRow + 8);
        Vector256<float> c20 = Vector256.Load(start + 2 * startRow);
        Vector256<float> c21 = Vector256.Load(start + 2 * startRow + 8);
        Vector256<float> c30 = Vector256.Load(start + 3 * startRow);
        Vector256<float> c31 = Vector256.Load(start + 3 * startRow + 8);
        nint aRow2 = 2 * aRow;
        nint aRow3 = 3 * aRow;
        for (; depth > 0; depth--)
        {
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x = Vector256.Create(a[0]);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[aRow]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[aRow2]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a[aRow3]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            a += aStep;
            b += bStep;
        }

        c00.Store(c);
        c01.Store(c + 8);
        c10.Store(c + cRow);
        c11.Store(c + cRow + 8);
        c20.Store(c + 2 * cRow);
        c21.Store(c + 2 * cRow + 8);
        c30.Store(c + 3 * cRow);
        c31.Store(c + 3 * cRow + 8);
    }
}
