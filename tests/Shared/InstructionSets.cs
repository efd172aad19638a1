using System.Diagnostics;

namespace Hillock.Tests;

/// <summary>Runs a test assembly's own Main with instruction sets taken away.</summary>
internal static class InstructionSets
{
    /// <summary>The settings that really take instruction sets away from the runtime, each with the width in bits of the registers that stay; 0 for none.</summary>
    public static TheoryData<string, string, int> Settings => new()
    {
        { "DOTNET_EnableAVX512", "0", 256 },
        { "DOTNET_EnableAVX2", "0", 128 },
        { "DOTNET_EnableHWIntrinsic", "0", 0 },
        { "DOTNET_PreferredVectorBitWidth", "128", 128 },
        { "DOTNET_PreferredVectorBitWidth", "256", 256 },
    };

    /// <summary>What the Main of an assembly prints in a child process with one setting; fails where it ends with an error.</summary>
    public static async Task<string> OutputOfMain(Type type, string variable, string value)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", type.Assembly.Location },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [variable] = value },
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return output.Trim();
    }
}
