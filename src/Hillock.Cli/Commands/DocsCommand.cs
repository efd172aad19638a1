using System.CommandLine;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Documentation;
using Hillock.Cli.Output;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock docs FOLDER</c>: writes the cards of the catalogue.</summary>
internal static class DocsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor)
    {
        Argument<string> folder = new("FOLDER") { Description = $"Where to write; the cards go into its folder {CatalogueDocumentation.Folder}" };
        ToolCommand command = new("docs", "Writes a card for each activation function, with its curve, and the table of all", ["hillock docs docs"]) { folder };
        command.SetAction(parsed =>
        {
            string target = Path.Combine(parsed.GetRequiredValue(folder), CatalogueDocumentation.Folder);
            FileWriter.RequireWritableFolder(target);
            IReadOnlyDictionary<string, string> files = CatalogueDocumentation.Files();
            foreach ((string name, string content) in files)
            {
                FileWriter.Write(Path.Combine(target, name), content);
            }

            Terminal terminal = terminalFor(parsed);
            if (!terminal.Quiet)
            {
                terminal.Output.WriteLine(terminal.Plain($"wrote {files.Count} files into {target}"));
            }
        });
        return command;
    }
}
