using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hillock.Cli.Documentation;

/// <summary>What a measurement was made on.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, registers and runtime in one line.</summary>
    public static string Description =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {Registers()} registers, {RuntimeInformation.FrameworkDescription}";

    private static string Registers() =>
        Vector512.IsHardwareAccelerated ? "512-bit" : Vector256.IsHardwareAccelerated ? "256-bit" : Vector128.IsHardwareAccelerated ? "128-bit" : "no vector";

    private static string Processor()
    {
        try
        {
            const string cpuInfo = "/proc/cpuinfo";
            string? line = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line?.Split(':', 2)[1].Trim() ?? $"{RuntimeInformation.ProcessArchitecture} processor";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return $"{RuntimeInformation.ProcessArchitecture} processor";
        }
    }
}
