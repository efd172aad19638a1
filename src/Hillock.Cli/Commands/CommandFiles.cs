using Hillock.Cli.CommandLine;
using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary>
/// The files that a command reads and those that it was asked to write: before any work, what would take the place of a file that is read, or of another that
/// is written, is refused, and so is what could not be written. Paths are compared whole and with their links resolved.
/// </summary>
internal sealed class CommandFiles
{
    private static readonly StringComparison Comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>What hillock itself writes beside data, and does not take for data: a folder's own may be replaced.</summary>
    private static readonly string[] OwnExtensions = [".safetensors", ".html"];

    private readonly List<(string Name, string Path, bool IsFolder)> read = [];
    private readonly List<(string Option, string Path, bool IsFolder)> written = [];

    /// <summary>Adds the data: of a set that is known by name the files that it has, of a synthetic one nothing.</summary>
    /// <param name="nameOrPath">The name or path.</param>
    /// <param name="options">How the data are found.</param>
    public CommandFiles ReadsData(string nameOrPath, DataOptions options)
    {
        if (nameOrPath.Length > 0 && !DataSources.Names.Any(set => set.Name.Equals(nameOrPath, StringComparison.OrdinalIgnoreCase)))
        {
            return Reads("the data", nameOrPath);
        }

        foreach (string file in DataSources.FilesOfKnownSet(nameOrPath, options))
        {
            read.Add(($"a file of {nameOrPath}", Resolved(file), false));
        }

        return this;
    }

    /// <summary>Adds a file or folder that is read.</summary>
    /// <param name="name">What it is, for messages: <c>the model</c>.</param>
    /// <param name="path">The path; nothing need be there.</param>
    public CommandFiles Reads(string name, string path)
    {
        read.Add((name, Resolved(path), Directory.Exists(path)));
        return this;
    }

    /// <summary>Adds a file that is to be written, and makes sure that it can be.</summary>
    /// <param name="option">The option that asks for it.</param>
    /// <param name="path">Its path; null where it is not asked for.</param>
    /// <exception cref="UsageException">It would take another's place.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public CommandFiles Writes(string option, string? path)
    {
        if (path is null)
        {
            return this;
        }

        string full = Resolved(path);
        RefuseInputs(option, path, full, $"{option} {path}");
        foreach ((string other, string otherPath, bool isFolder) in written)
        {
            if (Same(full, otherPath))
            {
                throw new UsageException($"{option} {path} is the {(isFolder ? "folder" : "file")} of {other} too: give each a place of its own");
            }
        }

        OutputFile.RequirePlaceFor(path);
        written.Add((option, full, false));
        return this;
    }

    /// <summary>Adds a folder that is to be written into, and makes sure that it can be.</summary>
    /// <param name="option">The option that asks for it.</param>
    /// <param name="folder">Its path; null where it is not asked for.</param>
    /// <param name="files">The names of the files that are written there.</param>
    /// <exception cref="UsageException">A file there would take another's place.</exception>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public CommandFiles WritesInto(string option, string? folder, params IEnumerable<string> files)
    {
        if (folder is null)
        {
            return this;
        }

        string full = Resolved(folder);
        foreach ((string other, string otherPath, bool isFolder) in written)
        {
            if (!isFolder && (Same(full, otherPath) || IsWithin(full, otherPath)))
            {
                throw new UsageException($"{option} {folder} is a folder, and {(Same(full, otherPath) ? "the file of" : "lies in the file of")} {other} too: give each a place of its own");
            }
        }

        foreach (string file in files)
        {
            string path = Path.Combine(folder, file);
            string fullPath = Resolved(path);
            RefuseInputs(option, folder, fullPath, $"{option} {folder} writes {path}, which");
            if (written.FirstOrDefault(other => Same(other.Path, fullPath)) is { Option: { } taker })
            {
                throw new UsageException($"{option} {folder} writes {path}, which is the file of {taker} too: give each a place of its own");
            }

            written.Add((option, fullPath, false));
        }

        FileWriter.RequirePlaceFor(folder);
        written.Add((option, full, true));
        return this;
    }

    private void RefuseInputs(string option, string given, string full, string subject)
    {
        foreach ((string name, string path, bool isFolder) in read)
        {
            bool taken = isFolder
                ? IsWithin(full, path) && File.Exists(full) && !OwnExtensions.Contains(Path.GetExtension(full), StringComparer.OrdinalIgnoreCase)
                : Same(full, path);
            if (taken)
            {
                string of = isFolder ? $"is a file of {name}" : $"is {name}";
                throw new UsageException($"{subject} {of} and would be written over: name another place{(subject == $"{option} {given}" ? "" : $" for {option}")}");
            }
        }
    }

    /// <summary>Whether two paths lead to the same place.</summary>
    public static bool IsSame(string a, string b) => Same(Resolved(a), Resolved(b));

    private static bool Same(string a, string b) => a.Equals(b, Comparison);

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, Comparison);

    /// <summary>The whole path, with the links of the file and of the folders above it resolved as far as they lead somewhere.</summary>
    private static string Resolved(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string? folder = Path.GetDirectoryName(full);
        if (folder is null)
        {
            return full;
        }

        string here = Path.Combine(Resolved(folder), Path.GetFileName(full));
        try
        {
            FileSystemInfo? target = (Directory.Exists(here) ? (FileSystemInfo)new DirectoryInfo(here) : new FileInfo(here)).ResolveLinkTarget(returnFinalTarget: true);
            return target is null ? here : Resolved(target.FullName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A link that leads in a circle, or a folder that may not be looked at: whoever opens it says so.
            return here;
        }
    }
}
