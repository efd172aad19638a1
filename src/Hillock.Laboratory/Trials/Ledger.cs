using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Hillock.Laboratory.Trials;

/// <summary>
/// The finished trials of one comparison in a file that only grows: <c>ledger.jsonl</c>, a header line with the specification, then a line for
/// each trial, each line with a checksum and on the disk before the next is begun. A last line that was torn off by a crash is cut away; any other
/// damage is an error. One process at a time holds a ledger open.
/// </summary>
internal sealed class Ledger : IDisposable
{
    /// <summary>The name of the file in its folder.</summary>
    public const string FileName = "ledger.jsonl";

    private const string Format = "hillock.ledger/2";
    private const int ChecksumLength = 16;

    /// <summary>More would be a list that nobody reads.</summary>
    private const int NamedDifferences = 3;

    private static readonly byte[] ChecksumStart = Encoding.UTF8.GetBytes("{\"sha256\":\"");
    private static readonly byte[] ChecksumEnd = Encoding.UTF8.GetBytes("\",\"entry\":");
    private static readonly byte[] LineEnd = Encoding.UTF8.GetBytes("}\n");

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private bool _broken;

    private Ledger(string path, FileStream file, IReadOnlyDictionary<string, TrialResult> finished)
    {
        _path = path;
        _file = file;
        Finished = finished;
    }

    /// <summary>The trials that were in the file when it was opened, by id.</summary>
    public IReadOnlyDictionary<string, TrialResult> Finished { get; }

    /// <summary>Opens the ledger of a folder, or begins one.</summary>
    /// <param name="folder">The folder, made where it does not exist.</param>
    /// <param name="specification">The comparison.</param>
    /// <param name="trialIds">The ids of its trials.</param>
    /// <exception cref="LaboratoryException">The folder holds another comparison, the file is damaged, in use or cannot be written.</exception>
    public static Ledger Open(string folder, Specification specification, IEnumerable<string> trialIds)
    {
        string path = Path.Combine(folder, FileName);
        FileStream file = Guard(path, () =>
        {
            Directory.CreateDirectory(folder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        });
        try
        {
            return Guard(path, () => Load(path, file, specification, trialIds));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a finished trial and returns when it is on the disk. May be called by several threads.</summary>
    /// <exception cref="LaboratoryException">It cannot be written; the ledger takes nothing more.</exception>
    public void Append(TrialResult result)
    {
        byte[] line = Line(result, LedgerJson.Default.TrialResult);
        lock (_gate)
        {
            if (_broken)
            {
                throw new LaboratoryException($"{_path}: an earlier trial could not be written");
            }

            // Set while writing: behind half a line nothing may follow.
            _broken = true;
            Guard(_path, () => Write(_file, line));
            _broken = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static Ledger Load(string path, FileStream file, Specification specification, IEnumerable<string> trialIds)
    {
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        int whole = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        byte[] header = Line(
            new LedgerHeader(Format, specification.Hash, specification.Entries.ToDictionary(entry => entry.Key, entry => entry.Value)),
            LedgerJson.Default.LedgerHeader);
        if (whole == 0 && !header.AsSpan().StartsWith(content))
        {
            throw new LaboratoryException($"{path} is no ledger of this comparison; choose another folder, or delete it");
        }

        Dictionary<string, TrialResult> finished = [];
        HashSet<string> known = [.. trialIds];
        int number = 0;
        foreach (Range range in content.AsSpan(0, whole).Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = content.AsSpan(0, whole)[range];
            if (line.IsEmpty && range.End.GetOffset(whole) == whole)
            {
                break;
            }

            if (++number == 1)
            {
                CheckHeader(path, Entry(path, number, line, LedgerJson.Default.LedgerHeader), specification);
                continue;
            }

            TrialResult trial = Entry(path, number, line, LedgerJson.Default.TrialResult);
            if (!known.Contains(trial.Id))
            {
                throw new LaboratoryException($"{path} line {number} holds a trial that this comparison does not have; delete the line");
            }

            finished.TryAdd(trial.Id, trial);
        }

        file.SetLength(whole);
        file.Position = whole;
        if (whole == 0)
        {
            Write(file, header);
        }

        return new(path, file, finished);
    }

    private static void Write(FileStream file, byte[] line)
    {
        file.Write(line);
        file.Flush(flushToDisk: true);
    }

    private static byte[] Line<T>(T entry, JsonTypeInfo<T> type)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(entry, type);
        return [.. ChecksumStart, .. Checksum(json), .. ChecksumEnd, .. json, .. LineEnd];
    }

    /// <summary>Takes a line apart by position, so that the checksum is of the very bytes that are read.</summary>
    private static T Entry<T>(string path, int number, ReadOnlySpan<byte> line, JsonTypeInfo<T> type)
    {
        int start = ChecksumStart.Length + ChecksumLength + ChecksumEnd.Length;
        if (line.Length > start && line.StartsWith(ChecksumStart) && line[^1] == LineEnd[0] && line[..start].EndsWith(ChecksumEnd))
        {
            ReadOnlySpan<byte> json = line[start..^1];
            if (Checksum(json).AsSpan().SequenceEqual(line.Slice(ChecksumStart.Length, ChecksumLength)))
            {
                return JsonSerializer.Deserialize(json, type)!;
            }
        }

        string cure = number == 1 ? "choose another folder, or delete the file" : "delete the line to have its trial run again";
        throw new LaboratoryException($"{path} line {number} is damaged: {cure}");
    }

    private static byte[] Checksum(ReadOnlySpan<byte> json) =>
        Encoding.UTF8.GetBytes(Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, ChecksumLength / 2)));

    private static void CheckHeader(string path, LedgerHeader header, Specification specification)
    {
        if (header.Format != Format)
        {
            throw new LaboratoryException($"{path} is of the format {header.Format}, and this version reads {Format}; choose another folder");
        }

        if (header.Hash == specification.Hash)
        {
            return;
        }

        string[] differences =
        [
            .. from entry in specification.Entries
               let there = header.Specification.GetValueOrDefault(entry.Key, "nothing")
               where there != entry.Value
               select IsFingerprint(there) || IsFingerprint(entry.Value) ? $"other {entry.Key}" : $"{entry.Key} {there}, not {entry.Value}",
        ];
        string more = differences.Length > NamedDifferences ? $" and {differences.Length - NamedDifferences} more" : "";
        throw new LaboratoryException(
            $"{Path.GetDirectoryName(path)} holds another comparison ({string.Join("; ", differences.Take(NamedDifferences))}{more}); choose another folder");
    }

    /// <summary>A hash tells a reader nothing but that it is another.</summary>
    private static bool IsFingerprint(string value) => value.Length >= 32 && value.All(char.IsAsciiHexDigit);

    private static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return 0;
    });

    /// <summary>Turns what files can throw into one line.</summary>
    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or JsonException)
        {
            throw new LaboratoryException($"{path} cannot be used: {exception.Message}");
        }
    }
}
