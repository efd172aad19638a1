namespace Hillock.Cli.Drawing;

/// <summary>Room for the names of candidates beside the rows of a chart.</summary>
internal static class CandidateLabels
{
    /// <summary>How many letters fit above a panel.</summary>
    public const int PanelLetters = 26;

    private const int RowLetters = 42;
    private const double LetterWidth = 6.9;
    private const double LeastWidth = 120;

    /// <summary>The width that the names need, with a gap to the rows.</summary>
    public static double Width(IEnumerable<string> names) => Math.Max(LeastWidth, 24 + (LetterWidth * names.Max(n => Math.Min(n.Length, RowLetters))));

    /// <summary>A name as it fits beside a row.</summary>
    public static string Shorten(string name) => Shorten(name, RowLetters);

    /// <summary>Writes a name of at most so many letters; a longer one is cut, and shows where the pointer rests on it.</summary>
    public static void Write(Svg svg, double x, double y, string name, string style, TextAnchor anchor = TextAnchor.Start, int letters = RowLetters) =>
        svg.Text(x, y, Shorten(name, letters), style, anchor, name.Length > letters ? name : "");

    /// <summary>A name of at most so many letters.</summary>
    public static string Shorten(string name, int letters) => name.Length <= letters ? name : name[..(letters - 1)] + "…";
}
