using System.Runtime.CompilerServices;

namespace Hillock.Networks.Numerics;

/// <summary>A product of two matrices: <c>Result = Start + Left·Right</c>, and what follows it.</summary>
internal unsafe struct Product<TEpilogue>
    where TEpilogue : struct, IEpilogue
{
    public MatrixView Left;
    public MatrixView Right;

    /// <summary>What the sums start from: the result itself, a row of biases, or null for zero.</summary>
    public float* Start;

    /// <summary>The distance of the rows of <see cref="Start"/>; 0 for one row that serves all.</summary>
    public nint StartRow;

    public float* Result;
    public nint ResultRow;
    public TEpilogue Epilogue;

    /// <summary>Where <see cref="Result"/> stands in the whole of which this product is a part.</summary>
    public int FirstRow;
    public int FirstColumn;
}

/// <summary>
/// Computes a product block by block, so that what is used again soon is still in a near cache. A panel of the right matrix stays in the first
/// level while the tiles of a block of rows pass by, a packed block of the left matrix in the second level while the panels pass by.
/// </summary>
/// <remarks>
/// The right matrix is packed (copied panel by panel, each row of a tile's width after the other) where its columns are not contiguous, do not
/// fill a tile, or are read so often that the copy pays; the left one where its rows are read for many panels. Small products are not packed.
/// </remarks>
internal static unsafe class BlockedProduct
{
    /// <summary>
    /// The most terms added to a tile before the next one's turn: a panel of 384 × 32 floats takes 48 KB, a first-level cache at its largest; half as
    /// much would have the tiles of a large result come and go more often than memory likes.
    /// </summary>
    public const int MaximumDepth = 384;

    /// <summary>Rows of a block: 192 × 384 floats take 288 KB of the second-level cache.</summary>
    private const int MaximumRows = 192;

    /// <summary>Columns packed at a time, up to 3 MB of the third-level cache.</summary>
    private const int MaximumColumns = 2048;

    /// <summary>Columns of a block that goes to the epilogue.</summary>
    private const int EpilogueColumns = 256;

    /// <summary>Columns from which packing the left matrix pays; up to so many, reading it where it lies is as fast.</summary>
    private const int FewestColumnsToPackLeft = 512;

    private const int FirstLevelBytes = 32 * 1024;

    /// <summary>How a product is cut and what of it is packed.</summary>
    private readonly ref struct Plan
    {
        public readonly int Depth;
        public readonly int Rows;
        public readonly int Columns;
        public readonly bool PackLeft;
        public readonly bool PackRight;
        public readonly int LeftLength;
        public readonly int PanelLength;
        public readonly int RightLength;

        public Plan(in MatrixView left, in MatrixView right, int tileRows, int tileColumns)
        {
            Depth = Even(left.Columns, MaximumDepth);
            Rows = Even(left.Rows, MaximumRows);
            Columns = MaximumColumns;
            PackLeft = right.Columns > FewestColumnsToPackLeft && left.Rows > 1 && left.Columns > ITileKernel.NarrowColumns;
            PackRight = right.ColumnStride != 1
                || (left.Rows > 2 * tileRows && Depth * right.RowStride * sizeof(float) > FirstLevelBytes && right.Columns > tileColumns);
            LeftLength = PackLeft ? AlignedBuffer.WholeLines(Depth * Rows) : 0;
            PanelLength = Depth * tileColumns;
            int panels = (Math.Min(right.Columns, Columns) + tileColumns - 1) / tileColumns;
            bool ragged = right.Columns % ITileKernel.NarrowColumns != 0;
            RightLength = PackRight ? panels * PanelLength : ragged ? PanelLength : 0;
        }

        /// <summary>The size of equal parts that are not larger than a maximum.</summary>
        private static int Even(int size, int maximum)
        {
            int parts = Math.Max(1, (size + maximum - 1) / maximum);
            return (size + parts - 1) / parts;
        }
    }

    /// <summary>The floats of scratch memory that a product needs.</summary>
    public static int ScratchLength<TKernel>(in MatrixView left, in MatrixView right)
        where TKernel : struct, ITileKernel
    {
        Plan plan = new(left, right, TKernel.Rows, TKernel.Columns);
        return plan.LeftLength + plan.RightLength;
    }

