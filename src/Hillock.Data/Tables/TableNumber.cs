using System.Globalization;
using System.Text;

namespace Hillock.Data.Tables;

/// <summary>
/// How numbers are written in tables: decimal digits with a point or, where the comma does not part values, a comma, and an exponent;
/// without thousands separators.
/// </summary>
internal static class TableNumber
{
    // Values are learned from as floats; within this range no mean or variance of doubles overflows either.
    private const double Largest = float.MaxValue;

    private const int ThousandsDigits = 3;
    private const string ThousandsSeparators = ",.'\u2019 \u00A0\u202F";

    /// <summary>Reads a number with a decimal point, and with a decimal comma too where there may be one.</summary>
    public static bool TryParse(string text, bool decimalComma, out double value) =>
        TryParse(text, out value) || (decimalComma && TryParse(text, ',', out value));

    /// <summary>Reads a number as above from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, bool decimalComma, out double value)
    {
        if (double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) <= Largest)
        {
            return true;
        }

        value = 0;
        return decimalComma && utf8.Contains((byte)',') && TryParse(Encoding.UTF8.GetString(utf8), ',', out value);
    }

    /// <summary>Says why a text is no number, to follow the quoted text.</summary>
    public static string Complaint(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return text.AsSpan().ContainsAnyInRange('0', '9') ? "is beyond the largest number, 3.4e38" : "is not a finite number";
        }

        return TryParse(text, ',', out _) ? "is not a number (a decimal point is needed, not a comma)"
            : TryParse(text, ';', out _) ? "is not a number (both commas and semicolons part numbers)"
            : HasThousands(text) ? "is not a number (thousands separators are not read: leave them out)"
            : "is not a number";
    }

    /// <summary>Whether the digits stand in groups of three, as in 1,234.5 or 1.234.567: 1,234 may be such a number too.</summary>
    public static bool HasThousands(string text)
    {
        string digits = text.TrimStart('+', '-');
        int first = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (first is < 1 or > ThousandsDigits || digits[0] == '0' || !ThousandsSeparators.Contains(digits[first], StringComparison.Ordinal))
        {
            return false;
        }

        string[] groups = digits[(first + 1)..].Split(digits[first]);
        int point = groups[^1].AsSpan().IndexOfAny(',', '.');
        string decimals = point < 0 ? "" : groups[^1][(point + 1)..];
        groups[^1] = point < 0 ? groups[^1] : groups[^1][..point];
        return Array.TrueForAll(groups, group => group.Length == ThousandsDigits && AreDigits(group)) && AreDigits(decimals);
    }

    /// <summary>
    /// Whether a text is meant as a number, though perhaps one that cannot be used: beyond the range, with a decimal comma or with
    /// thousands separators.
    /// </summary>
    public static bool IsMeantAsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || HasForeignSeparator(text);

    /// <summary>
    /// Whether a text would be a number with other decimal or thousands separators, or is the end of a number and the beginning of
    /// another, as the 5;2 of 1,5;2,5.
    /// </summary>
    public static bool HasForeignSeparator(string text) => TryParse(text, ',', out _) || TryParse(text, ';', out _) || HasThousands(text);

    /// <summary>Whether a text is a number of too great a magnitude to be learned from.</summary>
    public static bool IsBeyondRange(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && Math.Abs(value) > Largest && text.AsSpan().ContainsAnyInRange('0', '9');

    public static string ToText(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) <= Largest;

    private static bool TryParse(string text, char separator, out double value)
    {
        value = 0;
        return text.AsSpan().Count(separator) == 1 && !text.Contains('.', StringComparison.Ordinal)
            && TryParse(text.Replace(separator, '.'), out value);
    }

    private static bool AreDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
