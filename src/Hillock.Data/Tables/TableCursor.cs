using CsvHelper;

namespace Hillock.Data.Tables;

/// <summary>Goes through the rows of a table's file from any row on, with a small part of it in memory.</summary>
internal sealed class TableCursor : IDisposable
{
    private readonly string _path;
    private readonly CsvReader _csv;
    private readonly TablePlace _start;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file: UTF-8, not compressed.</param>
    /// <param name="delimiter">What parts the values of a row.</param>
    /// <param name="start">Where to begin.</param>
    /// <exception cref="DataException">It cannot be read.</exception>
    public TableCursor(string path, char delimiter, TablePlace start)
    {
        _path = path;
        _start = start;
        Row = start.Row - 1;
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan) { Position = start.Offset };
            _csv = CsvReader.Create(file, Dialect(path, delimiter), leaveOpen: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataException.Unreadable(_path, exception);
        }
    }

    /// <summary>The number of the row, the first row below a header being 0.</summary>
    public long Row { get; private set; }

    /// <summary>The line where the row begins, from 1.</summary>
    public long Line => _start.Line + _csv.LineNumber - 1;

    /// <summary>Where the row stands, to begin there again.</summary>
    public TablePlace Place => new(_start.Offset + _csv.ByteOffset, Row, Line);

    /// <summary>The values of the row.</summary>
    public int Count => _csv.FieldCount;

    /// <summary>A value as UTF-8, without spaces around it, until the next row is read.</summary>
    public ReadOnlySpan<byte> this[int field] => _csv.GetSpan(field);

    /// <summary>A value as text.</summary>
    public string Text(int field) => _csv.GetString(field);

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="DataException">The file cannot be read, or quotes in it do not fit together.</exception>
    public bool Read()
    {
        try
        {
            if (!_csv.Read())
            {
                return false;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataException.Unreadable(_path, exception);
        }

        Row++;
        return true;
    }

    /// <summary>Goes past a header, which is no row.</summary>
    public void SkipHeader()
    {
        if (Read())
        {
            Row--;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();

    private static CsvReaderOptions Dialect(string path, char delimiter) => new()
    {
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        Separator = delimiter,
        OnMalformedRecord = record => TableReader.Complain(path, record),
    };
}

/// <summary>Where a row stands.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Row">Its number, from 0.</param>
/// <param name="Line">Its line, from 1.</param>
internal readonly record struct TablePlace(long Offset, long Row, long Line)
{
    /// <summary>The beginning of a file without a header.</summary>
    public static TablePlace Start => new(0, 0, 1);
}
