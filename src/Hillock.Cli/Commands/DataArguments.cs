using System.CommandLine;
using Hillock.Cli.CommandLine;
using Hillock.Data;
using Hillock.Data.Text;

namespace Hillock.Cli.Commands;

/// <summary>The data of a command, and the options that say how to read them.</summary>
internal sealed class DataArguments
{
    private readonly Argument<string?> name;
    private readonly string? byDefault;
    private readonly Option<string?> target = Options.Text(
        "--target", "The column to tell: its name, or its number from 1, or from the end if negative (the last unless given)", "COLUMN");

    private readonly Option<IReadOnlyList<string>?> leaveOut = Options.TextList(
        "--leave-out", "Columns that are not to be learned from, such as ids: names or numbers as for --target; may be given several times", "COLUMN,COLUMN");

    private readonly Option<TaskKind?> task;
    private readonly Option<int?> context = Options.WholeNumber(
        "--context", "The characters that are read at a time, for --task next-character (128 unless given)", 1, 65_536);

    // Not a bool: the parser takes only true and false after an option of that type.
    private readonly Option<HeaderLine?> header = Options.Choice(
        "--header", "Whether a table's first line is a header (detected unless given)", ("yes", HeaderLine.Present), ("no", HeaderLine.Absent));

    private readonly Option<string[]> missing = new("--missing")
    {
        Description = "A text that means a missing value, besides ?, nothing, NA and NaN; may be given several times",
        HelpName = "TEXT",
    };

    private readonly Option<string?> folder = Options.Text("--data-dir", "Where data sets like mnist are looked for first", "DIR");
    private readonly Option<int?> samples = Options.WholeNumber("--samples", "Samples of a built-in set such as digits", 2, 10_000_000);

    private readonly Option<int?> melBands = Options.WholeNumber("--mel-bands", "The mel bands of sounds (40 unless given)", 1, 256);

    private readonly Option<TextUnit?> textUnit = Options.Choice(
        "--text-unit", "What a token of a text is (words unless given)", ("words", TextUnit.Words), ("characters", TextUnit.Characters));

    private readonly DataUse use;

    /// <summary>Makes the arguments.</summary>
    /// <param name="description">What the data are for.</param>
    /// <param name="byDefault">The data where none are given; null where they must be.</param>
    /// <param name="use">Who says what is to be learned from them.</param>
    public DataArguments(string description, string? byDefault = null, DataUse use = DataUse.Compare)
    {
        this.byDefault = byDefault;
        this.use = use;
        (string, TaskKind)[] tasks = [("classification", TaskKind.Classification), ("regression", TaskKind.Regression)];
        task = Options.Choice(
            "--task",
            use == DataUse.Train
                ? "What is to be learned (told by the target unless given); next-character learns how a text file goes on"
                : "What is to be learned (told by the target unless given)",
            use == DataUse.Train ? [.. tasks, ("next-character", TaskKind.NextCharacter)] : tasks);
        name = new("DATA")
        {
            HelpName = "DATA",
            Description = description,
            Arity = byDefault is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
        name.CompletionSources.Add([.. DataSources.Names.Select(n => n.Name)]);
    }

    private enum HeaderLine
    {
        Present,
        Absent,
    }

    /// <summary>Adds the data to a command, and its options between others.</summary>
    public void AddTo(Command command, IEnumerable<Option> before, IEnumerable<Option> after)
    {
        command.Add(name);
        IEnumerable<Option> own = use switch
        {
            DataUse.Model => [header, missing, folder, samples],
            DataUse.Train => [target, leaveOut, task, context, header, missing, melBands, textUnit, folder, samples],
            _ => [target, leaveOut, task, header, missing, melBands, textUnit, folder, samples],
        };
        foreach (Option option in before.Concat(own).Concat(after))
        {
            command.Add(option);
        }
    }

    /// <summary>The name or path of the data.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(name) ?? byDefault!;

    /// <summary>How to find and read them.</summary>
    public DataOptions Read(ParseResult parsed) => new()
    {
        Target = use == DataUse.Model ? null : parsed.GetValue(target),
        LeaveOut = use == DataUse.Model ? [] : parsed.GetValue(leaveOut) ?? [],
        Task = use == DataUse.Model ? null : parsed.GetValue(task),
        Context = use == DataUse.Train ? parsed.GetValue(context) : null,
        Header = parsed.GetValue(header) is { } line ? line == HeaderLine.Present : null,
        MissingTokens = parsed.GetValue(missing) ?? [],
        DataDirectory = parsed.GetValue(folder),
        Samples = parsed.GetValue(samples),
        MelBands = use == DataUse.Model ? null : parsed.GetValue(melBands),
        TextUnit = use == DataUse.Model ? null : parsed.GetValue(textUnit),
    };

    /// <summary>Says what is suspicious about data.</summary>
    public static void Warn(IReadOnlyList<string> warnings, Terminal terminal)
    {
        foreach (string warning in warnings)
        {
            terminal.Error.WriteLine($"hillock: warning: {terminal.Plain(warning)}");
        }
    }
}

/// <summary>What data are for.</summary>
internal enum DataUse
{
    /// <summary>Candidates are compared on them.</summary>
    Compare,

    /// <summary>A network learns from them.</summary>
    Train,

    /// <summary>A model judges them, which says which column is the target and which are not looked at.</summary>
    Model,
}
