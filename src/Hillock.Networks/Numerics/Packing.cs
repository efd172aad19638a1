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

        // Contiguous the other way round: four columns of the panel at a time are turned in registers, as far down as whole registers go.
        int wholeColumns = rowStride == 1 ? columns & ~3 : 0;
        int wholeDepth = 0;
        for (int column = 0; column < wholeColumns; column += 4)
        {
            wholeDepth = Transpose(b + column * columnStride, columnStride, depth, panel + column, width);
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

    /// <summary>
    /// Writes four rows as columns: neighbouring numbers of two rows are interleaved, then the pairs of all four. Wide registers do so in each of their
    /// quarters, which then go to different rows.
    /// </summary>
    /// <returns>How many numbers of each row were written; the rest does not fill a register.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Transpose(float* source, nint sourceRow, int length, float* destination, nint destinationRow)
    {
        float* source1 = source + sourceRow;
        float* source2 = source + 2 * sourceRow;
        float* source3 = source + 3 * sourceRow;
        nint row2 = 2 * destinationRow;
        nint row3 = 3 * destinationRow;
        nint row4 = 4 * destinationRow;
        int done = 0;
        if (Avx.IsSupported)
        {
            for (; done <= length - 8; done += 8)
            {
                Vector256<float> row0 = Vector256.Load(source + done);
                Vector256<float> row2Of = Vector256.Load(source2 + done);
                Vector256<float> row1 = Vector256.Load(source1 + done);
                Vector256<float> row3Of = Vector256.Load(source3 + done);
                Vector256<double> low01 = Avx.UnpackLow(row0, row1).AsDouble();
                Vector256<double> low23 = Avx.UnpackLow(row2Of, row3Of).AsDouble();
                Vector256<double> high01 = Avx.UnpackHigh(row0, row1).AsDouble();
                Vector256<double> high23 = Avx.UnpackHigh(row2Of, row3Of).AsDouble();
                Vector256<float> first = Avx.UnpackLow(low01, low23).AsSingle();
                Vector256<float> second = Avx.UnpackHigh(low01, low23).AsSingle();
                Vector256<float> third = Avx.UnpackLow(high01, high23).AsSingle();
                Vector256<float> fourth = Avx.UnpackHigh(high01, high23).AsSingle();
                first.GetLower().Store(destination);
                second.GetLower().Store(destination + destinationRow);
                third.GetLower().Store(destination + row2);
                fourth.GetLower().Store(destination + row3);
                destination += row4;
                first.GetUpper().Store(destination);
                second.GetUpper().Store(destination + destinationRow);
                third.GetUpper().Store(destination + row2);
                fourth.GetUpper().Store(destination + row3);
                destination += row4;
            }
        }

        for (; done <= length - 4; done += 4)
        {
            Vector128<float> row0 = Vector128.Load(source + done);
            Vector128<float> row1 = Vector128.Load(source1 + done);
            Vector128<float> row2Of = Vector128.Load(source2 + done);
            Vector128<float> row3Of = Vector128.Load(source3 + done);
            Vector128<double> low01 = ZipLow(row0, row1).AsDouble();
            Vector128<double> low23 = ZipLow(row2Of, row3Of).AsDouble();
            Vector128<double> high01 = ZipHigh(row0, row1).AsDouble();
            Vector128<double> high23 = ZipHigh(row2Of, row3Of).AsDouble();
            ZipLow(low01, low23).AsSingle().Store(destination);
            ZipHigh(low01, low23).AsSingle().Store(destination + destinationRow);
            ZipLow(high01, high23).AsSingle().Store(destination + row2);
            ZipHigh(high01, high23).AsSingle().Store(destination + row3);
            destination += row4;
        }

        return done;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipLow(Vector128<double> left, Vector128<double> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ZipHigh(Vector128<double> left, Vector128<double> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[1], right[1]);

    /// <summary>
    /// Copies a block of the left matrix into strips of as many rows as <see cref="Heights"/> gives the tiles: for each step of the depth the
    /// numbers of all rows of the strip.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Left(in MatrixView block, int maximumHeight, float* packed)
    {
        float* a = block.Data;
        for (Heights heights = new(block.Rows, maximumHeight); heights.Next(out int height);)
        {
            Panel(a, block.ColumnStride, block.RowStride, block.Columns, height, height, packed);
            a += height * block.RowStride;
            packed += height * block.Columns;
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
