using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Cli.Output;

/// <summary>The JSON document of <c>hillock list</c>.</summary>
internal sealed record ListDocument(string Schema, IReadOnlyList<CatalogueEntry> Activations);

/// <summary>The JSON document of <c>hillock show</c>.</summary>
internal sealed record ShowDocument(
    string Schema, string Activation, string? BuiltIn, CatalogueEntry Definition, IReadOnlyList<ParameterEntry> Modes, MeasuredEntry? Measured,
    IReadOnlyList<DisagreementEntry> Disagreements);

/// <summary>One entry of the catalogue.</summary>
internal sealed record CatalogueEntry(
    string Name,
    string Title,
    string Summary,
    string Formula,
    string Derivative,
    string FormulaLatex,
    string? DerivativeLatex,
    IReadOnlyList<DeclarationEntry> Parameters,
    IReadOnlyList<AliasEntry> Aliases,
    string Domain,
    string Range,
    bool Monotone,
    bool Smooth,
    bool ZeroCentred,
    string Saturation,
    string Initialisation,
    string Cost,
    IReadOnlyList<string> GradientFrom,
    string Kink,
    IReadOnlyList<string> Strengths,
    IReadOnlyList<string> Weaknesses,
    string WhenToUse,
    IReadOnlyList<PeerEntry> Peers,
    string Paper)
{
    /// <summary>The entry of a definition.</summary>
    public static CatalogueEntry Of(ActivationDefinition definition)
    {
        ActivationFacts facts = definition.Facts;
        return new CatalogueEntry(
            facts.Name,
            facts.Title,
            facts.Summary,
            definition.Formula,
            definition.Derivative,
            definition.FormulaLatex,
            definition.DerivativeLatex,
            [.. facts.Parameters.Select(p => new DeclarationEntry(p.Name, p.Default, p.Minimum, p.Maximum, p.Meaning))],
            [.. facts.Aliases.Select(a => new AliasEntry(a.Name, a.Arguments, a.Summary, a.Paper))],
            facts.Domain.Text,
            facts.Range,
            facts.Monotone,
            facts.Smooth,
            facts.ZeroCentred,
            facts.Saturation.ToString().ToLowerInvariant(),
            facts.Initialisation.ToString().ToLowerInvariant(),
            Words.Cost(facts.Cost),
            Words.GradientFrom(definition),
            facts.Kink,
            facts.Strengths,
            facts.Weaknesses,
            facts.WhenToUse,
            [.. facts.Peers.Select(p => new PeerEntry(p.Framework, p.Name, p.Difference, p.Preset))],
            facts.Paper);
    }
}

/// <summary>A parameter that a formula declares.</summary>
internal sealed record DeclarationEntry(string Name, double Default, double Minimum, double Maximum, string Meaning);

/// <summary>A parameter as the activation that was asked for sets it.</summary>
internal sealed record ParameterEntry(string Name, string Mode, double Value)
{
    /// <summary>The parameters of an activation.</summary>
    public static IReadOnlyList<ParameterEntry> Of(Activation activation) =>
        [.. activation.Definition.Facts.Parameters.Zip(activation.Modes, (p, mode) => new ParameterEntry(p.Name, mode.Text, mode.EvaluationValue))];
}

/// <summary>Another name.</summary>
internal sealed record AliasEntry(string Name, string Arguments, string Summary, string Paper);

/// <summary>What a framework calls it, and the parameters that give its default; null where it has none.</summary>
internal sealed record PeerEntry(string Framework, string Name, string Difference, string? Preset);

/// <summary>What a framework computes by default, where another computes something else under the same name.</summary>
internal sealed record DisagreementEntry(string Framework, string Name, string Activation)
{
    /// <summary>The defaults that are not the same everywhere.</summary>
    public static IReadOnlyList<DisagreementEntry> Of(ActivationDefinition definition) =>
        [.. FrameworkDefaults.Disagreements(definition).Select(d => new DisagreementEntry(d.Framework, d.Name, d.Activation.Specification))];
}

/// <summary>What is computed.</summary>
internal sealed record MeasuredEntry(double LargestSlope, double AtZero, double NormalMean, double NormalVariance, double NormalSquaredSlope)
{
    /// <summary>What is computed of an element-wise activation; null of others.</summary>
    public static MeasuredEntry? Of(Activation activation)
    {
        if (!activation.Definition.IsElementwise)
        {
            return null;
        }

        MeasuredFacts facts = MeasuredFacts.Of(activation);
        return new MeasuredEntry(facts.LargestSlope, facts.AtZero, facts.NormalMean, facts.NormalVariance, facts.NormalSquaredSlope);
    }
}
