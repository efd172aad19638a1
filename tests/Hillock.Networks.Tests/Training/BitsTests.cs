using System.Diagnostics;

namespace Hillock.Networks.Tests.Training;

public class BitsTests
{
    // The settings that really take instruction sets away from the runtime.
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    [InlineData("DOTNET_PreferredVectorBitWidth", "128")]
    [InlineData("DOTNET_PreferredVectorBitWidth", "256")]
    public async Task Trained_weights_have_the_same_bits_on_every_instruction_set(string variable, string value)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", typeof(Program).Assembly.Location },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [variable] = value },
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        // Each of the settings takes at least the widest registers away: that shows that it was heeded.
        output.Trim().ShouldBe($"{Program.Fingerprint()} {false}");
    }
}
