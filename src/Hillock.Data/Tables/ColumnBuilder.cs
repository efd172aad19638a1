namespace Hillock.Data.Tables;

/// <summary>Collects the values of a column while its table is read, then tells by all of them whether it is numeric.</summary>
/// <param name="number">The position of the column in the table, from 1.</param>
/// <param name="missing">The texts that stand for a missing value.</param>
internal sealed class ColumnBuilder(int number, MissingValues missing)
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
    public bool LooksNumeric()
    {
        (double[] numbers, int mistakes, int present) = Parse();
        return numbers.Length > 0 && mistakes < Math.Max(present, 1) * MistakeShare;
    }

    /// <summary>Whether a text is among the values.</summary>
    public bool Contains(string text) => _codeOf.ContainsKey(text);

    /// <summary>Whether values repeat themselves as categories do: each twice or more on the average.</summary>
    public bool Repeats => _texts.Count * 2 <= _codes.Count;

    /// <summary>Ends the column.</summary>
    /// <param name="table">Names the file and the lines of its rows in messages.</param>
    /// <param name="name">The name in the header, or null.</param>
    /// <param name="warnings">Receives what the user should know.</param>
    /// <exception cref="DataException">All but less than one in a hundred values are numbers.</exception>
    public Column Build(TablePlaces table, string? name, List<string> warnings)
    {
        (double[] numbers, int mistakes, int present) = Parse();
        if (mistakes == 0)
        {
            return new Column(number, name, [.. _codes], [.. _texts], numbers);
        }

        int row = _codes.FindIndex(code => code != Column.Missing && double.IsNaN(numbers[code]));
        string text = _texts[_codes[row]];
        string value = OneLine.Value(text);
        string place = $"{table.Line(row)}, {Column.LabelOf(number, name)}";
        if (mistakes < present * MistakeShare)
        {
            string others = mistakes == 1 ? "all other values are numbers" : $"all but {mistakes} of {present} values are numbers";
            string header = row == 0 && !table.HasHeader ? ", or say --header yes if this line is a header" : "";
            throw new DataException(
                $"{place}: '{value}' {TableNumber.Complaint(text)}, while {others}; "
                + $"correct it, or count it as missing with --missing {Quoted(value)}{header}");
        }

        if (Enumerable.Range(0, numbers.Length).All(code => !double.IsNaN(numbers[code]) || TableNumber.HasDecimalComma(_texts[code])))
        {
            throw new DataException($"{place}: '{value}' {TableNumber.Complaint(text)}");
        }

        if (mistakes * 2 <= present)
        {
            warnings.Add(
                $"{place}: '{value}' is not a number, nor are {mistakes - 1} more of {present} values, so the column is taken for categorical");
        }

        return Categorical(name);
    }

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

    private (double[] Numbers, int Mistakes, int Present) Parse()
    {
        double[] numbers = new double[_texts.Count];
        for (int code = 0; code < numbers.Length; code++)
        {
            numbers[code] = TableNumber.TryParse(_texts[code], out double value) ? value : double.NaN;
        }

        int mistakes = 0;
        int present = 0;
        foreach (int code in _codes)
        {
            present += code != Column.Missing ? 1 : 0;
            mistakes += code != Column.Missing && double.IsNaN(numbers[code]) ? 1 : 0;
        }

        return (numbers, mistakes, present);
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
