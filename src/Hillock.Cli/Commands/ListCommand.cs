using System.CommandLine;
using Hillock.Activations.Catalogue;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Output;
using Spectre.Console;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock list</c>: what activations there are.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor)
    {
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        ToolCommand command = new("list", "Lists the activation functions", ["hillock list", "hillock list --json"]) { json };
        command.SetAction(parsed =>
        {
            Terminal terminal = terminalFor(parsed);
            if (parsed.GetValue(json))
            {
                terminal.Output.Write(Json.Text(new ListDocument("hillock.list/1", [.. ActivationCatalogue.All.Select(CatalogueEntry.Of)])));
                return;
            }

            Write(terminal);
        });
        return command;
    }

    private static void Write(Terminal terminal)
    {
        FittedTable table = new(terminal);
        table.AddColumn("name", priority: 0);
        table.AddColumn("formula", priority: 1, leastWidth: 28);
        table.AddColumn("range", priority: 2);
        table.AddColumn("cost", priority: 3);
        table.AddColumn("title", priority: 4);
        foreach (ActivationDefinition definition in ActivationCatalogue.All)
        {
            ActivationFacts facts = definition.Facts;
            Cell name = new(facts.Name, Decoration: Decoration.Bold);
            table.AddRow([name, new(definition.Formula), new(facts.Range), new(Words.Cost(facts.Cost)), new(facts.Title)]);
            foreach (ActivationAlias alias in facts.Aliases)
            {
                string meaning = alias.Arguments.Length > 0 ? $"= {facts.Name}({alias.Arguments})" : $"= {facts.Name}";
                table.AddRow([new("  " + alias.Name, Decoration: Decoration.Bold), new(meaning, Color.Grey), new(""), new(""), new("")]);
            }
        }

        table.Write();
        terminal.Output.WriteLine();
        terminal.Output.WriteLine("'hillock show NAME' tells more of each.");
    }
}
