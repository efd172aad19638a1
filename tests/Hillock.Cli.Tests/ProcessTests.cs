using System.Diagnostics;
using System.Text.Json;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests;

/// <summary>What only a process of its own shows: exit codes, signals, pipes, and that nothing finished is lost or done again.</summary>
public class ProcessTests
{
    /// <summary>Some 40 trials, each long enough to be interrupted.</summary>
    private static readonly string[] Long =
        ["compare", "digits", "--samples", "400", "--epochs", "40", "--folds", "10", "--network", "mlp:32,32", "--activations", "relu,tanh,sigmoid,mish", "--lr", "0.003"];

    [Fact]
    public void TheExitCodeIsTheProcesss()
    {
        using ChildProcess version = new("--version");
        version.WaitForEnd().ShouldBe(new Outcome(0, $"hillock {Tool.Version}\n", ""));
        using ChildProcess usage = new("compare", "--folds", "0");
        usage.WaitForEnd().Code.ShouldBe(ExitCode.Usage);
        using ChildProcess failure = new("compare", "no-such-file.csv");
        failure.WaitForEnd().Code.ShouldBe(ExitCode.Failure);
    }

    [Fact]
    public void ProgressInALogIsPlain()
    {
        using ChildProcess run = new([.. Long, "--json"]);
        Outcome outcome = run.WaitForEnd();
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldNotContain("\u001b");
        outcome.Error.ShouldNotContain("\r");
        JsonDocument.Parse(outcome.Output).Dispose();
    }

    [Fact]
    public void AReaderThatGoesAwayIsNoError()
    {
        using ChildProcess list = new("list");
        list.Output.Close();
        Outcome outcome = list.WaitForEnd(readOutput: false);
        outcome.Error.ShouldBe("");
        outcome.Code.ShouldBe(0);
    }

    [SignalFact]
    public void CtrlCEndsWith130AndTheLedgerGoesOn()
    {
        using TemporaryFolder folder = new();
        using ChildProcess run = new([.. Long, "--out", folder.Path]);
        WaitForTrials(folder, 3, run);
        run.Signal(ChildProcess.Interrupt);
        Outcome outcome = run.WaitForEnd();
        outcome.Code.ShouldBe(ExitCode.Interrupted);
        outcome.Output.ShouldBe("");
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["ledger.jsonl"]);
        string[] lines = File.ReadAllLines(folder["ledger.jsonl"]);
        outcome.Error.TrimEnd().Split('\n')[^1].ShouldBe(
            $"hillock: interrupted: {lines.Length - 1} of 40 trials are kept in {folder.Path}; the same command goes on");
        lines.ShouldAllBe(l => l.StartsWith('{') && l.EndsWith('}'));

        InProcess.Run([.. Long, "--out", folder.Path]).Code.ShouldBe(0);
        File.ReadAllLines(folder["ledger.jsonl"]).Take(lines.Length).ShouldBe(lines);
    }

    [SignalFact]
    public void ARequestToEndEndsWith143()
    {
        using TemporaryFolder folder = new();
        using ChildProcess run = new([.. Long, "--out", folder.Path]);
        WaitForTrials(folder, 1, run);
        run.Signal(ChildProcess.Terminate);
        run.WaitForEnd().Code.ShouldBe(ExitCode.Terminated);
    }

    [SignalFact]
    public void KilledAndStartedAgainItEndsTheSameAndDoesNothingTwice()
    {
        using TemporaryFolder whole = new();
        using TemporaryFolder killed = new();
        InProcess.Run([.. Long, "--out", whole.Path, "--threads", "2"]).Code.ShouldBe(0);

        int trials = 4;
        for (int time = 0; time < 3; time++, trials += 8)
        {
            using ChildProcess run = new([.. Long, "--out", killed.Path]);
            WaitForTrials(killed, trials, run);
            run.Signal(ChildProcess.Kill);
            run.WaitForEnd().Code.ShouldBe(128 + ChildProcess.Kill);
        }

        // What a crash leaves in the middle of a line.
        File.AppendAllText(killed["ledger.jsonl"], "{\"trial\":\"torn");
        Outcome outcome = InProcess.Run([.. Long, "--out", killed.Path, "--threads", "1", "--json"]);
        outcome.Code.ShouldBe(0, outcome.Error);
        Documents.WithoutTimes(outcome.Output).ShouldBe(Documents.WithoutTimes(File.ReadAllText(whole["results.json"])));
        Documents.WithoutTimes(File.ReadAllText(killed["results.json"])).ShouldBe(Documents.WithoutTimes(File.ReadAllText(whole["results.json"])));
        Lines(killed).ShouldBe(Lines(whole));
    }

    private static int Lines(TemporaryFolder folder) => File.ReadAllLines(folder["ledger.jsonl"]).Length;

    private static void WaitForTrials(TemporaryFolder folder, int trials, ChildProcess run)
    {
        DateTime deadline = DateTime.UtcNow.AddMinutes(2);
        while (!(File.Exists(folder["ledger.jsonl"]) && CountLines(folder["ledger.jsonl"]) > trials))
        {
            run.HasEnded.ShouldBeFalse("the run ended before it could be interrupted");
            DateTime.UtcNow.ShouldBeLessThan(deadline);
            Thread.Sleep(10);
        }
    }

    /// <summary>By a process that does not ask for a lock: the run holds one on its ledger.</summary>
    private static int CountLines(string path)
    {
        using Process count = Process.Start(new ProcessStartInfo("wc", ["-l", path]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return int.Parse(count.StandardOutput.ReadToEnd().Split(' ')[0]);
    }
}
