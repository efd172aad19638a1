using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>
/// The product of two matrices in single precision. Every element of the result is one chain of fused multiply-adds in the order of the inner
/// dimension, so its bits depend neither on the machine's registers, nor on the shape around it, nor on the number of threads.
/// </summary>
public static unsafe class MatrixProduct
{
    /// <summary>Products of fewer multiply-adds are not worth waking a thread for: some 10 µs of work.</summary>
    private const long FewestPerThread = 1 << 20;

    /// <summary>Scratch memory up to this many floats is taken from the stack where there is no team to own it.</summary>
    private const int MaximumStackFloats = 32 * 1024;

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
    /// <param name="team">Threads that share a product where that pays; null for the calling thread alone. The result has the same bits.</param>
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
        bool accumulate = false,
        WorkerTeam? team = null)
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
            Multiply(leftView, rightView, accumulate ? c : null, columns, c, columns, default(NoEpilogue), team);
        }
    }

    /// <summary>Computes <c>result = start + left·right</c> on this thread.</summary>
    /// <param name="left">The left matrix.</param>
    /// <param name="right">The right matrix.</param>
    /// <param name="start">What the sums start from: the result itself, a row of biases, or null for zero.</param>
    /// <param name="startRow">The distance of the rows of <paramref name="start"/>; 0 for one row that serves all.</param>
    /// <param name="result">Receives the rows, one after the other.</param>
    internal static void Multiply(in MatrixView left, in MatrixView right, float* start, nint startRow, float* result) =>
        Multiply(left, right, start, startRow, result, right.Columns, default(NoEpilogue), null);

    /// <summary>Computes <c>result = start + left·right</c> and what follows it, with the widest registers of this machine.</summary>
    /// <param name="left">The left matrix.</param>
    /// <param name="right">The right matrix.</param>
    /// <param name="start">What the sums start from: the result itself, a row of biases, or null for zero.</param>
    /// <param name="startRow">The distance of the rows of <paramref name="start"/>; 0 for one row that serves all.</param>
    /// <param name="result">Receives the product.</param>
    /// <param name="resultRow">The distance of the rows of <paramref name="result"/>.</param>
    /// <param name="epilogue">Is given each block of the result when its sums are complete.</param>
    /// <param name="team">Shares the work where that pays, and lends its scratch memory; null for this thread alone.</param>
    internal static void Multiply<TEpilogue>(
        in MatrixView left, in MatrixView right, float* start, nint startRow, float* result, nint resultRow, in TEpilogue epilogue, WorkerTeam? team)
        where TEpilogue : struct, IEpilogue
    {
        Product<TEpilogue> product = new()
        {
            Left = left,
            Right = right,
            Start = start,
            StartRow = startRow,
            Result = result,
            ResultRow = resultRow,
            Epilogue = epilogue,
        };
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<TileKernel512, TEpilogue>(product, team);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply<TileKernel256, TEpilogue>(product, team);
        }
        else
        {
            Multiply<TileKernel128, TEpilogue>(product, team);
        }
    }

    /// <summary>The same with registers of a chosen width.</summary>
    [SkipLocalsInit]
    internal static void Multiply<TKernel, TEpilogue>(in Product<TEpilogue> product, WorkerTeam? team)
        where TKernel : struct, ITileKernel
        where TEpilogue : struct, IEpilogue
    {
        if (team is not null)
        {
            long work = (long)product.Left.Rows * product.Right.Columns * product.Left.Columns;
            SharedProduct<TKernel, TEpilogue> shared = new(product, (int)Math.Clamp(work / FewestPerThread, 1, team.Workers), team);
            team.Run(shared.Parts, ref shared);
            return;
        }

        int length = BlockedProduct.ScratchLength<TKernel>(product.Left, product.Right);
        if (length <= MaximumStackFloats)
        {
            byte* bytes = stackalloc byte[length * sizeof(float) + LineBytes];
            BlockedProduct.Run<TKernel, TEpilogue>(product, (float*)(((nuint)bytes + LineBytes - 1) & ~(nuint)(LineBytes - 1)));
            return;
        }

        void* scratch = NativeMemory.AlignedAlloc((nuint)length * sizeof(float), LineBytes);
        try
        {
            BlockedProduct.Run<TKernel, TEpilogue>(product, (float*)scratch);
        }
        finally
        {
            NativeMemory.AlignedFree(scratch);
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
