namespace Hillock.Data.Tables;

/// <summary>
/// A column of a table: for each row the number of one of its distinct values, and these values once each. Tables repeat themselves,
/// so this is small, and whatever is done to values is done once for each distinct one.
/// </summary>
internal sealed class Column
{
    /// <summary>Stands among <see cref="Codes"/> where the value is missing.</summary>
    public const int Missing = -1;

    public Column(int number, string? name, int[] codes, string[] texts, double[]? numbers)
    {
        Number = number;
        Name = name;
        Codes = codes;
        Texts = texts;
        Numbers = numbers;
    }

    /// <summary>The position in the table, from 1.</summary>
    public int Number { get; }

    /// <summary>The name in the header, or null.</summary>
    public string? Name { get; }

    /// <summary>For each row the index of its value, or <see cref="Missing"/>.</summary>
    public int[] Codes { get; }

    /// <summary>The distinct values as text; of a categorical column in ordinal order.</summary>
    public string[] Texts { get; }

    /// <summary>
    /// The distinct values of a numeric column as numbers, as many as <see cref="Texts"/>; null for a categorical column.
    /// </summary>
    public double[]? Numbers { get; }

    /// <summary>Whether nothing can be learned from the column, or is to be.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>How the column is called in messages.</summary>
    public string Label => LabelOf(Number, Name);

    public static string LabelOf(int number, string? name) => name is null ? $"column {number}" : $"column {number} ({OneLine.Value(name)})";

    /// <summary>A numeric column without text, as synthetic sets have them.</summary>
    public static Column OfNumbers(int number, string name, double[] values)
    {
        int[] codes = new int[values.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = i;
        }

        return new Column(number, name, codes, new string[values.Length], values);
    }

    /// <summary>A column that is left out and need not be there.</summary>
    public static Column Absent(int number, string? name, int rows)
    {
        int[] codes = new int[rows];
        Array.Fill(codes, Missing);
        return new Column(number, name, codes, [], numbers: null) { IsLeftOut = true };
    }

    /// <summary>The same column with only the given rows.</summary>
    public Column Take(int[] rows) => new(Number, Name, Array.ConvertAll(rows, row => Codes[row]), Texts, Numbers) { IsLeftOut = IsLeftOut };

    /// <summary>The same column, left out.</summary>
    public Column LeaveOut() => new(Number, Name, Codes, Texts, Numbers) { IsLeftOut = true };

    /// <summary>Whether numbers of the column are written with a decimal separator.</summary>
    public bool HasDecimal(char separator) => Numbers is not null && Array.Exists(Texts, text => text.Contains(separator, StringComparison.Ordinal));

    /// <summary>Whether there are some and all of them could be thousands separators as well, as in 1,234.</summary>
    public bool MayHaveThousands(char separator) => HasDecimal(separator)
        && Array.TrueForAll(Texts, text => !text.Contains(separator, StringComparison.Ordinal) || TableNumber.HasThousands(text));

    /// <summary>How often each distinct value occurs.</summary>
    public int[] Counts() => Counts(Codes, Texts.Length);

    public static int[] Counts(ReadOnlySpan<int> codes, int values)
    {
        int[] counts = new int[values];
        foreach (int code in codes)
        {
            if (code != Missing)
            {
                counts[code]++;
            }
        }

        return counts;
    }
}
