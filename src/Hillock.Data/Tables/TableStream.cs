using Hillock.Networks;

namespace Hillock.Data.Tables;

/// <summary>Rows of a table that are read from its file whenever they are wanted.</summary>
internal sealed class TableStream : StreamedDataset, IDisposable
{
    private readonly TableRows _rows;
    private readonly RowInputs _inputs;
    private readonly StreamPart _part;
    private readonly BlockStarts<TablePlace> _starts;
    private TableCursor? _cursor;
    private long _next;
    private long[] _lines = [];
    private int _read;

    public TableStream(TableRows rows, TablePreparation preparation, RowInputs inputs, StreamPart part, BlockStarts<TablePlace> starts)
        : base(starts.Count, preparation.Shape, preparation.Classes.Count, starts.BlockSize)
    {
        _rows = rows;
        _inputs = inputs;
        _part = part;
        _starts = starts;
        Fingerprint = part.Fingerprint(new FileInfo(rows.Path).Length, preparation);
    }

    public override string Fingerprint { get; }

    /// <summary>The lines of the samples that were read last.</summary>
    public ReadOnlySpan<long> Lines => _lines.AsSpan(0, _read);

    public override void Read(long first, Span<float> inputs, Span<int> labels, Span<float> targets, CancellationToken cancellationToken)
    {
        int features = Shape.Size;
        int count = Math.Max(labels.Length, targets.Length);
        int placed = 0;
        if (_cursor is null || first != _next)
        {
            // A call that threw may have ended anywhere in a block: samples of the block that come before are passed over.
            _cursor?.Dispose();
            _cursor = _rows.From(_starts[first]);
            placed = -(int)(first % BlockSize);
        }

        _next = -1;

        if (_lines.Length < count)
        {
            _lines = new long[count];
        }

        while (placed < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_rows.Next(_cursor))
            {
                throw new DataException($"{_rows.Path} has become shorter since it was first read");
            }

            if (!_part.Has(_cursor.Row) || _inputs.LacksTarget(_cursor))
            {
                continue;
            }

            if (placed < 0)
            {
                placed++;
                continue;
            }

            _inputs.Write(_cursor, inputs.Slice(placed * features, features));
            _lines[placed] = _cursor.Line;
            if (Classes > 0)
            {
                labels[placed] = _inputs.Label(_cursor);
            }
            else
            {
                targets[placed] = _inputs.Target(_cursor);
            }

            placed++;
        }

        _read = count;
        _next = first + count;
    }

    /// <inheritdoc/>
    public void Dispose() => _cursor?.Dispose();
}

/// <summary>The rows of a file, which are all as wide as the first.</summary>
/// <param name="Path">The file.</param>
/// <param name="Delimiter">What parts the values of a row.</param>
/// <param name="HasHeader">Whether the first line is a header.</param>
/// <param name="Columns">The values of a row.</param>
internal sealed record TableRows(string Path, char Delimiter, bool HasHeader, int Columns)
{
    /// <summary>A cursor before the first row.</summary>
    public TableCursor FromStart()
    {
        TableCursor cursor = new(Path, Delimiter, TablePlace.Start);
        if (HasHeader)
        {
            cursor.SkipHeader();
        }

        return cursor;
    }

    /// <summary>A cursor before a row.</summary>
    public TableCursor From(TablePlace place) => new(Path, Delimiter, place);

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="DataException">It is not as wide as the others.</exception>
    public bool Next(TableCursor cursor) => cursor.Read()
        && (cursor.Count == Columns
            ? true
            : throw new DataException($"{Path}, line {cursor.Line}: the row has {cursor.Count} values, and the first one {Columns}"));
}
