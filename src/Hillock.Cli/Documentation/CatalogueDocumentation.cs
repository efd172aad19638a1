using Hillock.Activations.Catalogue;
using Hillock.Cli.Output;

namespace Hillock.Cli.Documentation;

/// <summary>The generated part of the documentation that depends on the catalogue alone: a card for each activation, and the table of all.</summary>
internal static class CatalogueDocumentation
{
    /// <summary>The folder below the documentation.</summary>
    public const string Folder = "activations";

    /// <summary>The files, by name, in the folder of the cards.</summary>
    public static IReadOnlyDictionary<string, string> Files()
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal) { ["README.md"] = Index() };
        foreach (ActivationDefinition definition in ActivationCatalogue.All)
        {
            files[$"{definition.Facts.Name}.md"] = ActivationCard.Text(definition);
            files[$"{definition.Facts.Name}.svg"] = ActivationCard.Drawing(definition);
        }

        return files;
    }

    private static string Index()
    {
        MarkdownPage page = new();
        page.Heading(1, "Activation functions");
        page.Paragraph(
            $"All {ActivationCatalogue.All.Count} functions of the catalogue, each with a card. This folder is generated from the sources of the functions: "
            + "`hillock docs docs` writes it anew.");
        page.Table(
            ["function", "formula", "range", "monotone", "smooth", "saturates", "parameters", "cost of an element", "frameworks"],
            ActivationCatalogue.All.Select(Row));
        return page.ToString();
    }

    private static string[] Row(ActivationDefinition definition)
    {
        ActivationFacts facts = definition.Facts;
        string aliases = string.Concat(facts.Aliases.Select(a => $", {a.Name}"));
        return
        [
            $"[{facts.Name}]({facts.Name}.md){aliases}",
            $"`{definition.Formula}`",
            facts.Range,
            MarkdownPage.YesOrNo(facts.Monotone),
            MarkdownPage.YesOrNo(facts.Smooth),
            Words.Saturation(facts.Saturation),
            facts.Parameters.Count == 0
                ? "none"
                : string.Join(", ", facts.Parameters.Select(p => p.Name)) + (facts.Parameters.All(p => p.IsCount) ? "" : ": can be learned"),
            Words.Cost(facts.Cost),
            string.Join(", ", facts.Peers.Select(p => p.Framework).Distinct()),
        ];
    }
}
