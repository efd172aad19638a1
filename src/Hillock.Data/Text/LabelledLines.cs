namespace Hillock.Data.Text;

/// <summary>
/// Opens a file whose every line is a class and a text: <c>ham⇥See you later</c> (a tab, and quotes are ordinary), or
/// <c>__label__ham See you later</c> as fastText has them.
/// </summary>
internal static class LabelledLines
{
    private const string Mark = "__label__";
    private const double LeastMeanSpaces = 2;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file, for messages; its last part is the data's name.</param>
    /// <param name="utf8">Its content.</param>
    /// <param name="unit">What a token is.</param>
    /// <returns>The texts; null where the lines are not such.</returns>
    /// <exception cref="DataException">There is only one class.</exception>
    public static TextSource? Open(string path, byte[] utf8, TextUnit unit)
    {
        ReadOnlySpan<byte> first = utf8.AsSpan(0, utf8.AsSpan().IndexOf((byte)'\n') is >= 0 and int end ? end : utf8.Length);
        if (!first.Contains((byte)'\t') && first.IndexOf("__label__"u8) < 0)
        {
            return null;
        }

        string[] all = TextFiles.LinesOf(path, utf8, []);
        int[] filled = [.. Enumerable.Range(0, all.Length).Where(line => !string.IsNullOrWhiteSpace(all[line]))];
        string[] lines = Array.ConvertAll(filled, line => all[line]);

        bool marked = lines.Length > 0 && lines.All(line => line.StartsWith(Mark, StringComparison.Ordinal));
        (string Label, string Text)?[] parts = Array.ConvertAll(lines, line => Cut(line, marked));
        if (parts.Length == 0 || parts.Contains(null) || (!marked && !AreTexts(parts)))
        {
            return null;
        }

        string[] labels = Array.ConvertAll(parts, part => part!.Value.Label);
        string[] texts = Array.ConvertAll(parts, part => part!.Value.Text);
        string from = marked ? $"by {Mark}" : "before the tab";
        return new TextSource(Path.GetFileName(path), texts, unit, Files.NamedClasses.Training(path, labels), from, warnings: [])
        {
            SampleLines = Array.ConvertAll(filled, line => line + 1),
        };
    }

    /// <summary>Whether texts are sentences rather than values: three words and more on average, and hardly any twice.</summary>
    public static bool AreProse(IReadOnlyCollection<string> texts)
    {
        int different = texts.Distinct(StringComparer.Ordinal).Count();
        double spaces = texts.Sum(text => (double)text.AsSpan().Trim().Count(' '));
        return different * 2 > texts.Count && spaces >= LeastMeanSpaces * texts.Count;
    }

    private static bool AreTexts((string Label, string Text)?[] parts)
    {
        int labels = parts.DistinctBy(part => part!.Value.Label).Count();
        return labels * 2 <= parts.Length && AreProse(Array.ConvertAll(parts, part => part!.Value.Text));
    }

    private static (string Label, string Text)? Cut(string line, bool marked)
    {
        int end = marked ? line.AsSpan().IndexOfAny(' ', '\t') : line.IndexOf('\t', StringComparison.Ordinal);
        if (marked)
        {
            return end < 0 ? (line[Mark.Length..], "") : (line[Mark.Length..end], line[(end + 1)..]);
        }

        return end > 0 && line.LastIndexOf('\t') == end ? (line[..end].Trim(), line[(end + 1)..]) : null;
    }
}
