using System.Diagnostics;
using System.Runtime.InteropServices;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests;

/// <summary>Runs the tool as a shell would.</summary>
internal sealed class ChildProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly Task<string> error;

    /// <summary>Starts the tool.</summary>
    public ChildProcess(params string[] arguments)
        : this(Environment.CurrentDirectory, ["dotnet", "exec", typeof(Tool).Assembly.Location, .. arguments])
    {
    }

    private ChildProcess(string folder, string[] words, string? heapLimit = null)
    {
        ProcessStartInfo start = new(words[0], words.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };

        // What a person's terminal would tell must not reach the expected output.
        start.Environment.Remove("COLUMNS");
        start.Environment["LC_ALL"] = "C.UTF-8";
        if (heapLimit is not null)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = heapLimit;
        }

        process = Process.Start(start)!;
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts the tool with so many bytes of memory for all that it manages.</summary>
    public static ChildProcess WithHeapOf(long bytes, params string[] arguments) =>
        new(Environment.CurrentDirectory, ["dotnet", "exec", typeof(Tool).Assembly.Location, .. arguments], bytes.ToString("x", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Starts any program in a folder.</summary>
    public static ChildProcess In(string folder, string[] words) => new(folder, words);

    public StreamReader Output => process.StandardOutput;

    public bool HasEnded => process.HasExited;

    public void Signal(int signal) => NativeMethods.Kill(process.Id, signal).ShouldBe(0);

    public Outcome WaitForEnd(bool readOutput = true)
    {
        Task<string> output = readOutput ? process.StandardOutput.ReadToEndAsync() : Task.FromResult("");
        process.WaitForExit(Patience).ShouldBeTrue("the tool did not end");
        return new Outcome(process.ExitCode, output.Result, error.Result);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static class NativeMethods
    {
        public static int Kill(int process, int signal) => kill(process, signal);

#pragma warning disable IDE1006, SYSLIB1054, CA2101, CA5392 // The system's own name; marshalling of two integers needs no generated code.
        [DllImport("libc")]
        private static extern int kill(int process, int signal);
#pragma warning restore IDE1006, SYSLIB1054, CA2101, CA5392
    }
}

/// <summary>A test that sends signals to a child process.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SignalFactAttribute : FactAttribute
{
    public SignalFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "sends Unix signals";
        }
        else if (InterruptIsIgnored())
        {
            Skip = "this process was started with Ctrl-C ignored, and its children inherit that";
        }
    }

    private static bool InterruptIsIgnored()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (Convert.ToUInt64(line[7..].Trim(), 16) & (1UL << (ChildProcess.Interrupt - 1))) != 0;
    }
}
