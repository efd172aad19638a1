namespace Hillock.Data;

/// <summary>Keeps messages to one line, whatever the file holds that they quote.</summary>
internal static class OneLine
{
    private const int LongestValue = 60;

    /// <summary>A text without line ends.</summary>
    public static string Of(string text) => text.ReplaceLineEndings(" ");

    /// <summary>A value of a file, shortened if it is long.</summary>
    public static string Value(string value) => value.Length <= LongestValue ? value : string.Concat(value.AsSpan(0, LongestValue), "…");
}
