using Hillock.Activations.Verification;
using Hillock.Cli.CommandLine;
using Spectre.Console;

namespace Hillock.Cli.Output;

/// <summary>What <c>hillock verify</c> prints: a line for each function, then what failed.</summary>
internal static class VerificationTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<AccuracyResult> results)
    {
        FittedTable table = new(terminal);
        table.AddColumn("function", priority: 0);
        table.AddColumn("value ULP", priority: 0, right: true);
        table.AddColumn("at", priority: 3, right: true);
        table.AddColumn("nearest", priority: 2, right: true);
        table.AddColumn("slope ULP", priority: 0, right: true);
        table.AddColumn("at", priority: 3, right: true);
        table.AddColumn("nearest", priority: 2, right: true);
        table.AddColumn("special values", priority: 3);
        table.AddColumn("identities", priority: 3);
        table.AddColumn("contract", priority: 1);
        foreach (AccuracyResult result in results)
        {
            table.AddRow(
            [
                new(result.Name, Decoration: Decoration.Bold),
                new(result.Value.WorstUlp.ToString("0.000")),
                new(result.Value.WorstAt.ToString("G6")),
                new(result.Value.CorrectlyRounded.ToString("0.00 %")),
                new(result.Slope.WorstUlp.ToString("0.000")),
                new(result.Slope.WorstAt.ToString("G6")),
                new(result.Slope.CorrectlyRounded.ToString("0.00 %")),
                Checks(result.SpecialValues.Count(s => s.Passed), result.SpecialValues.Count),
                Checks(result.Identities.Count(i => i.Passed), result.Identities.Count),
                result.WithinContract ? new("kept") : new("broken", Color.Red),
            ]);
        }

        table.Write();
        foreach (AccuracyResult result in results)
        {
            foreach (string failure in Failures(result))
            {
                terminal.Output.WriteLine(failure);
            }
        }

        AccuracyResult first = results[0];
        bool single = first.Type == NumberType.Binary32;
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(
            $"{first.Count} {(single ? "floats" : "doubles")} each. Contract: values within {AccuracyVerifier.ValueLimit:0} ULP, slopes within {AccuracyVerifier.SlopeLimit:0} ULP or "
            + $"{(single ? "2^-22" : "2^-51")} of their largest summand.");
    }

    /// <summary>A line for each thing that is not as it should be.</summary>
    public static IEnumerable<string> Failures(AccuracyResult result)
    {
        if (result.Value.Violations > 0)
        {
            yield return $"{result.Name}: {result.Value.Violations} values break the contract, such as at {result.Value.FirstViolation:R}";
        }

        if (result.Slope.Violations > 0)
        {
            yield return $"{result.Name}: {result.Slope.Violations} slopes break the contract, such as at {result.Slope.FirstViolation:R}";
        }

        foreach (SpecialValueResult special in result.SpecialValues.Where(s => !s.Passed))
        {
            yield return $"{result.Name}: at {special.At} the value is {special.Value:R} and the slope {special.Slope:R}";
        }

        foreach (IdentityResult identity in result.Identities.Where(i => !i.Passed))
        {
            yield return $"{result.Name}: {identity.Statement} fails at {identity.FailsAt:R}";
        }
    }

    private static Cell Checks(int passed, int count) => passed == count ? new($"{count} right") : new($"{count - passed} wrong", Color.Red);
}
