using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests;

/// <summary>
/// No room for a file: what was there is as it was, nothing else is left, and one line says it. The room is taken by the shell's limit on the length of
/// files, which needs no rights.
/// </summary>
public class FullDiskTests
{
    private const int Kibibytes = 64;

    /// <summary>
    /// The signal that comes with the limit would end the process before it could say anything. The runtime keeps its code in a file of great length in
    /// memory, which the limit forbids too, unless it is told not to.
    /// </summary>
    private static readonly string Script = $"trap '' XFSZ; ulimit -f {Kibibytes}; DOTNET_EnableWriteXorExecute=0 exec \"$@\"";

    private static readonly string[] Train = ["train", "digits", "--samples", "100", "--network", "mlp:100,100", "--quiet"];

    [LinuxFact]
    public void ACheckpointWithoutRoomLeavesTheOneBefore()
    {
        using TemporaryFolder folder = new();
        string[] arguments = [.. Train, "--checkpoints", folder["kept"], "--out"];
        InProcess.Run([.. arguments, folder["first"], "--epochs", "1"]).Code.ShouldBe(0);
        string checkpoint = folder[Path.Combine("kept", "checkpoint.safetensors")];
        byte[] last = File.ReadAllBytes(checkpoint);
        last.Length.ShouldBeGreaterThan(1024 * Kibibytes);

        Outcome outcome = WithoutRoom(folder, [.. arguments, folder["second"], "--epochs", "3"]);
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldBe($"hillock: cannot write {checkpoint}: files may not become as long here");
        File.ReadAllBytes(checkpoint).ShouldBe(last);
        Files(folder).ShouldBe(["checkpoint.safetensors", "first"]);

        // It goes on from there, and ends as if nothing had happened.
        InProcess.Run([.. arguments, folder["second"], "--epochs", "3"]).Code.ShouldBe(0);
        InProcess.Run([.. Train, "--out", folder["whole"], "--epochs", "3"]).Code.ShouldBe(0);
        File.ReadAllBytes(folder["second"]).ShouldBe(File.ReadAllBytes(folder["whole"]));
    }

    [LinuxFact]
    public void AModelWithoutRoomLeavesTheOneBefore()
    {
        using TemporaryFolder folder = new();
        string[] arguments = [.. Train, "--epochs", "1", "--out", folder["model"]];
        Outcome outcome = WithoutRoom(folder, arguments);
        outcome.Code.ShouldBe(ExitCode.Failure);
        outcome.ErrorLine().ShouldBe($"hillock: cannot write {folder["model"]}: files may not become as long here");
        Files(folder).ShouldBeEmpty();

        InProcess.Run(arguments).Code.ShouldBe(0);
        byte[] before = File.ReadAllBytes(folder["model"]);
        WithoutRoom(folder, [.. arguments, "--seed", "2"]).Code.ShouldBe(ExitCode.Failure);
        File.ReadAllBytes(folder["model"]).ShouldBe(before);
        Files(folder).ShouldBe(["model"]);
    }

    private static Outcome WithoutRoom(TemporaryFolder folder, string[] arguments)
    {
        using ChildProcess run = ChildProcess.In(
            folder.Path, ["bash", "-c", Script, "bash", "dotnet", "exec", typeof(Tool).Assembly.Location, .. arguments]);
        return run.WaitForEnd();
    }

    private static IEnumerable<string?> Files(TemporaryFolder folder) =>
        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}

/// <summary>A test that needs a shell with limits.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "sets the limits of a Linux shell";
        }
    }
}
