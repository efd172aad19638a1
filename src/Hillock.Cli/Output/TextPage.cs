using Hillock.Cli.CommandLine;
using Hillock.Laboratory;
using Spectre.Console;

namespace Hillock.Cli.Output;

/// <summary>Writes headings, facts and paragraphs, wrapped to the width of the terminal.</summary>
internal sealed class TextPage(Terminal terminal)
{
    /// <summary>Longer lines are hard to read however wide the window is.</summary>
    public const int GreatestWidth = 110;

    private const int LabelWidth = 18;

    private readonly IAnsiConsole console = terminal.CreateConsole();

    private int Width => Math.Min(terminal.Width, GreatestWidth);

    /// <summary>An empty line.</summary>
    public void Gap() => terminal.Output.WriteLine();

    /// <summary>A line that stands out.</summary>
    public void Heading(string text) => console.WriteLine(terminal.Plain(text), new Style(decoration: Decoration.Bold));

    /// <summary>A line as it is.</summary>
    public void Line(string text, Color? colour = null) =>
        console.Write(new Text(terminal.Plain(text) + "\n", new Style(colour)) { Overflow = Overflow.Fold });

    /// <summary>A line that must not be broken, such as a part of a drawing.</summary>
    public void Verbatim(string line) => terminal.Output.WriteLine(line);

    /// <summary>A paragraph.</summary>
    public void Paragraph(string text, string indent = "", string? bullet = null)
    {
        string first = indent + bullet;
        string rest = indent + new string(' ', bullet?.Length ?? 0);
        foreach (string line in Wrap(terminal.Plain(text), Width - first.Length))
        {
            terminal.Output.WriteLine(first + line);
            first = rest;
        }
    }

    /// <summary>What is wrong, why, and what to do.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="bullet">What stands before it.</param>
    /// <param name="where">Where it was found, with a colon and a space; empty where that is clear.</param>
    public void Finding(Finding finding, string bullet, string where = "")
    {
        string indent = new(' ', 2 + bullet.Length);
        Paragraph($"{where}{finding.Text} [{finding.Code}]", "  ", bullet);
        Paragraph(Sentences.Whole(finding.Cause), indent);
        Paragraph($"{(terminal.Unicode ? "→" : "->")} {finding.Advice}", indent);
    }

    /// <summary>A label and what it stands for; nothing where there is nothing to tell.</summary>
    public void Fact(string label, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        string margin = "  " + label.PadRight(LabelWidth);
        bool narrow = Width < 60;
        if (narrow)
        {
            console.WriteLine("  " + label, new Style(Color.Grey));
            margin = "    ";
        }

        bool first = !narrow;
        foreach (string line in Wrap(terminal.Plain(text), Width - margin.Length))
        {
            if (first)
            {
                console.Write(new Text(margin, new Style(Color.Grey)));
                terminal.Output.WriteLine(line);
                (first, margin) = (false, new string(' ', margin.Length));
                continue;
            }

            terminal.Output.WriteLine(margin + line);
        }
    }

    /// <summary>Breaks a text at spaces, but not beside an equals sign; a word longer than a line stays whole.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        const string Equation = "\u00a0=\u00a0";
        string line = "";
        foreach (string unit in text.Replace(" = ", Equation).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string word = unit.Replace(Equation, " = ");
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
