using System.Text;
using System.Text.Unicode;

namespace Hillock.Data.Tables;

/// <summary>Reads the values of rows as numbers and texts, without making strings of them.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="missing">The texts that stand for a missing value.</param>
/// <param name="decimalComma">Whether numbers may have a decimal comma.</param>
/// <param name="others">What all others are, for messages about a value that is no number.</param>
internal sealed class TableCells(string file, MissingValues missing, bool decimalComma, string others)
{
    private char[] _characters = new char[256];

    /// <summary>Whether numbers may have a decimal comma.</summary>
    public bool DecimalComma => decimalComma;

    /// <summary>A value of a numeric column; NaN where it is missing.</summary>
    /// <exception cref="DataException">It is no number.</exception>
    public double Number(TableCursor row, int field, string? name)
    {
        ReadOnlySpan<byte> cell = row[field];

        // A number may stand for a missing value, where the user says so.
        if (missing.HasAdded && missing.Contains(Characters(cell)))
        {
            return double.NaN;
        }

        if (TableNumber.TryParse(cell, decimalComma, out double value))
        {
            return value;
        }

        if (missing.Contains(Characters(cell)))
        {
            return double.NaN;
        }

        string text = row.Text(field);
        throw new DataException(
            $"{Place(row, field, name)}: '{OneLine.Value(text)}' {TableNumber.Complaint(text)}, {others}; "
            + $"correct it, or count it as missing with {ColumnBuilder.MissingOption(OneLine.Value(text))}");
    }

    /// <summary>A value of a column of texts.</summary>
    /// <param name="row">The row.</param>
    /// <param name="field">The column's place.</param>
    /// <param name="name">The column's name, or null.</param>
    /// <param name="text">Receives it, until the next value is read.</param>
    /// <returns>Whether there is one: not where it is missing.</returns>
    /// <exception cref="DataException">It is no UTF-8.</exception>
    public bool TryText(TableCursor row, int field, string? name, out ReadOnlySpan<char> text)
    {
        ReadOnlySpan<byte> cell = row[field];
        if (!Utf8.IsValid(cell))
        {
            throw new DataException($"{Place(row, field, name)}: the text is not UTF-8, which a table has to be that is streamed");
        }

        text = Characters(cell);
        return !missing.Contains(text);
    }

    /// <summary>The line and the column of a value, for messages.</summary>
    public string Place(TableCursor row, int field, string? name) => $"{file}, line {row.Line}, {Column.LabelOf(field + 1, name)}";

    private ReadOnlySpan<char> Characters(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > _characters.Length)
        {
            _characters = new char[cell.Length * 2];
        }

        return _characters.AsSpan(0, Encoding.UTF8.GetChars(cell, _characters));
    }
}
