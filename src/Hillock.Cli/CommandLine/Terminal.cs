using System.Text;
using Spectre.Console;

namespace Hillock.Cli.CommandLine;

/// <summary>Where the tool writes, and what can be shown there.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress, logs and errors.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>The width of a page where nobody looks: tables in a file need not wrap early.</summary>
    private const int RedirectedWidth = 140;

    /// <summary>Where the language is set, the strongest first.</summary>
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Whether results go to a person's screen, not to a file or a pipe.</summary>
    public bool OutputIsScreen { get; init; }

    /// <summary>Whether progress goes to a person's screen.</summary>
    public bool ErrorIsScreen { get; init; }

    /// <summary>Characters in a line.</summary>
    public int Width { get; init; } = RedirectedWidth;

    /// <summary>Whether more than ASCII can be shown.</summary>
    public bool Unicode { get; init; } = true;

    /// <summary>Whether colours are wanted.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether progress and remarks on the way are unwanted.</summary>
    public bool Quiet { get; init; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        // Console.Out writes through at every call; tables and documents are many small calls.
        bool utf8 = Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage;
        Encoding encoding = utf8 ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : Console.OutputEncoding;
        StreamWriter output = new(Console.OpenStandardOutput(), encoding, bufferSize: 16384);
        bool outputIsScreen = !Console.IsOutputRedirected;
        bool noColour = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(output, Console.Error)
        {
            OutputIsScreen = outputIsScreen,
            ErrorIsScreen = !Console.IsErrorRedirected,
            Width = WidthOfProcess(outputIsScreen),
            Unicode = utf8 && LocaleAllowsUnicode(),
            Colour = outputIsScreen && !noColour && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
    }

    /// <summary>A console for tables and coloured text on <see cref="Output"/>.</summary>
    public IAnsiConsole CreateConsole()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Output),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = Unicode;
        console.Profile.Capabilities.Links = false;
        return console;
    }

    /// <summary>Text in which characters beyond ASCII are replaced where they cannot be shown.</summary>
    public string Plain(string text)
    {
        if (Unicode || text.All(char.IsAscii))
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        foreach (char c in text)
        {
            plain.Append(c switch
            {
                '±' => "+-",
                '×' => "x",
                '·' => "*",
                '−' or '–' or '—' => "-",
                '→' => "->",
                '≤' => "<=",
                '≥' => ">=",
                '≈' => "~",
                '²' => "^2",
                '′' or '’' => "'",
                '∞' => "inf",
                '∪' => "or",
                '…' => "...",
                'α' => "alpha",
                'β' => "beta",
                'λ' => "lambda",
                'σ' => "sigma",
                'Φ' => "Phi",
                'π' => "pi",
                '√' => "sqrt",
                _ => char.IsAscii(c) ? c.ToString() : "?",
            });
        }

        return plain.ToString();
    }

    private static int WidthOfProcess(bool outputIsScreen)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) && columns >= 20)
        {
            return columns;
        }

        // A screen of no width is one that does not tell it, such as a console without a terminal.
        int width = outputIsScreen ? Console.WindowWidth : RedirectedWidth;
        return width >= 20 ? width : 80;
    }

    /// <summary>The locales C and POSIX promise no more than ASCII where they are asked for.</summary>
    private static bool LocaleAllowsUnicode()
    {
        string? locale = LocaleVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return locale is not ("C" or "POSIX");
    }
}
