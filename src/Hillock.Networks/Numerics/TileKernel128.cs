using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>Tiles in registers of 128 bits (Arm64, or x86 without AVX2): 8 hold sums at a time.</summary>
internal readonly unsafe struct TileKernel128 : ITileKernel
{
    /// <inheritdoc/>
    public static void Multiply8x16(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth)
    {
        for (int column = 0; column < 16; column += 8)
        {
            Multiply4x8(a, aRow, aStep, b + column, bStep, start + column, startRow, c + column, cRow, depth);
            Multiply4x8(
                a + 4 * aRow, aRow, aStep, b + column, bStep, start + 4 * startRow + column, startRow, c + 4 * cRow + column, cRow, depth);
        }
    }

    /// <inheritdoc/>
    public static void Multiply8x32(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth)
    {
        Multiply8x16(a, aRow, aStep, b, bStep, start, startRow, c, cRow, depth);
        Multiply8x16(a, aRow, aStep, b + 16, bStep, start + 16, startRow, c + 16, cRow, depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply4x8(
        float* a, nint aRow, nint aStep, float* b, nint bStep, float* start, nint startRow, float* c, nint cRow, nint depth)
    {
        Vector128<float> c00 = Vector128.Load(start);
        Vector128<float> c01 = Vector128.Load(start + 4);
        Vector128<float> c10 = Vector128.Load(start + startRow);
        Vector128<float> c11 = Vector128.Load(start + startRow + 4);
        Vector128<float> c20 = Vector128.Load(start + 2 * startRow);
        Vector128<float> c21 = Vector128.Load(start + 2 * startRow + 4);
        Vector128<float> c30 = Vector128.Load(start + 3 * startRow);
        Vector128<float> c31 = Vector128.Load(start + 3 * startRow + 4);
        nint aRow2 = 2 * aRow;
        nint aRow3 = 3 * aRow;
        for (; depth > 0; depth--)
        {
            Vector128<float> b0 = Vector128.Load(b);
            Vector128<float> b1 = Vector128.Load(b + 4);
            Vector128<float> x = Vector128.Create(a[0]);
            c00 = Vector128.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector128.FusedMultiplyAdd(x, b1, c01);
            x = Vector128.Create(a[aRow]);
            c10 = Vector128.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector128.FusedMultiplyAdd(x, b1, c11);
            x = Vector128.Create(a[aRow2]);
            c20 = Vector128.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector128.FusedMultiplyAdd(x, b1, c21);
            x = Vector128.Create(a[aRow3]);
            c30 = Vector128.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector128.FusedMultiplyAdd(x, b1, c31);
            a += aStep;
            b += bStep;
        }

        c00.Store(c);
        c01.Store(c + 4);
        c10.Store(c + cRow);
        c11.Store(c + cRow + 4);
        c20.Store(c + 2 * cRow);
        c21.Store(c + 2 * cRow + 4);
        c30.Store(c + 3 * cRow);
        c31.Store(c + 3 * cRow + 4);
    }
}
