using Hillock.Activations.Catalogue;
using Hillock.Cli.Documentation;

namespace Hillock.Cli.Tests.Commands;

public sealed class DocsCommandTests : IDisposable
{
    private const string Command = "dotnet run -c Release --project src/Hillock.Cli -- docs docs";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_committed_cards_are_what_the_command_writes_today()
    {
        string committed = Path.Combine(Repository.Root, "docs", CatalogueDocumentation.Folder);
        IReadOnlyDictionary<string, string> files = CatalogueDocumentation.Files();
        Directory.GetFiles(committed).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ShouldBe(
            files.Keys, $"delete what is no more in {committed} and run '{Command}'");
        foreach ((string name, string content) in files)
        {
            File.ReadAllText(Path.Combine(committed, name)).ReplaceLineEndings("\n").ShouldBe(content, $"{name} is out of date: run '{Command}'");
        }
    }

    [Fact]
    public void Each_activation_has_a_card_and_a_row()
    {
        Outcome run = InProcess.Run("docs", folder["here"]);
        run.ShouldBe(new Outcome(0, $"wrote {CatalogueDocumentation.Files().Count} files into {folder["here/activations"]}\n", ""));
        string index = File.ReadAllText(folder["here/activations/README.md"]);
        foreach (ActivationDefinition definition in ActivationCatalogue.All)
        {
            string name = definition.Facts.Name;
            index.ShouldContain($"[{name}]({name}.md)");
            string card = File.ReadAllText(folder[$"here/activations/{name}.md"]);
            card.ShouldStartWith("# ");
            card.ShouldContain(definition.Facts.WhenToUse);
            File.Exists(folder[$"here/activations/{name}.svg"]).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_one_line()
    {
        File.WriteAllText(folder["file"], "");
        Outcome run = InProcess.Run("docs", folder["file"]);
        run.Code.ShouldBe(1);
        run.ErrorLine().ShouldContain("cannot write into the folder");
    }
}
