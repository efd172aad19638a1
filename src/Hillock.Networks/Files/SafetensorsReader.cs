using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Hillock.Networks;

/// <summary>
/// Reads tensors of 32-bit floats in the safetensors format (<see cref="SafetensorsWriter"/>) from files that nobody vouches for: everything is
/// checked against the length of the file before memory is taken for it.
/// </summary>
internal sealed class SafetensorsReader : IDisposable
{
    /// <summary>The longest header, in bytes, as in the format's reference implementation.</summary>
    private const long LongestHeader = 100_000_000;

    /// <summary>Files of this version have a checksum of their numbers, or none.</summary>
    private const string FirstVersion = "/1";

    private static readonly JsonDocumentOptions HeaderOptions = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly long _dataStart;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file is none of the format, or its parts do not fit together.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public SafetensorsReader(string path)
    {
        _path = path;
        _stream = File.OpenRead(path);
        try
        {
            byte[] header = ReadHeader();
            _dataStart = sizeof(ulong) + header.LongLength;
            ParseHeader(header);
            CheckPlaces();
        }
        catch (Exception exception) when (exception is EndOfStreamException or JsonException or InvalidOperationException or NotSupportedException)
        {
            _stream.Dispose();
            throw Error($"the header is not valid: {exception.Message}", exception);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The texts of the header by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Makes sure that the file has these tensors and no others.</summary>
    /// <param name="expected">The names and dimensions.</param>
    /// <exception cref="ModelFileException">A tensor is missing, superfluous or of another shape.</exception>
    public void Require(IEnumerable<(string Name, IReadOnlyList<int> Dimensions)> expected)
    {
        HashSet<string> superfluous = [.. _entries.Keys];
        foreach ((string name, IReadOnlyList<int> dimensions) in expected)
        {
            if (!_entries.TryGetValue(name, out Entry? entry))
            {
                throw Error($"the tensor '{name}' of shape {Shape(dimensions)} is missing");
            }

            if (!entry.Shape.SequenceEqual(dimensions.Select(dimension => (long)dimension)))
            {
                throw Error($"the tensor '{name}' has the shape {Shape(entry.Shape)}, and {Shape(dimensions)} is expected");
            }

            superfluous.Remove(name);
        }

        if (superfluous.Count > 0)
        {
            throw Error($"the tensor '{superfluous.Min(StringComparer.Ordinal)}' belongs to nothing that the file describes");
        }
    }

    /// <summary>Refuses a file of another kind, and one that was changed since it was written.</summary>
    /// <param name="format">The name of the format, which stands in the metadata with its version: files of version 2 have a checksum of all their bytes.</param>
    /// <param name="kind">What the file should be.</param>
    /// <exception cref="ModelFileException">The format is another, or the checksum.</exception>
    public void RequireFormat(string format, string kind)
    {
        string? found = _metadata.GetValueOrDefault(SafetensorsWriter.Format);
        if (found == format + SafetensorsWriter.Version)
        {
            string expected = _metadata.GetValueOrDefault(SafetensorsWriter.Checksum)
                ?? throw Error($"damaged: its metadata have no '{SafetensorsWriter.Checksum}', the checksum of a file of the format '{found}'");
            RequireUnchanged(expected, fromStart: true, $"has to write the format '{format}{FirstVersion}', without '{SafetensorsWriter.Checksum}'");
        }
        else if (found != format + FirstVersion)
        {
            throw Error(
                $"not {kind} of Hillock: its metadata say {(found is null ? "no format" : $"the format '{found}'")}, and '{format}{SafetensorsWriter.Version}' is expected");
        }
        else if (_metadata.TryGetValue(SafetensorsWriter.Checksum, out string? expected))
        {
            RequireUnchanged(expected, fromStart: false, $"has to take '{SafetensorsWriter.Checksum}' out of the metadata");
        }
    }

    /// <summary>Compares the checksum of all bytes, or of the numbers.</summary>
    private void RequireUnchanged(string expected, bool fromStart, string permission)
    {
        Crc32C checksum = default;
        _stream.Position = fromStart ? 0 : _dataStart;
        if (fromStart)
        {
            byte[] head = new byte[_dataStart];
            _stream.ReadExactly(head);
            SafetensorsWriter.ChecksumIn(head).Fill((byte)'0');
            checksum.Add(head);
        }

        byte[] piece = new byte[1 << 16];
        for (int count; (count = _stream.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false)) > 0;)
        {
            checksum.Add(piece.AsSpan(0, count));
        }

        if (checksum.Text != expected)
        {
            throw Error(
                $"damaged: it is not what was written, its CRC-32C is {checksum.Text}, and the header says '{expected}' "
                    + $"(a program that changes it on purpose {permission})");
        }
    }

    /// <summary>Reads the numbers of a tensor that <see cref="Require"/> has found.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="destination">Receives the numbers: as many as the tensor has.</param>
    public void Read(string name, Span<float> destination)
    {
        _stream.Position = _dataStart + _entries[name].Begin;
        for (; !destination.IsEmpty; destination = destination[Math.Min(SafetensorsWriter.Piece, destination.Length)..])
        {
            _stream.ReadExactly(MemoryMarshal.AsBytes(destination[..Math.Min(SafetensorsWriter.Piece, destination.Length)]));
        }
    }

    /// <summary>The exception for something that is wrong with this file.</summary>
    public ModelFileException Error(string message, Exception? cause = null) => new(_path, message, cause);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private byte[] ReadHeader()
    {
        long fileLength = _stream.Length;
        if (fileLength < sizeof(ulong))
        {
            throw Error($"not a safetensors file, or cut off: it has {fileLength} bytes, and the length of the header alone takes 8");
        }

        Span<byte> start = stackalloc byte[sizeof(ulong)];
        _stream.ReadExactly(start);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        ulong available = (ulong)(fileLength - sizeof(ulong));
        if (start.IndexOfAnyExceptInRange((byte)0x09, (byte)0x7E) < 0)
        {
            throw Error($"not a safetensors file: it begins with text, {Encoding.ASCII.GetString(start).ReplaceLineEndings(" ")}");
        }

        if (length > LongestHeader || length > available)
        {
            throw Error($"not a safetensors file, or cut off: a header of {length} bytes is announced, {available} bytes follow (at most {LongestHeader} are allowed)");
        }

        byte[] header = new byte[length];
        _stream.ReadExactly(header);
        if (header.Length == 0 || header[0] != (byte)'{')
        {
            throw Error("not a safetensors file: its header does not begin with '{'");
        }

        return header;
    }

    private void ParseHeader(byte[] header)
    {
        using JsonDocument document = JsonDocument.Parse(header, HeaderOptions);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Name == SafetensorsWriter.Metadata)
            {
                foreach (JsonProperty text in property.Value.EnumerateObject())
                {
                    _metadata.Add(text.Name, text.Value.GetString() ?? throw Error($"the metadata '{text.Name}' are null, and a text is expected"));
                }
            }
            else
            {
                _entries.Add(property.Name, ParseEntry(property.Name, property.Value));
            }
        }
    }

    private Entry ParseEntry(string name, JsonElement element)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            switch (property.Name)
            {
                case "dtype":
                    type = property.Value.GetString();
                    break;
                case "shape":
                    shape = Numbers(name, property.Value);
                    break;
                case "data_offsets":
                    offsets = Numbers(name, property.Value);
                    break;
                default:
                    throw Error($"the tensor '{name}' has a field '{property.Name}', and only dtype, shape and data_offsets are known");
            }
        }

        if (type != "F32")
        {
            throw Error($"the tensor '{name}' is of the type {type ?? "(none)"}, and F32 is expected");
        }

        if (shape is null || offsets is not [long begin, long end] || begin > end)
        {
            throw Error($"the tensor '{name}' needs a shape and two ascending data_offsets");
        }

        Int128 bytes = sizeof(float);
        foreach (long dimension in shape)
        {
            // Below 2^63 before, below 2^126 after.
            bytes = bytes > long.MaxValue ? bytes : bytes * dimension;
        }

        return bytes == end - begin
            ? new Entry(name, shape, begin, end)
            : throw Error($"the tensor '{name}' of shape {Shape(shape)} does not take the {end - begin} bytes from {begin} to {end}");
    }

    private long[] Numbers(string name, JsonElement array)
    {
        long[] numbers = new long[array.GetArrayLength()];
        int count = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out numbers[count]) || numbers[count++] < 0)
            {
                throw Error($"the tensor '{name}' has {element.GetRawText()} among its numbers, and whole numbers from 0 are expected");
            }
        }

        return numbers;
    }

    /// <summary>The tensors have to cover what follows the header: no gaps, no overlaps, nothing behind.</summary>
    private void CheckPlaces()
    {
        long length = _stream.Length - _dataStart;
        long covered = 0;
        foreach (Entry entry in _entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != covered)
            {
                throw Error($"the tensor '{entry.Name}' starts at byte {entry.Begin} of the data, and the one before ends at {covered}");
            }

            covered = entry.End;
        }

        if (covered != length)
        {
            throw Error($"cut off or too long: the tensors take {covered} bytes, and {length} follow the header");
        }
    }

    private static string Shape<T>(IEnumerable<T> dimensions) => $"[{string.Join(", ", dimensions)}]";

    private sealed record Entry(string Name, long[] Shape, long Begin, long End);
}
