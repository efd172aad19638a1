using System.IO.Compression;

namespace Hillock.Data.Files;

/// <summary>
/// The files of a folder with all below it, or of a zip archive, in the ordinal order of their paths. Hidden files, and those that archivers add for
/// themselves, are not among them.
/// </summary>
internal sealed class FileTree : IDisposable
{
    /// <summary>What is read in all, at most: an archive can be made to hold any number of bytes.</summary>
    public const long MostBytes = 4L << 30;

    private const int MostFiles = 1_000_000;
    private const int MostDepth = 8;

    private readonly string _root;
    private readonly ZipArchive? _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly long _mostBytes;
    private long _bytes;

    private FileTree(string root, IEnumerable<string> paths, ZipArchive? archive, long mostBytes)
    {
        _root = root;
        _archive = archive;
        _mostBytes = mostBytes;
        string[] all = [.. paths.Where(path => !path.Split('/').Any(IsHidden)).Take(MostFiles + 1)];
        if (all.Length > MostFiles)
        {
            throw new DataException($"{root} holds more than {MostFiles} files");
        }

        Array.Sort(all, StringComparer.Ordinal);
        Paths = all;
    }

    /// <summary>The paths of the files from here, with slashes.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The files of a folder.</summary>
    /// <exception cref="DataException">The folder cannot be read, or holds too many files.</exception>
    public static FileTree OfFolder(string folder)
    {
        EnumerationOptions below = new() { RecurseSubdirectories = true, MaxRecursionDepth = MostDepth };
        try
        {
            IEnumerable<string> paths = Directory.EnumerateFiles(folder, "*", below)
                .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
            return new FileTree(folder, paths, archive: null, MostBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataException.Unreadable(folder, exception);
        }
    }

    /// <summary>The files of a zip archive.</summary>
    /// <param name="path">The archive's name, for messages.</param>
    /// <param name="content">The archive.</param>
    /// <param name="mostBytes">What its files may hold in all.</param>
    /// <exception cref="DataException">The archive is damaged, or holds too many files.</exception>
    public static FileTree OfZip(string path, byte[] content, long mostBytes = MostBytes)
    {
        try
        {
            ZipArchive archive = new(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
            foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).Take(MostFiles + 1))
            {
                entries.TryAdd(entry.FullName.Replace('\\', '/'), entry);
            }

            FileTree tree = new(path, entries.Keys, archive, mostBytes);
            foreach ((string name, ZipArchiveEntry entry) in entries)
            {
                tree._entries.Add(name, entry);
            }

            return tree;
        }
        catch (InvalidDataException exception)
        {
            throw new DataException($"{path} is damaged: it is no whole zip archive", exception);
        }
    }

    /// <summary>Whether a content begins as a zip archive does.</summary>
    public static bool IsZip(ReadOnlySpan<byte> content) => content is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    /// <summary>How a file is called in messages.</summary>
    public string Shown(string path) => _archive is null ? Path.Combine(_root, path) : $"{_root}: {path}";

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="DataException">It cannot be read, is damaged, or too large.</exception>
    public byte[] Read(string path)
    {
        byte[] content = _archive is null ? FileContent.Read(Path.Combine(_root, path)) : Extract(path, _entries[path]);
        _bytes += content.Length;
        return _bytes <= _mostBytes ? content : throw TooLarge(path);
    }

    public void Dispose() => _archive?.Dispose();

    private byte[] Extract(string path, ZipArchiveEntry entry)
    {
        // The length that an archive states need not be the true one.
        long left = _mostBytes - _bytes;
        try
        {
            using Stream input = entry.Open();
            using MemoryStream output = new();
            byte[] buffer = new byte[1 << 16];
            for (int read = input.Read(buffer); read > 0; read = input.Read(buffer))
            {
                if (output.Length + read > Math.Min(left, Array.MaxLength))
                {
                    throw TooLarge(path);
                }

                output.Write(buffer, 0, read);
            }

            return output.Length == entry.Length ? output.ToArray() : throw new InvalidDataException("it is cut short");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            throw new DataException($"{Shown(path)} is damaged: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private DataException TooLarge(string path) =>
        new($"{Shown(path)} is too large: the files of {_root} may hold {_mostBytes} bytes in all, and with this one they hold more");

    private static bool IsHidden(string part) => part.StartsWith('.') || part == "__MACOSX";
}
