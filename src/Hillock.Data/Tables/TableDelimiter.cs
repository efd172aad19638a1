using CsvHelper;

namespace Hillock.Data.Tables;

/// <summary>Tells the comma that parts values from the decimal comma.</summary>
internal static class TableDelimiter
{
    private const int RowsLookedAt = 100;

    /// <summary>
    /// What parts the values of a table where the comma seems to, as in 91,5;36,25, while another delimiter parts all of the first rows
    /// alike and leaves the comma within numbers alone; else null: the delimiter is the one that parts the rows most evenly.
    /// </summary>
    public static char? BesideDecimalCommas(byte[] utf8)
    {
        using CsvReader csv = CsvReader.Create(utf8, Dialect(separator: null));
        return csv.Read() && csv.Separator == ','
            ? new char?[] { ';', '\t', '|' }.FirstOrDefault(other => LeavesDecimalCommas(utf8, other))
            : null;
    }

    private static bool LeavesDecimalCommas(byte[] utf8, char? separator)
    {
        using CsvReader csv = CsvReader.Create(utf8, Dialect(separator));
        int width = 0;
        bool any = false;
        for (int row = 0; row < RowsLookedAt && csv.Read(); row++)
        {
            width = row == 0 ? csv.FieldCount : width;
            if (width < 2 || csv.FieldCount != width)
            {
                return false;
            }

            for (int c = 0; c < width; c++)
            {
                string text = csv.GetString(c);
                bool hasComma = text.Contains(',', StringComparison.Ordinal);
                bool meansNumber = hasComma && TableNumber.HasForeignSeparator(text);
                any |= meansNumber;

                // The first row may be a header, and that may be any text.
                if (hasComma && !meansNumber && row > 0)
                {
                    return false;
                }
            }
        }

        return any;
    }

    private static CsvReaderOptions Dialect(char? separator) =>
        new() { HasHeader = false, TrimWhitespace = true, Separator = separator, OnMalformedRecord = _ => { } };
}
