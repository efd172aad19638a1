using System.Diagnostics;
using System.Text.RegularExpressions;
using Hillock.Cli.CommandLine;

namespace Hillock.Cli.Tests;

/// <summary>
/// Every command of README.md runs and prints what README.md shows, times aside; its code is that of the sample. With HILLOCK_UPDATE_README=1 the page is
/// rewritten instead of checked.
/// </summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string Run = "dotnet run -c Release --project src/Hillock.Cli --";
    private const string Hillock = "hillock ";

    private readonly TemporaryFolder folder = new();

    public ReadmeTests()
    {
        Directory.CreateDirectory(folder["samples"]);
        foreach (string sample in Directory.GetFiles(Path.Combine(Repository.Root, "samples")))
        {
            File.Copy(sample, folder["samples/" + Path.GetFileName(sample)]);
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EveryCommandPrintsWhatThePageShows()
    {
        Readme readme = Readme.Load();
        string[] code = [.. new[] { "quickstart.cs", "own-data.cs" }.Select(sample => File.ReadAllText(Path.Combine(Repository.Root, "samples", sample)))];
        Dictionary<string, string> outputs = [];
        foreach (Readme.Step step in readme.Steps)
        {
            if (Execute(step.Command) is not { } outcome)
            {
                continue;
            }

            outcome.Code.ShouldBe(0, $"{step.Command}\n{outcome.Error}");
            outcome.Error.ShouldNotContain("warning", customMessage: step.Command);
            outputs[step.Command] = outcome.Output.TrimEnd('\n');
        }

        if (Environment.GetEnvironmentVariable("HILLOCK_UPDATE_README") == "1")
        {
            File.WriteAllText(Readme.Path, readme.With(outputs, code));
            return;
        }

        readme.Blocks("csharp").ShouldBe(code);
        foreach (Readme.Step step in readme.Steps.Where(s => s.Output is not null))
        {
            WithoutTimes(outputs[step.Command]).ShouldBe(WithoutTimes(step.Output!), step.Command);
        }
    }

    /// <summary>The test command cannot run itself: CI takes it from the page, and this sees to it that there is one to take.</summary>
    [Fact]
    public void ThePageNamesTheTwoCommandsThatCiRuns()
    {
        Readme.Load().Steps.Count(s => s.Command.StartsWith("dotnet test ", StringComparison.Ordinal)).ShouldBe(1);
        Readme.Load().Steps.Count(s => s.Command == Run + " compare").ShouldBe(1);
    }

    [Fact]
    public void ThePicturesAndFilesOfThePageExist()
    {
        foreach (Match link in Links().Matches(File.ReadAllText(Readme.Path)))
        {
            File.Exists(Path.Combine(Repository.Root, link.Groups["file"].Value)).ShouldBeTrue(link.Value);
        }
    }

    private Outcome? Execute(string command)
    {
        if (command.StartsWith("dotnet test ", StringComparison.Ordinal))
        {
            return null;
        }

        if (command.StartsWith(Run, StringComparison.Ordinal) || command.StartsWith(Hillock, StringComparison.Ordinal))
        {
            string rest = command.StartsWith(Hillock, StringComparison.Ordinal) ? command[Hillock.Length..] : command[Run.Length..];
            using ChildProcess tool = ChildProcess.In(folder.Path, ["dotnet", "exec", typeof(Tool).Assembly.Location, .. ShellWords.Split(rest)]);
            return tool.WaitForEnd();
        }

        // A sample refers to the projects beside it, so it runs where it lies.
        string where = command.StartsWith("dotnet run ", StringComparison.Ordinal) ? Repository.Root : folder.Path;
        using ChildProcess process = ChildProcess.In(where, ShellWords.Split(command));
        return process.WaitForEnd();
    }

    /// <summary>The text without what differs from run to run: the time of an epoch, a column of the table, and that of the whole.</summary>
    private static string WithoutTimes(string output)
    {
        string[] lines = output.Split('\n');
        int rule = Array.FindIndex(lines, l => l.Contains("──", StringComparison.Ordinal) && !l.Contains('┼'));
        if (rule > 0 && lines[rule - 1].Contains("ms/epoch", StringComparison.Ordinal))
        {
            Range[] columns = [.. RuleParts().Matches(lines[rule]).Select(m => m.Index..(m.Index + m.Length))];
            int time = Array.FindIndex(columns, c => lines[rule - 1][c].Trim() == "ms/epoch");
            for (int i = rule - 1; i < lines.Length && lines[i].Length > 0; i++)
            {
                int length = lines[i].Length;
                string[] cells = [.. columns.Where(c => c.Start.Value < length).Select(c => lines[i][c.Start.Value..Math.Min(c.End.Value, length)].Trim())];
                lines[i] = i == rule ? "" : lines[i][0] + string.Join('|', cells.Where((_, column) => column != time));
            }
        }

        return Duration().Replace(string.Join('\n', lines), "TIME");
    }

    [GeneratedRegex("─+")]
    private static partial Regex RuleParts();

    [GeneratedRegex(@"^[\d.:]+ (?:s|min)\b", RegexOptions.Multiline)]
    private static partial Regex Duration();

    [GeneratedRegex("(?:src|srcset)=\"(?<file>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Links();
}
