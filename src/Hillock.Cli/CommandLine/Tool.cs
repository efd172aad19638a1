using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Hillock.Cli.Commands;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Interchange;
using Hillock.Laboratory;

namespace Hillock.Cli.CommandLine;

/// <summary>The command line of <c>hillock</c>.</summary>
internal sealed class Tool
{
    private readonly Terminal terminal;

    private readonly Option<bool> quiet = new("--quiet") { Description = "No progress on stderr", Recursive = true };

    private readonly Option<bool> noColour = new("--no-color")
    {
        Description = "No colours (so does the environment variable NO_COLOR)",
        Recursive = true,
    };

    private Tool(Terminal terminal) => this.terminal = terminal;

    /// <summary>The version of the tool.</summary>
    public static string Version => typeof(Tool).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The words after the name of the tool.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancellationToken">Interrupts; what is finished is kept.</param>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        Tool tool = new(terminal);
        int code = tool.Run(arguments, cancellationToken);
        try
        {
            terminal.Output.Flush();
            return code;
        }
        catch (IOException lost)
        {
            // A reader that has gone is no error (the system's stream says nothing of it), a full disk is one.
            return code == ExitCode.Success ? tool.Fail($"cannot write the results: {lost.Message}", ExitCode.Failure) : code;
        }
    }

    private int Run(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            RootCommand root = Build(arguments, cancellationToken);
            ParseResult parsed = root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

            // Help is given whatever else is on the line.
            if (parsed.Action is not HelpWithExamples && Complaint.Of(parsed, arguments) is { } complaint)
            {
                throw new UsageException(complaint);
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Error });
        }
        catch (UsageException wrong)
        {
            return Fail(wrong.Message, ExitCode.Usage);
        }
        catch (InterruptedException interrupted)
        {
            return Fail(interrupted.Message, ExitCode.Interrupted);
        }
        catch (OperationCanceledException)
        {
            return Fail("interrupted", ExitCode.Interrupted);
        }
        catch (Exception failure) when (failure is DataException or LaboratoryException or InterchangeException or IOException or UnauthorizedAccessException)
        {
            return Fail(failure.Message.ReplaceLineEndings(" "), ExitCode.Failure);
        }
        catch (Exception defect)
        {
            return Fail($"a defect of hillock, please report it: {defect}", ExitCode.Failure);
        }
    }

    private int Fail(string message, int code)
    {
        terminal.Error.WriteLine($"hillock: {terminal.Plain(message)}");
        return code;
    }

    private RootCommand Build(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        (string Name, Func<Command> Create)[] commands =
        [
            ("compare", () => CompareCommand.Create(TerminalFor, cancellationToken)),
            ("train", () => TrainCommand.Create(TerminalFor, cancellationToken)),
            ("evaluate", () => EvaluateCommand.Create(TerminalFor, cancellationToken)),
            ("diagnose", () => DiagnoseCommand.Create(TerminalFor, cancellationToken)),
            ("predict", () => PredictCommand.Create(TerminalFor, cancellationToken)),
            ("list", () => ListCommand.Create(TerminalFor)),
            ("show", () => ShowCommand.Create(TerminalFor)),
            ("plot", () => PlotCommand.Create(TerminalFor)),
            ("apply", () => ApplyCommand.Create(TerminalFor, cancellationToken)),
            ("claims", () => ClaimsCommand.Create(TerminalFor, cancellationToken)),
            ("docs", () => DocsCommand.Create(TerminalFor)),
            ("verify", () => VerifyCommand.Create(TerminalFor, cancellationToken)),
            ("bench", () => BenchCommand.Create(TerminalFor, cancellationToken)),
        ];

        // Making every option of every command takes longer than many a command: one that is named is made alone.
        RootCommand root = new("Which activation function for this data? Trains networks that differ in nothing else, and says which to use.");
        Func<Command>? named = arguments.Count == 0 ? null : Array.Find(commands, command => command.Name == arguments[0]).Create;
        foreach (Func<Command> create in named is null ? commands.Select(command => command.Create) : [named])
        {
            root.Add(create());
        }

        root.Add(quiet);
        root.Add(noColour);
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help } helpOption)
            {
                help.MaxWidth = Math.Min(terminal.Width, TextPage.GreatestWidth);
                helpOption.Action = new HelpWithExamples(help);
            }
            else if (option is VersionOption version)
            {
                version.Action = new VersionAction();
            }
        }

        // Without a command there is nothing to do but to say what could be done.
        root.SetAction(parsed => root.Parse(["--help"]).Invoke(parsed.InvocationConfiguration));
        return root;
    }

    private Terminal TerminalFor(ParseResult parsed) => terminal with
    {
        Quiet = parsed.GetValue(quiet),
        Colour = terminal.Colour && !parsed.GetValue(noColour),
    };

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            IReadOnlyList<string> examples = parseResult.CommandResult.Command is ToolCommand command
                ? command.Examples
                : parseResult.RootCommandResult.Command.Subcommands.OfType<ToolCommand>().Select(c => c.Examples[0]).ToArray();
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
            return ExitCode.Success;
        }
    }

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"hillock {Version}");
            return ExitCode.Success;
        }
    }
}
