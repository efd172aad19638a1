using System.Text;

namespace Hillock.Cli.Documentation;

/// <summary>Writes a page of Markdown as GitHub shows it.</summary>
internal sealed class MarkdownPage
{
    private readonly StringBuilder _text = new();

    /// <summary>A heading.</summary>
    public void Heading(int level, string text) => Block($"{new string('#', level)} {Escaped(text)}");

    /// <summary>A paragraph, with marks of Markdown where they are meant.</summary>
    public void Paragraph(string text) => Block(text);

    /// <summary>A formula on a line of its own.</summary>
    public void Formula(string latex) => Block($"```math\n{latex}\n```");

    /// <summary>Lines as they are.</summary>
    public void Code(string text) => Block($"```\n{text}\n```");

    /// <summary>A list.</summary>
    public void List(IEnumerable<string> items) => Block(string.Join('\n', items.Select(i => $"- {i}")));

    /// <summary>A table.</summary>
    /// <param name="titles">Its headings.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="numbersFrom">The first column of numbers, which are flush right.</param>
    public void Table(IReadOnlyList<string> titles, IEnumerable<IReadOnlyList<string>> rows, int numbersFrom = int.MaxValue)
    {
        StringBuilder table = new();
        table.Append(Row(titles)).Append('\n').Append(Row([.. titles.Select((_, i) => i < numbersFrom ? "---" : "---:")]));
        foreach (IReadOnlyList<string> row in rows)
        {
            table.Append('\n').Append(Row([.. row.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))]));
        }

        Block(table.ToString());
    }

    /// <summary>A fact that holds or does not.</summary>
    public static string YesOrNo(bool holds) => holds ? "yes" : "no";

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Escaped(string text) => text.Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private void Block(string text)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(text).Append('\n');
    }
}
