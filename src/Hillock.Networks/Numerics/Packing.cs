using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Hillock.Networks.Numerics;

/// <summary>Copies parts of matrices to where the tile kernels read them well.</summary>
internal static unsafe class Packing
{
    /// <summary>Copies some columns of the right matrix into a panel of the given width; the columns beyond are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel(float* b, nint rowStride, nint columnStride, int depth, int columns, int width, float* panel)
    {
        if (columns < width)
        {
            new Span<float>(panel, depth * width).Clear();
        }

        if (columnStride == 1)
        {
            CopyRows(b, rowStride, panel, width, depth, columns);
            return;
        }

        int wholeDepth = rowStride == 1 ? depth & ~3 : 0;
        int wholeColumns = columns & ~3;
        for (int k = 0; k < wholeDepth; k += 4)
        {
            for (int j = 0; j < wholeColumns; j += 4)
            {
                Transpose4x4(b + k + j * columnStride, columnStride, panel + k * width + j, width);
            }
        }

        CopyElements(b, rowStride, columnStride, 0, wholeDepth, wholeColumns, columns, width, panel);
        CopyElements(b, rowStride, columnStride, wholeDepth, depth, 0, columns, width, panel);
    }

    private static void CopyElements(
        float* b, nint rowStride, nint columnStride, int firstRow, int endRow, int firstColumn, int endColumn, int width, float* panel)
    {
        for (int k = firstRow; k < endRow; k++)
        {
            for (int j = firstColumn; j < endColumn; j++)
            {
                panel[k * width + j] = b[k * rowStride + j * columnStride];
            }
        }
    }

    /// <summary>Turns four rows of four numbers into columns: neighbouring rows are zipped, then the pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4x4(float* source, nint sourceRow, float* destination, nint destinationRow)
    {
        Vector128<float> row0 = Vector128.Load(source);
        Vector128<float> row1 = Vector128.Load(source + sourceRow);
        Vector128<float> row2 = Vector128.Load(source + 2 * sourceRow);
        Vector128<float> row3 = Vector128.Load(source + 3 * sourceRow);
        Vector128<double> low01 = ZipLow(row0, row1).AsDouble();
        Vector128<double> low23 = ZipLow(row2, row3).AsDouble();
        Vector128<double> high01 = ZipHigh(row0, row1).AsDouble();
        Vector128<double> high23 = ZipHigh(row2, row3).AsDouble();
        Vector128.Create(low01.GetLower(), low23.GetLower()).AsSingle().Store(destination);
        Vector128.Create(low01.GetUpper(), low23.GetUpper()).AsSingle().Store(destination + destinationRow);
        Vector128.Create(high01.GetLower(), high23.GetLower()).AsSingle().Store(destination + 2 * destinationRow);
        Vector128.Create(high01.GetUpper(), high23.GetUpper()).AsSingle().Store(destination + 3 * destinationRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0], left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[2], right[2], left[3], right[3]);

    /// <summary>Copies the last rows of the left matrix into a strip of full height; the rows beyond are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Strip(float* a, nint rowStride, nint columnStride, int depth, int rows, float* strip)
    {
        new Span<float>(strip, depth * ITileKernel.Rows).Clear();
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < depth; k++)
            {
                strip[k * ITileKernel.Rows + row] = a[row * rowStride + k * columnStride];
            }
        }
    }

    /// <summary>Copies rows of 1 to 32 numbers with as few moves as possible: two that overlap cover every length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows(float* source, nint sourceRow, float* destination, nint destinationRow, int rows, int columns)
    {
        for (; rows > 0; rows--)
        {
            int column = 0;
            for (; columns - column >= 16; column += 8)
            {
                Vector256.Load(source + column).Store(destination + column);
            }

            if (columns >= 8)
            {
                Vector256.Load(source + column).Store(destination + column);
                Vector256.Load(source + columns - 8).Store(destination + columns - 8);
            }
            else if (columns >= 4)
            {
                Vector128.Load(source).Store(destination);
                Vector128.Load(source + columns - 4).Store(destination + columns - 4);
            }
            else
            {
                for (; column < columns; column++)
                {
                    destination[column] = source[column];
                }
            }

            source += sourceRow;
            destination += destinationRow;
        }
    }
}
