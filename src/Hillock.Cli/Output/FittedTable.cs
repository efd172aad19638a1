using Hillock.Cli.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Hillock.Cli.Output;

/// <summary>What stands in a cell, and how.</summary>
internal readonly record struct Cell(string Text, Color? Colour = null, Decoration Decoration = Decoration.None);

/// <summary>
/// A table that leaves out its less important columns where the terminal is too narrow for all, and breaks lines only in the column that may be broken.
/// </summary>
internal sealed class FittedTable(Terminal terminal)
{
    /// <summary>Characters between two columns.</summary>
    private const int Gap = 2;

    private readonly List<(string Title, int Priority, bool Right, int? LeastWidth)> columns = [];
    private readonly List<Cell[]> rows = [];

    /// <summary>Adds a column.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="priority">The columns with the greatest numbers go first where space is short; 0 stays always.</param>
    /// <param name="right">Whether the column is flush right, as numbers are.</param>
    /// <param name="leastWidth">The width down to which its lines may be broken; null where they may not. For one column at most.</param>
    public void AddColumn(string title, int priority, bool right = false, int? leastWidth = null) =>
        columns.Add((terminal.Plain(title), priority, right, leastWidth));

    /// <summary>Adds a row with a cell for every column.</summary>
    public void AddRow(Cell[] cells) => rows.Add([.. cells.Select(c => c with { Text = terminal.Plain(c.Text) })]);

    /// <summary>Writes the table, and below it which columns had no space.</summary>
    /// <param name="elsewhere">Where those are to be found.</param>
    public void Write(string elsewhere = "a wider terminal or --json")
    {
        int[] widths = [.. columns.Select((c, i) => rows.Select(r => r[i].Text.Length).Append(c.Title.Length).Max())];
        List<int> shown = Fit(widths);
        int elastic = shown.Find(i => columns[i].LeastWidth is not null);
        int others = shown.Sum(i => i == elastic ? Gap : widths[i] + Gap) - Gap;
        widths[elastic] = Math.Min(widths[elastic], Math.Max(terminal.Width - others, columns[elastic].LeastWidth ?? widths[elastic]));

        // Headings and the line below them are rows like others: the borders of the library come with empty lines around the table.
        Table table = new() { Border = TableBorder.None, ShowHeaders = false };
        foreach (int i in shown)
        {
            table.AddColumn(new TableColumn("")
            {
                Width = widths[i],
                NoWrap = columns[i].LeastWidth is null,
                Padding = new Padding(0, 0, i == shown[^1] ? 0 : Gap, 0),
                Alignment = columns[i].Right ? Justify.Right : Justify.Left,
            });
        }

        Style pale = new(Color.Grey);
        char rule = terminal.Unicode ? '─' : '-';
        table.AddRow(shown.Select(i => new Text(columns[i].Title, pale)));
        table.AddRow(shown.Select(i => new Text(new string(rule, columns[i].Title.Length == 0 ? 0 : widths[i]), pale)));
        foreach (Cell[] row in rows)
        {
            table.AddRow(shown.Select(i => (IRenderable)new Text(row[i].Text, new Style(row[i].Colour, decoration: row[i].Decoration))));
        }

        WriteTrimmed(table);
        string[] absent = [.. Enumerable.Range(0, columns.Count).Where(i => HasContent(i) && !shown.Contains(i)).Select(i => columns[i].Title)];
        if (absent.Length > 0)
        {
            terminal.Output.WriteLine();
            foreach (string line in TextPage.Wrap(terminal.Plain($"Not shown for lack of width: {string.Join(", ", absent)}; see {elsewhere}."), terminal.Width))
            {
                terminal.Output.WriteLine(line);
            }
        }
    }

    private bool HasContent(int column) => columns[column].Priority == 0 || rows.Exists(r => r[column].Text.Length > 0);

    /// <summary>The least width of a column: that of its longest word where its lines may be broken, but no more than what the columns that always stay leave.</summary>
    private int Least(int column, int[] widths)
    {
        if (columns[column].LeastWidth is not { } least)
        {
            return widths[column];
        }

        int word = rows.Max(r => r[column].Text.Split(' ').Max(w => w.Length));
        int left = terminal.Width - Enumerable.Range(0, columns.Count).Where(i => columns[i].Priority == 0).Sum(i => widths[i] + Gap);
        return Math.Min(widths[column], Math.Max(least, Math.Min(word, left)));
    }

    /// <summary>The columns for which there is space.</summary>
    private List<int> Fit(int[] widths)
    {
        List<int> shown = [.. Enumerable.Range(0, columns.Count).Where(HasContent)];
        while (shown.Sum(i => Least(i, widths) + Gap) - Gap > terminal.Width)
        {
            int least = shown.MaxBy(i => columns[i].Priority);
            if (columns[least].Priority == 0)
            {
                break;
            }

            shown.Remove(least);
        }

        return shown;
    }

    /// <summary>Writes the table without the spaces that fill up its last column.</summary>
    private void WriteTrimmed(Table table)
    {
        using StringWriter text = new();
        (terminal with { Output = text }).CreateConsole().Write(table);
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            terminal.Output.WriteLine(line.TrimEnd());
        }
    }
}
