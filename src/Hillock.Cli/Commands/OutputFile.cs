using Hillock.Networks;

namespace Hillock.Cli.Commands;

/// <summary>Files that a command was asked to write.</summary>
internal static class OutputFile
{
    /// <summary>The folder of a file.</summary>
    public static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file))!;

    /// <summary>Makes sure, as far as can be told, that a file can be written, before work is done whose result would have no place.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public static void RequirePlaceFor(string file)
    {
        if (Directory.Exists(file))
        {
            throw new IOException($"cannot write {file}: it is a folder");
        }

        FileWriter.RequirePlaceFor(FolderOf(file));
    }

    /// <summary>Writes a text, in a folder that is made where there is none.</summary>
    /// <exception cref="IOException">It cannot be written; nothing is left behind.</exception>
    public static void Write(string file, string text)
    {
        Directory.CreateDirectory(FolderOf(file));
        FileWriter.Write(file, text);
    }
}
