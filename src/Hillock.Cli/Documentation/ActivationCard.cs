using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;

namespace Hillock.Cli.Documentation;

/// <summary>The page of one activation in the documentation, and its drawing.</summary>
internal static class ActivationCard
{
    private const double Reach = 5;
    private const int Points = 241;

    /// <summary>The page.</summary>
    public static string Text(ActivationDefinition definition)
    {
        ActivationFacts facts = definition.Facts;
        MarkdownPage page = new();
        page.Heading(1, facts.Title);
        page.Paragraph($"`{facts.Name}` · {facts.Summary}");
        page.Formula(Words.FormulaLatex(definition));
        if (Words.DerivativeLatex(definition) is { } derivative)
        {
            page.Formula(derivative);
        }

        string drawn = definition.IsElementwise ? "" : $", first output of {definition.Example(new Activation(definition).Modes)}";
        page.Paragraph($"![{facts.Title}{drawn}: value solid, derivative dashed]({facts.Name}.svg)");
        if (facts.Kink.Length > 0)
        {
            page.Paragraph($"At the kink: {facts.Kink}");
        }

        if (facts.Parameters.Count > 0)
        {
            page.Heading(2, "Parameters");
            page.Table(
                ["name", "unless given", "from", "to", "what it does"],
                facts.Parameters.Select(p => new[]
                {
                    $"`{p.Name}`", Words.Significant(p.Default, 8), Words.Significant(p.Minimum, 3), Words.Significant(p.Maximum, 3), p.Meaning,
                }));
            page.Paragraph(facts.Parameters.All(p => p.IsCount)
                ? "A whole number, neither learned nor drawn."
                : "Each can be a number, learned (`learn`, `learn(channel)`) or drawn in training (`uniform(a, b)`).");
        }

        if (facts.Aliases.Count > 0)
        {
            page.Heading(2, "Also known as");
            page.List(facts.Aliases.Select(a =>
                $"`{a.Name}`{(a.Arguments.Length > 0 ? $" = `{facts.Name}({a.Arguments})`" : "")}: {a.Summary} {a.Paper}".TrimEnd() + "."));
        }

        page.Heading(2, "Facts");
        page.Table(["", ""], Facts(definition).Select(f => new[] { f.Name, f.Value }));
        page.Heading(2, "Strengths");
        page.List(facts.Strengths);
        page.Heading(2, "Weaknesses");
        page.List(facts.Weaknesses);
        page.Heading(2, "When to use it");
        page.Paragraph(facts.WhenToUse);
        if (facts.Peers.Count > 0)
        {
            page.Heading(2, "Elsewhere");
            page.Table(["framework", "name", "difference"], facts.Peers.Select(p => new[] { p.Framework, $"`{p.Name}`", p.Difference }));
        }

        page.Heading(2, "Paper");
        page.Paragraph(facts.Paper);
        return page.ToString();
    }

    /// <summary>The drawing of value and derivative.</summary>
    public static string Drawing(ActivationDefinition definition) =>
        FunctionChart.Draw([ActivationCurve.Sample(new Activation(definition), -Reach, Reach, Points)]).ToFile();

    private static IEnumerable<(string Name, string Value)> Facts(ActivationDefinition definition)
    {
        ActivationFacts facts = definition.Facts;
        if (facts.Domain != Domain.Everywhere)
        {
            yield return ("domain", facts.Domain.Text);
        }

        yield return ("range", facts.Range);
        yield return ("monotone", MarkdownPage.YesOrNo(facts.Monotone));
        yield return ("smooth", Words.Smooth(facts));
        yield return ("zero-centred", MarkdownPage.YesOrNo(facts.ZeroCentred));
        yield return ("saturates", Words.Saturation(facts.Saturation));
        yield return ("initialisation", Words.Initialisation(facts.Initialisation));
        yield return ("cost", Words.Cost(facts.Cost));
        yield return ("gradient from", string.Join(" or ", Words.GradientFrom(definition)));
        if (MeasuredEntry.Of(new Activation(definition)) is { } measured)
        {
            yield return ("value at 0", Words.Significant(measured.AtZero, 4));
            yield return ("largest slope between -40 and 40", Words.Significant(measured.LargestSlope, 4));
            yield return ("mean of f(x) for x ~ N(0, 1)", Words.Significant(measured.NormalMean, 4));
            yield return ("variance of f(x)", Words.Significant(measured.NormalVariance, 4));
            yield return ("mean of f′(x)²", Words.Significant(measured.NormalSquaredSlope, 4));
        }
    }
}
