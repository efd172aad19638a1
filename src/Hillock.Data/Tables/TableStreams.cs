using CsvHelper;

namespace Hillock.Data.Tables;

/// <summary>Opens a table as a stream: its first rows tell what its columns are, and a pass over all rows what is in them.</summary>
internal static class TableStreams
{
    /// <summary>As many bytes are looked at to tell the delimiter, the header and the kinds of the columns.</summary>
    private const int HeadBytes = 1 << 20;

    private const int BlockRows = 512;
    private const int RowsBetweenReports = 1 << 14;

    /// <summary>Opens a table to learn from.</summary>
    /// <exception cref="DataException">It is no table that one can learn from so.</exception>
    public static StreamedData Open(string path, DataOptions data, StreamOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        TableHead head = TableFile.Begin(path, Head(path), data, cancellationToken);
        TableRows rows = new(path, head.Places.Delimiter, head.Places.HasHeader, head.Inputs.Count + 1);
        TableCells cells = Cells(path, data.MissingTokens, head.Places, "and in the first rows the column has numbers");
        StreamPart part = StreamPart.ToLearnFrom(options);
        ColumnFit[] fits = [.. head.Inputs.Select(column => new ColumnFit(column))];
        TargetFit target = new(path, head.Target, head.Task, isDetected: data.Task is null);
        BlockStarts<TablePlace> starts = new(BlockRows);
        BlockStarts<TablePlace> heldStarts = new(BlockRows);
        long lacking = 0;
        long firstLacking = 0;
        Pass(rows, row =>
        {
            bool learns = part.Has(row.Row);
            if (!target.Add(cells, row, learns))
            {
                firstLacking = lacking++ == 0 ? row.Line : firstLacking;
                return;
            }

            (learns ? starts : heldStarts).Add(row.Place);
            foreach (ColumnFit fit in fits)
            {
                fit.Add(cells, row, learns);
            }
        }, progress, cancellationToken);
        if (starts.Count == 0 || (part.HoldsOut && heldStarts.Count == 0))
        {
            throw new DataException($"{path} has too few samples, {starts.Count + heldStarts.Count}, to hold some out");
        }

        (double mean, double scale) = target.Scale();
        TargetColumn targetColumn = new(head.Target.Number, head.Target.Name);
        TablePreparation preparation = new([.. fits.Select(fit => fit.Fitted())], targetColumn, target.Classes(), mean, scale, data.MissingTokens);
        options.CheckWindow(path, starts.Count, preparation.Shape);
        int[] fields = [.. head.Inputs.Select(column => column.Number - 1)];
        TableStream samples = Create(starts, part);
        TableStream? heldOut = part.HoldsOut ? Create(heldStarts, part with { Held = true }) : null;
        long all = starts.Count + heldStarts.Count;
        string[] warnings = lacking == 0
            ? [.. head.Warnings]
            : [.. head.Warnings, TableTarget.MissingWarning($"{path}, line {firstLacking}", head.Target.Label, lacking, all + lacking)];
        return new StreamedData(Path.GetFileName(path), head.Describe(all, preparation.Classes.Count), warnings, preparation, samples, heldOut, heldOut is null ? [samples] : [samples, heldOut]);

        TableStream Create(BlockStarts<TablePlace> of, StreamPart ofPart)
        {
            RowInputs inputs = new(preparation, Cells(path, data.MissingTokens, head.Places, "and in the first rows the column has numbers"), fields, head.Target.Number - 1);
            return options.Window is { } window
                ? new(rows, preparation, inputs, ofPart, of) { Window = window }
                : new(rows, preparation, inputs, ofPart, of);
        }
    }

    /// <summary>Opens a table for a model to judge.</summary>
    /// <exception cref="DataException">It has not the columns of the model, or values that are none for it.</exception>
    public static StreamedData OpenPrepared(string path, TablePreparation preparation, DataOptions data, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        (Column[] columns, int target, TablePlaces places) = TableReader.Read(path, Head(path), data, warnings, cancellationToken);
        if (target < 0 && !data.WithoutTarget)
        {
            throw new DataException($"{path} has no column for the target, {preparation.Target.Label}: there is nothing to judge predictions by");
        }

        TableRows rows = new(path, places.Delimiter, places.HasHeader, places.Columns);
        int[] fields = [.. columns.Take(preparation.Columns.Count).Select(column => column.IsLeftOut ? -1 : column.Number - 1)];
        IReadOnlyList<string> missing = [.. data.MissingTokens, .. preparation.MissingTokens];
        RowInputs Inputs() => new(preparation, Cells(path, missing, places, "and the model was trained on numbers"), fields, target < 0 ? -1 : columns[target].Number - 1);
        BlockStarts<TablePlace> starts = new(BlockRows);
        RowInputs check = Inputs();
        float[] inputs = new float[preparation.Features];
        long lacking = 0;
        long firstLacking = 0;
        Pass(rows, row =>
        {
            if (check.LacksTarget(row))
            {
                firstLacking = lacking++ == 0 ? row.Line : firstLacking;
                return;
            }

            check.Write(row, inputs);
            _ = preparation.Classes.Count > 0 ? check.Label(row) : 0;
            starts.Add(row.Place);
        }, progress, cancellationToken);
        if (lacking > 0)
        {
            warnings.Add(TableTarget.MissingWarning($"{path}, line {firstLacking}", preparation.Target.Label, lacking, starts.Count + lacking));
        }

        TableStream samples = new(rows, preparation, Inputs(), StreamPart.All, starts);
        return starts.Count > 0
            ? new StreamedData(Path.GetFileName(path), $"{starts.Count} {(starts.Count == 1 ? "sample" : "samples")}, streamed", warnings, preparation, samples, heldOut: null, samples)
            : throw new DataException($"{path}: there is no row to judge");
    }

    private static TableCells Cells(string path, IReadOnlyList<string> missing, TablePlaces places, string others) =>
        new(path, new MissingValues(missing), places.AllowsDecimalComma, others);

    private static void Pass(TableRows rows, Action<TableCursor> action, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double length = Math.Max(1, new FileInfo(rows.Path).Length);
        using TableCursor cursor = rows.FromStart();
        while (rows.Next(cursor))
        {
            action(cursor);
            if (cursor.Row % RowsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(cursor.Place.Offset / length);
            }
        }
    }

    /// <summary>The first rows of a file, whole ones.</summary>
    private static byte[] Head(string path)
    {
        byte[] head = FileHead.Read(path, HeadBytes);
        if (head.Length < HeadBytes)
        {
            return head;
        }

        // The last row is cut off somewhere: it is left out. Quotes in it may be open.
        using CsvReader csv = CsvReader.Create(head, new CsvReaderOptions { HasHeader = false, TrimWhitespace = true, OnMalformedRecord = _ => { } });
        long last = 0;
        while (csv.Read())
        {
            last = csv.ByteOffset;
        }

        return last > 0 ? head[..(int)last] : throw new DataException($"{path} is no table: its first row is longer than {HeadBytes} bytes");
    }
}