    /// <summary>Computes a product on this thread.</summary>
    /// <param name="product">The product.</param>
    /// <param name="scratch">Memory of <see cref="ScratchLength"/>, best at the start of a cache line.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TKernel, TEpilogue>(in Product<TEpilogue> product, float* scratch)
        where TKernel : struct, ITileKernel
        where TEpilogue : struct, IEpilogue
    {
        MatrixView left = product.Left;
        MatrixView right = product.Right;
        int depth = left.Columns;
        if (depth == 0)
        {
            WithoutTerms(product);
            return;
        }

        Plan plan = new(left, right, TKernel.Rows, TKernel.Columns);
        float* packedLeft = scratch;
        float* packedRight = scratch + plan.LeftLength;
        for (int firstColumn = 0; firstColumn < right.Columns; firstColumn += plan.Columns)
        {
            int columns = Math.Min(plan.Columns, right.Columns - firstColumn);
            for (int firstDepth = 0; firstDepth < depth; firstDepth += plan.Depth)
            {
                int terms = Math.Min(plan.Depth, depth - firstDepth);
                MatrixView panels = right.Part(firstDepth, firstColumn, terms, columns);
                PackPanels<TKernel>(panels, plan.PackRight, plan.PanelLength, packedRight);
                for (int firstRow = 0; firstRow < left.Rows; firstRow += plan.Rows)
                {
                    int rows = Math.Min(plan.Rows, left.Rows - firstRow);
                    MatrixView strips = left.Part(firstRow, firstDepth, rows, terms);
                    if (plan.PackLeft)
                    {
                        Packing.Left(strips, TKernel.Rows, packedLeft);
                    }

                    for (int first = 0; first < columns; first += EpilogueColumns)
                    {
                        int count = Math.Min(EpilogueColumns, columns - first);
                        float* c = product.Result + firstRow * product.ResultRow + firstColumn + first;
                        Tile tile = new()
                        {
                            A = plan.PackLeft ? packedLeft : strips.Data,
                            ARow = strips.RowStride,
                            AStep = strips.ColumnStride,
                            Start = firstDepth > 0 ? c : product.Start == null ? null : product.Start + firstRow * product.StartRow + firstColumn + first,
                            StartRow = firstDepth > 0 ? product.ResultRow : product.StartRow,
                            C = c,
                            CRow = product.ResultRow,
                            Depth = terms,
                            Segments = 1,
                        };
                        Panels<TKernel>(tile, panels, first, count, rows, plan, packedRight);
                        if (firstDepth + terms == depth)
                        {
                            product.Epilogue.Apply(
                                c, rows, count, product.ResultRow, product.FirstRow + firstRow, product.FirstColumn + firstColumn + first);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Computes some columns of a block of rows, panel by panel.</summary>
    private static void Panels<TKernel>(
        Tile tile, in MatrixView right, int firstColumn, int columns, int rows, in Plan plan, float* packedRight)
        where TKernel : struct, ITileKernel
    {
        for (int column = 0; column < columns; column += TKernel.Columns)
        {
            int valid = Math.Min(TKernel.Columns, columns - column);
            Tile first = tile;
            if (plan.PackRight)
            {
                first.B = packedRight + (firstColumn + column) / TKernel.Columns * plan.PanelLength;
                first.BStep = Tiles.Width<TKernel>(valid);
            }
            else if (valid != Tiles.Width<TKernel>(valid))
            {
                first.B = packedRight;
                first.BStep = Tiles.Width<TKernel>(valid);
            }
            else
            {
                first.B = right.Data + firstColumn + column;
                first.BStep = right.RowStride;
            }

            if (tile.Start == null)
            {
                first.Start = Tiles.Zeros;
                first.StartRow = 0;
            }
            else
            {
                first.Start += column;
            }

            first.C += column;
            Tiles.Multiply<TKernel>(first, rows, valid, plan.PackLeft);
        }
    }

    /// <summary>Packs all panels, or only the one that does not fill a tile.</summary>
    private static void PackPanels<TKernel>(in MatrixView right, bool all, int panelLength, float* packed)
        where TKernel : struct, ITileKernel
    {
        for (int column = 0; column < right.Columns; column += TKernel.Columns)
        {
            int valid = Math.Min(TKernel.Columns, right.Columns - column);
            int width = Tiles.Width<TKernel>(valid);
            if (all || valid != width)
            {
                Packing.Panel(right.Data + column * right.ColumnStride, right.RowStride, right.ColumnStride, right.Rows, valid, width, packed);
                packed += panelLength;
            }
        }
    }

    /// <summary>The result of a product whose inner dimension is 0.</summary>
    private static void WithoutTerms<TEpilogue>(in Product<TEpilogue> product)
        where TEpilogue : struct, IEpilogue
    {
        int columns = product.Right.Columns;
        for (int row = 0; row < product.Left.Rows; row++)
        {
            Span<float> result = new(product.Result + row * product.ResultRow, columns);
            if (product.Start == null)
            {
                result.Clear();
            }
            else
            {
                new ReadOnlySpan<float>(product.Start + row * product.StartRow, columns).CopyTo(result);
            }
        }

        product.Epilogue.Apply(product.Result, product.Left.Rows, columns, product.ResultRow, product.FirstRow, product.FirstColumn);
    }
}
