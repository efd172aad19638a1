using System.Globalization;

namespace Hillock.Data.Tables;

/// <summary>How numbers are written in tables: decimal digits with a point and an exponent, the same in every country.</summary>
internal static class TableNumber
{
    // Values are learned from as floats; within this range no mean or variance of doubles overflows either.
    private const double Largest = float.MaxValue;

    public static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) <= Largest;

    /// <summary>Says why a text is no number, to follow the quoted text.</summary>
    public static string Complaint(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return text.AsSpan().ContainsAnyInRange('0', '9') ? "is beyond the largest number, 3.4e38" : "is not a finite number";
        }

        return HasDecimalComma(text) ? "is not a number (a decimal point is needed, not a comma)" : "is not a number";
    }

    /// <summary>
    /// Whether a text is a number as 1,5 for one and a half, or two of these with the semicolon that should have parted them.
    /// </summary>
    public static bool HasDecimalComma(string text)
    {
        int separator = text.AsSpan().IndexOfAny(',', ';');
        return separator >= 0 && TryParse($"0{text[(separator + 1)..]}", out _) && (separator == 0 || TryParse(text[..separator], out _));
    }

    /// <summary>Whether a text is meant as a number, though perhaps one that cannot be used: beyond the range, or with a decimal comma.</summary>
    public static bool IsMeantAsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || HasDecimalComma(text);

    public static string ToText(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
