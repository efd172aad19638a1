using System.Text;

namespace Hillock.Networks;

/// <summary>Writes files so that a reader never sees half of one.</summary>
internal static class FileWriter
{
    /// <summary>
    /// The parameter of which .NET complains, in place of an <see cref="IOException"/>, where the file system or the limits of the process do not let
    /// a file grow further (EFBIG).
    /// </summary>
    private const string GreatLength = "value";

    /// <summary>Writes a text beside its place and then renames it.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="text">The text, written as UTF-8.</param>
    /// <exception cref="IOException">It cannot be written; nothing is left behind.</exception>
    public static void Write(string path, string text) =>
        Write(path, stream => stream.Write(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text)));

    /// <summary>Writes a file beside its place and then renames it.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written: nothing is left behind, and a file that was there is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string beside = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            using (FileStream stream = File.Create(beside))
            {
                write(stream);

                // Renamed before its content is on the disk, a file would be empty after a power cut.
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception failure)
        {
            TryDelete(beside);
            if (failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: GreatLength })
            {
                throw new IOException($"cannot write {path}: {Reason(failure, beside, path)}", failure);
            }

            throw;
        }
    }

    /// <summary>Makes sure that files can be written into a folder, before work is done whose result would have no place.</summary>
    /// <param name="folder">The folder; made where it does not exist.</param>
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    public static void RequireWritableFolder(string folder)
    {
        string probe = Path.Combine(folder, $".{Environment.ProcessId}.partial");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write into the folder {folder}: {Reason(failure, probe, folder)}", failure);
        }
        finally
        {
            TryDelete(probe);
        }
    }

    /// <summary>
    /// Makes sure, as far as can be told, that a folder could be made or written into, and makes none: what fails before there is anything to write
    /// leaves nothing.
    /// </summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    public static void RequirePlaceFor(string folder)
    {
        string full = Path.GetFullPath(folder);
        string? there = full;
        while (there is not null && !Directory.Exists(there))
        {
            if (File.Exists(there))
            {
                throw new IOException($"cannot write into the folder {folder}: {(there == full ? "it" : there)} is a file");
            }

            there = Path.GetDirectoryName(there);
        }

        string probe = Path.Combine(there ?? full, $".{Environment.ProcessId}.partial");
        try
        {
            File.WriteAllBytes(probe, []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write into the folder {folder}: {Reason(failure, probe, folder)}", failure);
        }
        finally
        {
            TryDelete(probe);
        }
    }

    /// <summary>What went wrong in one line, which names no file that nobody asked for.</summary>
    private static string Reason(Exception failure, string beside, string path) => failure switch
    {
        UnauthorizedAccessException => "it is not allowed",
        DirectoryNotFoundException or FileNotFoundException when !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) =>
            $"there is no folder {Path.GetDirectoryName(Path.GetFullPath(path))} to write into",
        DirectoryNotFoundException or FileNotFoundException => "nothing can be made there",
        _ when File.Exists(path) && failure.Message.Contains("exists", StringComparison.Ordinal) => "it is a file",
        ArgumentOutOfRangeException => "files may not become as long here",
        _ => WithoutPath(failure.Message.ReplaceLineEndings(" ").Replace(beside, path, StringComparison.Ordinal)).TrimEnd('.'),
    };

    /// <summary>Takes the file at the end away, which the line has named: <c>No space left on device : '/data/model.safetensors'</c>.</summary>
    private static string WithoutPath(string message)
    {
        int place = message.LastIndexOf(" : '", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }
}
