namespace Hillock.Data.Tables;

/// <summary>Collects the values of a column while its table is read, then tells by all of them whether it is numeric.</summary>
/// <param name="number">The position of the column in the table, from 1.</param>
/// <param name="missing">The texts that stand for a missing value.</param>
/// <param name="decimalComma">Whether numbers may have a decimal comma.</param>
internal sealed class ColumnBuilder(int number, MissingValues missing, bool decimalComma)
{
    // Below this share, values that are no numbers are mistakes in a numeric column; from it on, the column is categorical.
    private const double MistakeShare = 0.01;

    // Up to this share, they still are where the numbers are measured ones: categories that are numbers are few and whole.
    private const double OddShare = 0.1;
    private const int MostNumberedCategories = 20;
    private const int NamedTexts = 3;

    /// <summary>What stands in numeric columns where there is no number, besides what is always taken for missing: no categories, however many they are.</summary>
    private static readonly HashSet<string> _standIns = new(StringComparer.OrdinalIgnoreCase)
    {
        "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "null", "none", "nil", "n/a", "#n/a", "-", "--", ".",
    };

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
    public bool LooksNumeric() => Parse() is { Present: > 0 } parsed
        && (parsed.Texts < parsed.Present * MistakeShare || AreMeasured(parsed.Numbers, parsed.Texts, parsed.Present));

    /// <summary>Whether a text is among the values.</summary>
    public bool Contains(string text) => _codeOf.ContainsKey(text);

    /// <summary>Whether values repeat themselves as categories do: each twice or more on the average.</summary>
    public bool Repeats => _texts.Count * 2 <= _codes.Count;

    /// <summary>Ends the column.</summary>
    /// <param name="table">Names the file and the lines of its rows in messages.</param>
    /// <param name="name">The name in the header, or null.</param>
    /// <param name="warnings">Receives what the user should know.</param>
    /// <exception cref="DataException">All but a few values are numbers, or they are not written in the same way.</exception>
    public Column Build(TablePlaces table, string? name, List<string> warnings)
    {
        (double[] numbers, int mistakes, int texts, int present) = Parse();
        if (mistakes == 0)
        {
            RequireOneDecimalSeparator(table, name);
            return new Column(number, name, [.. _codes], [.. _texts], numbers);
        }

        int row = FirstMistake(numbers);
        if (mistakes < present * MistakeShare)
        {
            throw Mistaken(table, name, row, numbers, OthersAre(mistakes, present));
        }

        if (texts < present * MistakeShare)
        {
            int foreign = _codes.FindIndex(
                code => code != Column.Missing && double.IsNaN(numbers[code]) && IsMistakenNumber(_texts[code]));
            string text = _texts[_codes[foreign]];
            throw new DataException($"{PlaceOf(table, name, foreign)}: '{OneLine.Value(text)}' {TableNumber.Complaint(text)}");
        }

        if (AreMeasured(numbers, mistakes, present))
        {
            throw Mistaken(table, name, row, numbers, OthersAre(mistakes, present));
        }

        if (mistakes * 2 <= present)
        {
            string value = OneLine.Value(_texts[_codes[row]]);
            warnings.Add(
                $"{PlaceOf(table, name, row)}: '{value}' is not a number{(mistakes > 1 ? $", nor are {mistakes - 1} more of {present} values" : $", all {present - 1} other values are")}: "
                + $"the column is taken for categorical ({MissingOption(value)} counts it as missing)");
        }

        return BuildCategorical(name);
    }

    /// <summary>Ends a column that a model was trained on as numbers.</summary>
    /// <exception cref="DataException">A value is no number.</exception>
    public Column BuildNumeric(TablePlaces table, string? name)
    {
        (double[] numbers, int mistakes, _, _) = Parse();
        if (mistakes > 0)
        {
            throw Mistaken(table, name, FirstMistake(numbers), numbers, "and the model was trained on numbers");
        }

        RequireOneDecimalSeparator(table, name);
        return new Column(number, name, [.. _codes], [.. _texts], numbers);
    }

    /// <summary>Ends a column that is not to be learned from, whatever its values are.</summary>
    public Column BuildLeftOut(string? name) => BuildCategorical(name).LeaveOut();

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

    /// <summary>Whether the numbers are such that no other value is a category beside them: measured ones, with few others or with stand-ins only.</summary>
    private bool AreMeasured(double[] numbers, int others, int present)
    {
        if (others * 2 > present)
        {
            return false;
        }

        bool standIns = Enumerable.Range(0, numbers.Length).All(code => !double.IsNaN(numbers[code]) || _standIns.Contains(_texts[code]));
        double[] different = [.. numbers.Where(number => !double.IsNaN(number)).Distinct()];
        bool measured = different.Length > MostNumberedCategories || different.Any(number => number != Math.Floor(number));
        return standIns || (measured && others <= present * OddShare);
    }

    private int FirstMistake(double[] numbers) => _codes.FindIndex(code => code != Column.Missing && double.IsNaN(numbers[code]));

    private static string OthersAre(int mistakes, int present) =>
        mistakes == 1 ? "while all other values are numbers" : $"while all but {mistakes} of {present} values are numbers";

    /// <summary>The complaint about a value that is no number, with what can be done.</summary>
    private DataException Mistaken(TablePlaces table, string? name, int row, double[] numbers, string others)
    {
        string text = _texts[_codes[row]];
        string[] odd = [.. _codes.Where(code => code != Column.Missing && double.IsNaN(numbers[code])).Distinct().Select(code => _texts[code])];
        string options = string.Join(' ', odd.Take(NamedTexts).Select(other => MissingOption(OneLine.Value(other))));
        string what = odd.Length == 1 ? "correct it, or count it as missing" : "correct them, or count them as missing";
        string more = odd.Length > NamedTexts ? $" and so on for {odd.Length - NamedTexts} more" : "";
        string header = row == 0 && !table.HasHeader ? ", or say --header yes if this line is a header" : "";
        return new DataException(
            $"{PlaceOf(table, name, row)}: '{OneLine.Value(text)}' {TableNumber.Complaint(text)}, {others}; {what} with {options}{more}{header}");
    }

    private string PlaceOf(TablePlaces table, string? name, int row) => $"{table.Line(row)}, {Column.LabelOf(number, name)}";

    /// <summary>The option that counts a text as missing.</summary>
    public static string MissingOption(string text) =>
        $"--missing{(text.StartsWith('-') ? '=' : ' ')}{(text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text)}";

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

    /// <summary>Ends a column of categories, whatever its values are.</summary>
    public Column BuildCategorical(string? name)
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
