using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Hillock.Activations;
using Hillock.Cli.CommandLine;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary><c>hillock plot NAME... -o FILE.svg</c>: draws activations and their derivatives.</summary>
internal static class PlotCommand
{
    private const int Points = 1201;
    private const string StandardOutput = "-";

    private sealed record Interval(double From, double To);

    /// <summary>Makes the command.</summary>
    public static Command Create(Func<ParseResult, Terminal> terminalFor)
    {
        Argument<IReadOnlyList<Activation>?> names = new("NAME")
        {
            Description = "The activations, such as relu gelu \"leaky_relu(alpha=0.1|0.3)\"",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = ReadNames,
        };
        Option<string?> file = Options.Parsed("--output", "The SVG file to write, or - for standard output", "FILE.svg", ReadFile);
        file.Aliases.Add("-o");
        file.Required = true;
        Option<Interval?> range = Options.Parsed("--range", "The inputs to draw (-5,5 unless given)", "FROM,TO", ReadRange);
        ToolCommand command = new(
            "plot",
            "Draws activation functions and their derivatives as an SVG file",
            ["hillock plot gelu -o gelu.svg", "hillock plot relu silu mish -o shapes.svg --range -4,4"]) { names, file, range };
        command.SetAction(parsed =>
        {
            Interval interval = parsed.GetValue(range) ?? new Interval(-5, 5);
            string path = parsed.GetRequiredValue(file)!;
            IReadOnlyList<Activation> activations = parsed.GetRequiredValue(names)!;
            Svg chart = FunctionChart.Draw([.. activations.Select(a => ActivationCurve.Sample(a, interval.From, interval.To, Points))]);
            Terminal terminal = terminalFor(parsed);
            if (path == StandardOutput)
            {
                terminal.Output.Write(chart.ToFile());
                return;
            }

            FileWriter.Write(path, chart.ToFile());
            if (!terminal.Quiet)
            {
                terminal.Output.WriteLine($"wrote {path}");
            }
        });
        return command;
    }

    private static IReadOnlyList<Activation>? ReadNames(ArgumentResult result)
    {
        try
        {
            return Activation.ParseList(string.Join(',', result.Tokens.Select(t => t.Value)));
        }
        catch (FormatException wrong)
        {
            result.AddError(wrong.Message);
            return null;
        }
    }

    private static string ReadFile(string text) =>
        text == StandardOutput || Path.GetExtension(text).Equals(".svg", StringComparison.OrdinalIgnoreCase)
            ? text
            : throw new FormatException($"the drawing is an SVG, so its file must end in .svg (or be - for standard output), not '{text}'");

    private static Interval ReadRange(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2 && Read(parts[0]) is { } from && Read(parts[1]) is { } to && from < to
            ? new Interval(from, to)
            : throw new FormatException($"give two numbers between -1e6 and 1e6, the smaller first, such as -5,5, not '{text}'");

        static double? Read(string part) =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) <= 1e6 ? value : null;
    }
}
