using System.Text;

namespace Hillock.Cli.Tests;

/// <summary>What README.md promises: its commands with the output that it shows, and its code.</summary>
internal sealed class Readme
{
    private const string Fence = "```";

    private readonly string[] lines;

    private Readme(string[] lines) => this.lines = lines;

    /// <summary>A command and the output shown below it; null where the page shows only the command.</summary>
    public sealed record Step(string Command, string? Output);

    public static string Path => System.IO.Path.Combine(Repository.Root, "README.md");

    public static Readme Load() => new(File.ReadAllLines(Path));

    /// <summary>All commands: those of scripts, one on a line, and those of sessions, after a prompt and before their output.</summary>
    public IReadOnlyList<Step> Steps
    {
        get
        {
            List<Step> steps = [.. Blocks("bash").SelectMany(b => b.TrimEnd('\n').Split('\n')).Select(c => new Step(c, null))];
            foreach (string block in Blocks("console"))
            {
                string[] parts = ("\n" + block).Split("\n$ ", StringSplitOptions.RemoveEmptyEntries);
                steps.AddRange(parts.Select(p => p.Split('\n', 2)).Select(p => new Step(p[0], p[1].TrimEnd('\n'))));
            }

            return steps;
        }
    }

    /// <summary>The contents of the fenced blocks in a language.</summary>
    public IReadOnlyList<string> Blocks(string language)
    {
        List<string> blocks = [];
        StringBuilder? block = null;
        foreach (string line in lines)
        {
            if (block is null)
            {
                block = line == Fence + language ? new StringBuilder() : null;
            }
            else if (line == Fence)
            {
                blocks.Add(block.ToString());
                block = null;
            }
            else
            {
                block.Append(line).Append('\n');
            }
        }

        return blocks;
    }

    /// <summary>The page with other output below its commands and other code in it.</summary>
    public string With(IReadOnlyDictionary<string, string> outputs, IReadOnlyList<string> code)
    {
        StringBuilder page = new();
        string? language = null;
        int block = 0;
        foreach (string line in lines)
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                language = language is null ? line[Fence.Length..] : null;
                page.Append(line).Append('\n').Append(language == "csharp" ? code[block++] : "");
            }
            else if (language == "console" && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                page.Append(line).Append('\n').Append(outputs.TryGetValue(line[2..], out string? output) ? output + "\n" : "");
            }
            else if (language is null || language is not ("console" or "csharp"))
            {
                page.Append(line).Append('\n');
            }
        }

        return page.ToString();
    }
}
