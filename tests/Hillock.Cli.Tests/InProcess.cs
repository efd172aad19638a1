using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests;

/// <summary>What a command line did.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>The one line of an error; fails where there are more or none.</summary>
    public string ErrorLine()
    {
        Output.ShouldBe("");
        string line = Error.TrimEnd('\n');
        line.ShouldNotBe("");
        line.ShouldNotContain('\n');
        line.ShouldStartWith("hillock: ");
        return line;
    }
}

/// <summary>Runs the tool in the process of the tests.</summary>
internal static class InProcess
{
    public static Outcome Run(params string[] arguments) => Run(arguments, t => t);

    public static Outcome Run(string[] arguments, Func<Terminal, Terminal> set, CancellationToken cancellationToken = default)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int code = Tool.Run(arguments, set(new Terminal(output, error)), cancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
