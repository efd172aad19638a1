using CsvHelper;

namespace Hillock.Data.Tables;

/// <summary>
/// Cuts a delimited text into typed columns by RFC 4180: the delimiter is the one of comma, semicolon, tab and bar that parts the first
/// lines most evenly; spaces around values are dropped; empty lines are skipped; every row must be as wide as the first.
/// </summary>
internal sealed class TableReader
{
    private const int RowsBetweenCancellationChecks = 1024;
    private const string PlainText = "if it is a plain text, hillock train learns how it goes on with --task next-character";

    private readonly string _file;
    private readonly DataOptions _options;
    private readonly MissingValues _missing;
    private readonly List<int> _lines = [];
    private readonly List<string> _warnings;
    private string[] _first = [];
    private ColumnBuilder[] _builders = [];

    private TableReader(string file, DataOptions options, List<string> warnings)
    {
        _file = file;
        _options = options;
        _missing = new MissingValues([.. options.MissingTokens, .. options.Prepared is TablePreparation prepared ? prepared.MissingTokens : []]);
        _warnings = warnings;
    }

    /// <summary>Reads a table.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="utf8">Its content.</param>
    /// <param name="options">Target, columns to leave out, header and missing values.</param>
    /// <param name="warnings">Receives what the user should know.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <returns>The columns, the index of the target (-1 where a model's table has none), and where the rows stand.</returns>
    /// <exception cref="DataException">The text is no table.</exception>
    public static (Column[] Columns, int Target, TablePlaces Places) Read(
        string file, byte[] utf8, DataOptions options, List<string> warnings, CancellationToken cancellationToken)
    {
        TableReader reader = new(file, options, warnings);
        char delimiter = reader.ReadRows(utf8, cancellationToken);
        return reader.Finish(delimiter);
    }

