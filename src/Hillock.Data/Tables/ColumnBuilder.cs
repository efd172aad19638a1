namespace Hillock.Data.Tables;

/// <summary>Collects the values of a column while its table is read, then tells by all of them whether it is numeric.</summary>
/// <param name="number">The position of the column in the table, from 1.</param>
/// <param name="missing">The texts that stand for a missing value.</param>
/// <param name="decimalComma">Whether numbers may have a decimal comma.</param>
internal sealed class ColumnBuilder(int number, MissingValues missing, bool decimalComma)
{
    // Below this share, values that are no numbers are mistakes in a numeric column; from it on, the column is categorical.
    private const double MistakeShare = 0.01;

    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<int> _codes = [];
    private string? _last;
    private int _lastCode;

    /// <summary>Adds the value of the next row.</summary>
    public void Add(string text)
    {
        // Most tables have long runs of the same value, and the reader gives the same string for it.
        if (!ReferenceEquals(text, _last))
        {
            _last = text;
            _lastCode = CodeOf(text);
        }

        _codes.Add(_lastCode);
    }

    /// <summary>Puts a value before all others: the first line of the table, once it is known to be no header.</summary>
    public void Prepend(string text) => _codes.Insert(0, CodeOf(text));

    /// <summary>Whether a column with these values would be taken for numeric, mistakes included.</summary>
    public bool LooksNumeric() => Parse() is { Present: > 0 } parsed && parsed.Texts < parsed.Present * MistakeShare;

    /// <summary>Whether a text is among the values.</summary>
    public bool Contains(string text) => _codeOf.ContainsKey(text);

    /// <summary>Whether values repeat themselves as categories do: each twice or more on the average.</summary>
    public bool Repeats => _texts.Count * 2 <= _codes.Count;

    /// <summary>Ends the column.</summary>
    /// <param name="table">Names the file and the lines of its rows in messages.</param>
    /// <param name="name">The name in the header, or null.</param>
    /// <param name="warnings">Receives what the user should know.</param>
    /// <exception cref="DataException">All but less than one in a hundred values are numbers, or they are not written in the same way.</exception>
    public Column Build(TablePlaces table, string? name, List<string> warnings)
    {
        (double[] numbers, int mistakes, int texts, int present) = Parse();
        if (mistakes == 0)
        {
            RequireOneDecimalSeparator(table, name);
            return new Column(number, name, [.. _codes], [.. _texts], numbers);
        }

        int row = _codes.FindIndex(code => code != Column.Missing && double.IsNaN(numbers[code]));
        string text = _texts[_codes[row]];
        string value = OneLine.Value(text);
        string place = PlaceOf(table, name, row);
        if (mistakes < present * MistakeShare)
        {
            string others = mistakes == 1 ? "all other values are numbers" : $"all but {mistakes} of {present} values are numbers";
            string header = row == 0 && !table.HasHeader ? ", or say --header yes if this line is a header" : "";
            throw new DataException(
                $"{place}: '{value}' {TableNumber.Complaint(text)}, while {others}; "
                + $"correct it, or count it as missing with --missing {Quoted(value)}{header}");
        }

        if (texts < present * MistakeShare)
        {
            int foreign = _codes.FindIndex(
                code => code != Column.Missing && double.IsNaN(numbers[code]) && IsMistakenNumber(_texts[code]));
            text = _texts[_codes[foreign]];
            throw new DataException($"{PlaceOf(table, name, foreign)}: '{OneLine.Value(text)}' {TableNumber.Complaint(text)}");
        }

        if (mistakes * 2 <= present)
        {
            warnings.Add(
                $"{place}: '{value}' is not a number{(mistakes > 1 ? $", nor are {mistakes - 1} more of {present} values" : $", all {present - 1} other values are")}: "
                + "the column is taken for categorical");
        }

        return Categorical(name);
    }

    /// <summary>Ends a column that is not to be learned from, whatever its values are.</summary>
    public Column BuildLeftOut(string? name) => Categorical(name).LeaveOut();

    private void RequireOneDecimalSeparator(TablePlaces table, string? name)
    {
        int point = RowWith('.');
        int comma = RowWith(',');
        if (point < 0 || comma < 0)
        {
            return;
        }

        int first = Math.Min(point, comma);
        int second = Math.Max(point, comma);
        string Value(int row) => OneLine.Value(_texts[_codes[row]]);
        string Kind(int row) => row == point ? "decimal point" : "decimal comma";
        throw new DataException(
            $"{PlaceOf(table, name, second)}: '{Value(second)}' has a {Kind(second)}, "
            + $"while '{Value(first)}' in line {table.Lines[first]} has a {Kind(first)}; write all values of the column the same way");
    }

    private int RowWith(char separator) =>
        _codes.FindIndex(code => code != Column.Missing && _texts[code].Contains(separator, StringComparison.Ordinal));

    /// <summary>Whether a text is meant as a number, but is none that can be used: no such text is a category.</summary>
    private static bool IsMistakenNumber(string text) => TableNumber.HasForeignSeparator(text) || TableNumber.IsBeyondRange(text);

    private string PlaceOf(TablePlaces table, string? name, int row) => $"{table.Line(row)}, {Column.LabelOf(number, name)}";

    private static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text;

    private int CodeOf(string text)
    {
        if (_codeOf.TryGetValue(text, out int code))
        {
            return code;
        }

        if (missing.Contains(text))
        {
            code = Column.Missing;
        }
        else
        {
            code = _texts.Count;
            _texts.Add(text);
        }

        _codeOf.Add(text, code);
        return code;
    }

    /// <summary>The values as numbers, NaN for those that are none; how often these are, and those of them that mean no number.</summary>
    private (double[] Numbers, int Mistakes, int Texts, int Present) Parse()
    {
        double[] numbers = new double[_texts.Count];
        bool[] isText = new bool[_texts.Count];
        for (int code = 0; code < numbers.Length; code++)
        {
            bool isNumber = TableNumber.TryParse(_texts[code], decimalComma, out double value);
            numbers[code] = isNumber ? value : double.NaN;
            isText[code] = !isNumber && !IsMistakenNumber(_texts[code]);
        }

        int mistakes = 0;
        int texts = 0;
        int present = 0;
        foreach (int code in _codes)
        {
            if (code != Column.Missing)
            {
                present++;
                mistakes += double.IsNaN(numbers[code]) ? 1 : 0;
                texts += isText[code] ? 1 : 0;
            }
        }

        return (numbers, mistakes, texts, present);
    }

    private Column Categorical(string? name)
    {
        string[] sorted = [.. _texts];
        Array.Sort(sorted, StringComparer.Ordinal);
        int[] place = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            place[_codeOf[sorted[i]]] = i;
        }

        int[] codes = [.. _codes.Select(code => code == Column.Missing ? code : place[code])];
        return new Column(number, name, codes, sorted, numbers: null);
    }
}
