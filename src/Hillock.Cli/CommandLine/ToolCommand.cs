using System.CommandLine;

namespace Hillock.Cli.CommandLine;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class ToolCommand(string name, string description, IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Command lines that work, each with what it does after a <c>#</c>.</summary>
    public IReadOnlyList<string> Examples => examples;
}
