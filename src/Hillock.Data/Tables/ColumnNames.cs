using System.Globalization;
using Hillock.Activations.Catalogue;

namespace Hillock.Data.Tables;

/// <summary>Finds the columns that the user names.</summary>
/// <param name="file">The file's name, for messages.</param>
/// <param name="names">The names in the header, null where a column has none.</param>
internal sealed class ColumnNames(string file, string?[] names)
{
    /// <summary>The number of columns.</summary>
    public int Count => names.Length;

    /// <summary>The name of a column, or null.</summary>
    public string? this[int column] => names[column];

    /// <summary>The index of a column: by name as written, by name in any case, by number from 1 or from the end.</summary>
    /// <exception cref="DataException">There is no such column, or more than one.</exception>
    public int Find(string given)
    {
        foreach (StringComparison comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            int first = Array.FindIndex(names, name => string.Equals(name, given, comparison));
            int last = Array.FindLastIndex(names, name => string.Equals(name, given, comparison));
            if (first != last)
            {
                throw new DataException($"{file}: columns {first + 1} and {last + 1} are both called '{given}'; give the column's number");
            }

            if (first >= 0)
            {
                return first;
            }
        }

        if (!int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            throw new DataException($"{file}: there is no column '{given}'; {Advice(given)}");
        }

        if (number == 0 || Math.Abs((long)number) > names.Length)
        {
            throw new DataException(
                $"{file}: there is no column {number}; columns count from 1 to {names.Length}, or from -1 backwards from the last");
        }

        return number > 0 ? number - 1 : names.Length + number;
    }

    private string Advice(string given)
    {
        const int Most = 20;
        string[] known = [.. names.OfType<string>()];
        return known.Length == 0 ? $"the file has no header, so columns go by number, 1 to {names.Length}"
            : NearestName.Find(given, known) is string nearest ? $"did you mean '{OneLine.Value(nearest)}'?"
            : $"the columns are {string.Join(", ", known.Take(Most).Select(OneLine.Value))}"
                + (known.Length > Most ? $" and {known.Length - Most} more" : "");
    }
}