    private char ReadRows(byte[] utf8, CancellationToken cancellationToken)
    {
        CsvReaderOptions dialect = new()
        {
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            PoolStrings = true,
            Separator = TableDelimiter.BesideDecimalCommas(utf8),
            OnMalformedRecord = record => Complain(_file, record),
        };
        using CsvReader csv = CsvReader.Create(utf8, dialect);
        if (!csv.Read())
        {
            throw new DataException($"{_file} is empty");
        }

        int firstLine = (int)csv.LineNumber;
        _first = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        bool decimalComma = csv.Separator != ',';
        _builders = [.. Enumerable.Range(1, csv.FieldCount).Select(number => new ColumnBuilder(number, _missing, decimalComma))];
        _lines.Add(firstLine);
        while (csv.Read())
        {
            if (csv.FieldCount != _builders.Length)
            {
                string plain = _builders.Length == 1 ? $"; {PlainText}" : "";
                throw new DataException(
                    $"{_file}, line {csv.LineNumber}: the row has {Values(csv.FieldCount)}, "
                    + $"the one in line {firstLine} has {Values(_builders.Length)}{plain}");
            }

            for (int c = 0; c < _builders.Length; c++)
            {
                _builders[c].Add(csv.GetString(c));
            }

            _lines.Add((int)csv.LineNumber);
            if (_lines.Count % RowsBetweenCancellationChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return csv.Separator;
    }

    private (Column[] Columns, int Target, TablePlaces Places) Finish(char delimiter)
    {
        TablePreparation? prepared = _options.Prepared as TablePreparation;
        bool header = _options.Header ?? ((prepared is not null && ModelColumns.AreNamed(prepared, _first)) || HasHeader());
        if (header)
        {
            _lines.RemoveAt(0);
        }
        else
        {
            for (int c = 0; c < _builders.Length; c++)
            {
                _builders[c].Prepend(_first[c]);
            }
        }

        if (_lines.Count == 0)
        {
            throw new DataException($"{_file} holds nothing but a header");
        }

        if (_builders.Length < 2 && prepared is null)
        {
            throw new DataException(
                $"{_file} has only one column, as no comma, semicolon or tab parts its lines; a target and at least one input are needed; {PlainText}");
        }

        ColumnNames names = new(_file, Array.ConvertAll(_first, name => header && name.Length > 0 ? name : null));
        TablePlaces places = new(_file, _lines, header, delimiter, _builders.Length);
        if (prepared is not null)
        {
            return ForModel(prepared, names, places);
        }

        int target = names.Find(_options.Target ?? "-1");
        HashSet<int> leftOut = [.. _options.LeaveOut.Select(names.Find)];
        if (leftOut.Contains(target))
        {
            throw new DataException(
                $"{_file}: the target, {Column.LabelOf(target + 1, names[target])}, cannot be left out; name another with --target");
        }

        Column[] columns =
            [.. _builders.Select((b, c) => leftOut.Contains(c) ? b.BuildLeftOut(names[c]) : b.Build(places, names[c], _warnings))];
        return (columns, target, places);
    }

    /// <summary>The columns of a model in its order, whatever their order is here, and the target behind them where it is here and is looked at.</summary>
    private (Column[] Columns, int Target, TablePlaces Places) ForModel(TablePreparation prepared, ColumnNames names, TablePlaces places)
    {
        (int[] inputs, int target) = ModelColumns.Find(_file, prepared, names);
        List<Column> columns = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            int at = inputs[i];
            columns.Add(prepared.Columns[i] switch
            {
                NumericPreparation => _builders[at].BuildNumeric(places, names[at]),
                CategoricalPreparation => _builders[at].BuildCategorical(names[at]),
                ColumnPreparation leftOut => Column.Absent(leftOut.Number, leftOut.Name, _lines.Count),
            });
        }

        if (target < 0 || _options.WithoutTarget)
        {
            return ([.. columns], -1, places);
        }

        columns.Add(_builders[target].Build(places, names[target], _warnings));
        return ([.. columns], columns.Count - 1, places);
    }

    /// <summary>
    /// The first line is a header where it has text above a column of numbers. Where no column is numeric, it is one if none of its values
    /// is found again below it although values there repeat themselves; the user is told then.
    /// </summary>
    private bool HasHeader()
    {
        bool numbersBelow = false;
        bool allText = true;
        for (int c = 0; c < _builders.Length; c++)
        {
            bool text = !_missing.Contains(_first[c]) && !TableNumber.IsMeantAsNumber(_first[c]);
            bool numeric = _builders[c].LooksNumeric();
            if (text && numeric)
            {
                return true;
            }

            numbersBelow |= numeric;
            allText &= text;
        }

        if (numbersBelow || !allText)
        {
            return false;
        }

        if (_lines.Count == 1)
        {
            return true;
        }

        bool header = _builders.Any(b => b.Repeats) && !_first.Where((value, c) => _builders[c].Contains(value)).Any();
        _warnings.Add(header
            ? $"{_file}: no column is numeric; line {_lines[0]} is taken for a header, as its values do not come again (--header no if it is none)"
            : $"{_file}: no column is numeric; line {_lines[0]} is taken for data, not for a header (--header yes if it is one)");
        return header;
    }

    /// <summary>Refuses quotes that do not fit together.</summary>
    public static void Complain(string file, CsvMalformedRecord record)
    {
        // A stray quote, as in 5'11", is ordinary text; the other faults would silently merge values or lines.
        string? fault = record.Reason switch
        {
            CsvMalformedReason.StrayQuote => null,
            CsvMalformedReason.UnterminatedQuote => "a quoted value is never closed",
            CsvMalformedReason.TextAfterClosingQuote => "text follows the closing quote of a value",
            _ => "the quoting is malformed",
        };
        if (fault is not null)
        {
            throw new DataException($"{file}, line {record.LineNumber}: {fault}");
        }
    }

    private static string Values(int count) => count == 1 ? "1 value" : $"{count} values";
}
