using System.CommandLine;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Custom;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock show NAME</c>: everything about one activation.</summary>
internal static class ShowCommand
{
    private const double CurveReach = 4;

    /// <summary>A mean below this is 0 but for the roundings of its summands.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor)
    {
        Argument<Activation?> name = new("NAME")
        {
            Description = "The activation, such as gelu, leaky_relu(alpha=0.1) or a formula: x * sigmoid(2 * x)",
            CustomParser = result => Options.Read(result, "", Activation.Parse),
        };
        Option<bool> json = new("--json") { Description = "Print one JSON document" };
        ToolCommand command = new(
            "show",
            "Shows formula, derivative, facts and advice of an activation function",
            ["hillock show gelu", "hillock show prelu", "hillock show \"leaky_relu(alpha=0.1)\" --json", "hillock show \"max(0, x) + a * min(0, x), a = 0.1\""]) { name, json };
        command.SetAction(parsed =>
        {
            Terminal terminal = terminalFor(parsed);
            Activation activation = parsed.GetRequiredValue(name)!;
            if (parsed.GetValue(json))
            {
                Activation? builtIn = (activation.Definition as FormulaActivation)?.BuiltIn;
                Activation told = builtIn ?? activation;
                terminal.Output.Write(Json.Text(new ShowDocument(
                    "hillock.show/1",
                    activation.Name,
                    builtIn?.Name,
                    CatalogueEntry.Of(told.Definition),
                    ParameterEntry.Of(told),
                    MeasuredEntry.Of(told),
                    DisagreementEntry.Of(told.Definition))));
                return;
            }

            Write(new TextPage(terminal), terminal, activation);
        });
        return command;
    }

    private static void Write(TextPage page, Terminal terminal, Activation activation)
    {
        if (activation.Definition is FormulaActivation { BuiltIn: { } builtIn })
        {
            page.Paragraph($"{activation.Name} is {builtIn.Name} of the catalogue; this is what is known of it.");
            page.Gap();
            activation = builtIn;
        }

        ActivationDefinition definition = activation.Definition;
        ActivationFacts facts = definition.Facts;
        ActivationAlias? alias = facts.Aliases.FirstOrDefault(
            a => activation.Name.Split('(')[0].Trim().Equals(a.Name, StringComparison.OrdinalIgnoreCase));
        page.Heading($"{facts.Title} ({facts.Name})");
        page.Paragraph(facts.Summary);
        if (alias is not null)
        {
            page.Paragraph($"{alias.Name}: {alias.Summary}");
        }

        page.Gap();
        page.Fact("formula", definition.IsElementwise ? $"f(x) = {definition.Formula}" : $"y_i = {definition.Formula}");
        page.Fact("derivative", definition.IsElementwise ? $"f′(x) = {definition.Derivative}" : definition.Derivative);
        page.Fact("LaTeX", Words.FormulaLatex(definition));
        page.Fact("", Words.DerivativeLatex(definition) ?? "");
        page.Fact("at the kink", facts.Kink);
        for (int i = 0; i < facts.Parameters.Count; i++)
        {
            ParameterDeclaration p = facts.Parameters[i];
            string bounds = $"from {Words.Significant(p.Minimum, 3)} to {Words.Significant(p.Maximum, 3)}, {p.Mode.Text} unless given";
            page.Fact(p.Name, $"{activation.Modes[i].Text}: {p.Meaning} ({bounds})");
        }

        foreach (ActivationAlias other in facts.Aliases)
        {
            string meaning = other.Arguments.Length > 0 ? $" = {facts.Name}({other.Arguments})" : "";
            page.Fact("also", $"{other.Name}{meaning}: {other.Summary}");
        }

        page.Gap();
        WriteCurve(page, terminal, activation);
        WriteFacts(page, activation);
        WriteList(page, "Strengths", facts.Strengths);
        WriteList(page, "Weaknesses", facts.Weaknesses);
        page.Gap();
        page.Heading("When to use it");
        page.Paragraph(facts.WhenToUse, "  ");
        page.Gap();
        WriteElsewhere(page, definition);
        string paper = alias is { Paper.Length: > 0 } ? alias.Paper : facts.Paper;
        if (paper.Length > 0)
        {
            page.Gap();
            page.Heading("Paper");
            page.Paragraph(paper, "  ");
        }
    }

    private static void WriteElsewhere(TextPage page, ActivationDefinition definition)
    {
        ActivationFacts facts = definition.Facts;
        page.Heading("Elsewhere");
        foreach (PeerName peer in facts.Peers)
        {
            page.Fact(peer.Framework, peer.Difference.Length > 0 ? $"{peer.Name}; {peer.Difference}" : peer.Name);
        }

        if (facts.Peers.Count == 0)
        {
            page.Paragraph("In none of PyTorch, Keras, JAX and ONNX.", "  ");
        }

        IReadOnlyList<DisagreementEntry> disagreements = DisagreementEntry.Of(definition);
        if (disagreements.Count > 0)
        {
            page.Gap();
            page.Heading("Where frameworks disagree");
            foreach (DisagreementEntry entry in disagreements)
            {
                page.Fact(entry.Framework, $"{entry.Name} is {entry.Activation} by default");
            }
        }
    }

    private static void WriteFacts(TextPage page, Activation activation)
    {
        ActivationFacts facts = activation.Definition.Facts;
        if (facts.Domain != Domain.Everywhere)
        {
            page.Fact("domain", facts.Domain.Text);
        }

        page.Fact("range", facts.Range);
        page.Fact("monotone", facts.Monotone ? "yes" : "no");
        page.Fact("smooth", Words.Smooth(facts));
        page.Fact("zero-centred", facts.ZeroCentred ? "yes" : "no");
        page.Fact("saturates", Words.Saturation(facts.Saturation));
        page.Fact("initialisation", Words.Initialisation(facts.Initialisation));
        page.Fact("cost", Words.Cost(facts.Cost));
        page.Fact("gradient from", string.Join(" or ", Words.GradientFrom(activation.Definition)));
        if (activation.Definition.IsElementwise)
        {
            MeasuredFacts measured = MeasuredFacts.Of(activation);
            page.Fact("largest slope", $"{Words.Significant(measured.LargestSlope, 4)}{(measured.SlopeGrowsOutwards ? " between -40 and 40" : "")}");
            page.Fact(
                "for x ~ N(0, 1)",
                $"mean {Words.Significant(Math.Abs(measured.NormalMean) < Rounding ? 0 : measured.NormalMean, 4)}, variance {Words.Significant(measured.NormalVariance, 4)}, "
                + $"mean squared slope {Words.Significant(measured.NormalSquaredSlope, 4)}");
        }
    }

    private static void WriteCurve(TextPage page, Terminal terminal, Activation activation)
    {
        if (!activation.Definition.IsElementwise)
        {
            page.Paragraph($"A function of a whole row. The first output of {activation.Definition.Example(activation.Modes)}:", "  ");
        }

        int columns = Math.Clamp(terminal.Width - 12, 20, 64);
        ActivationCurve curve = ActivationCurve.Sample(activation, -CurveReach, CurveReach, 512);
        foreach (string line in TerminalCurve.Draw(curve, columns, 12, terminal.Unicode))
        {
            page.Verbatim(line);
        }

        page.Gap();
    }

    private static void WriteList(TextPage page, string heading, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        page.Gap();
        page.Heading(heading);
        foreach (string item in items)
        {
            page.Paragraph(item, "  ", "- ");
        }
    }
}
