using Hillock.Tests;

namespace Hillock.Networks.Tests.Training;

public class BitsTests
{
    [Theory]
    [MemberData(nameof(InstructionSets.Settings), MemberType = typeof(InstructionSets))]
    public async Task Trained_weights_have_the_same_bits_on_every_instruction_set(string variable, string value, int width)
    {
        string output = await InstructionSets.OutputOfMain(typeof(Program), variable, value);

        // Each of the settings takes at least the widest registers away: that shows that it was heeded.
        output.ShouldBe($"{Program.Fingerprint()} {width == 512}");
    }
}
