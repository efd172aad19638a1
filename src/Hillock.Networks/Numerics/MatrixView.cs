namespace Hillock.Networks.Numerics;

/// <summary>A matrix in pinned memory: element (row, column) is at <c>Data[row·RowStride + column·ColumnStride]</c>.</summary>
internal readonly unsafe struct MatrixView(float* data, int rows, int columns, nint rowStride, nint columnStride)
{
    public readonly float* Data = data;
    public readonly int Rows = rows;
    public readonly int Columns = columns;
    public readonly nint RowStride = rowStride;
    public readonly nint ColumnStride = columnStride;

    /// <summary>A matrix whose rows lie one after the other.</summary>
    public MatrixView(float* data, int rows, int columns)
        : this(data, rows, columns, columns, 1)
    {
    }

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    public MatrixView Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Some rows and columns of the matrix.</summary>
    public MatrixView Part(int firstRow, int firstColumn, int rows, int columns) =>
        new(Data + firstRow * RowStride + firstColumn * ColumnStride, rows, columns, RowStride, ColumnStride);
}
