using Hillock.Activations.Kernels;
using Hillock.Tests;

namespace Hillock.Activations.Tests.Kernels;

/// <summary>The numbers once for each tier of instruction sets, in child processes.</summary>
public class InstructionSetTests
{
    private static readonly Lazy<string[]> Here = new(() => [.. Fingerprints.All()]);

    [Theory]
    [MemberData(nameof(InstructionSets.Settings), MemberType = typeof(InstructionSets))]
    public async Task Every_function_has_the_same_bits_on_every_instruction_set(string variable, string value, int width)
    {
        string output = await InstructionSets.OutputOfMain(typeof(Program), variable, value);
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');

        // The setting was heeded: the registers are no wider than what it leaves.
        int.Parse(lines[0]).ShouldBe(Math.Min(width, (int)Fingerprints.BestWidth));
        lines[1..].ShouldBe(Here.Value);
    }

    [Fact]
    public void The_sample_has_every_binade_of_both_signs_and_every_special_value()
    {
        float[] sample = Fingerprints.Sample();
        sample.Select(x => BitConverter.SingleToUInt32Bits(x) >> 23).Distinct().Count().ShouldBe(512);
        sample.ShouldContain(float.PositiveInfinity);
        sample.ShouldContain(float.NegativeInfinity);
        sample.ShouldContain(float.NaN);
        sample.Length.ShouldBeLessThan(1_000_000);
    }
}
