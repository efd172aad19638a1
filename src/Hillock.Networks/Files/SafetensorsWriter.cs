using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hillock.Networks;

/// <summary>Writes tensors in the safetensors format.</summary>
/// <remarks>
/// The format, as Hugging Face publishes it: the length of the header as 8 bytes, least significant first; the header, a JSON object that has for
/// every tensor its type (<c>dtype</c>), dimensions (<c>shape</c>) and place (<c>data_offsets</c>: first byte and the one behind the last, counted
/// from the end of the header), and texts under <c>__metadata__</c>, filled up with spaces; then the numbers of all tensors without gaps, least
/// significant byte first. Among the texts is <c>crc32c</c>, the checksum of the whole file with zeros for its own digits: the format has none.
/// </remarks>
internal static class SafetensorsWriter
{
    /// <summary>Texts that go with the tensors.</summary>
    public const string Metadata = "__metadata__";

    /// <summary>The name of the text that is the checksum.</summary>
    public const string Checksum = "crc32c";

    /// <summary>The name of the text that says what the file is for.</summary>
    public const string Format = "format";

    /// <summary>What stands behind the name of the format: the version of files that have a checksum of all their bytes.</summary>
    public const string Version = "/2";

    /// <summary>What stands for the checksum while it is computed.</summary>
    private const string NoChecksum = "00000000";

    /// <summary>The numbers start at a multiple of so many bytes, so that a mapped file can be read in place.</summary>
    private const int Alignment = 8;

    /// <summary>How many numbers are written or read at once: spans of bytes end at 2 GiB.</summary>
    internal const int Piece = 1 << 24;

    private static readonly JsonWriterOptions HeaderOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file beside its place and then renames it.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="format">What the file is for; the version is added.</param>
    /// <param name="metadata">Texts by name, none of them <see cref="Format"/> or <see cref="Checksum"/>.</param>
    /// <param name="tensors">The tensors, in the order in which they are written.</param>
    /// <exception cref="IOException">It cannot be written: nothing is left behind, and a file that was there is as it was.</exception>
    public static void Write(string path, string format, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<StoredTensor> tensors) =>
        FileWriter.Write(path, stream =>
        {
            Span<byte> head = Head(format, metadata, tensors);
            Encoding.ASCII.GetBytes(ChecksumOf(head, tensors), ChecksumIn(head));
            stream.Write(head);
            foreach (StoredTensor tensor in tensors)
            {
                for (ReadOnlySpan<float> values = tensor.Values; !values.IsEmpty; values = values[Math.Min(Piece, values.Length)..])
                {
                    stream.Write(Bytes(values));
                }
            }
        });

    /// <summary>The digits of the checksum in a header; empty where there are none.</summary>
    public static Span<byte> ChecksumIn(Span<byte> header)
    {
        // Nothing but a name looks like this: quotes within texts have a backslash before them.
        ReadOnlySpan<byte> name = "\"crc32c\":\""u8;
        int place = header.IndexOf(name);
        return place < 0 || header.Length < place + name.Length + NoChecksum.Length ? [] : header.Slice(place + name.Length, NoChecksum.Length);
    }

    /// <summary>The bytes of the next piece of a tensor.</summary>
    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values[..Math.Min(Piece, values.Length)]);

    private static string ChecksumOf(ReadOnlySpan<byte> head, IReadOnlyList<StoredTensor> tensors)
    {
        Crc32C checksum = default;
        checksum.Add(head);
        foreach (StoredTensor tensor in tensors)
        {
            for (ReadOnlySpan<float> values = tensor.Values; !values.IsEmpty; values = values[Math.Min(Piece, values.Length)..])
            {
                checksum.Add(Bytes(values));
            }
        }

        return checksum.Text;
    }

    /// <summary>All that stands before the numbers: the length of the header and the header, without a checksum as yet.</summary>
    private static byte[] Head(string format, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<StoredTensor> tensors)
    {
        ReadOnlySpan<byte> header = Header(format, metadata, tensors);
        int padding = (Alignment - (header.Length % Alignment)) % Alignment;
        byte[] head = [.. new byte[sizeof(ulong)], .. header, .. "        "u8[..padding]];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)(header.Length + padding));
        return head;
    }

    private static ReadOnlySpan<byte> Header(string format, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<StoredTensor> tensors)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, HeaderOptions);
        json.WriteStartObject();
        json.WriteStartObject(Metadata);
        json.WriteString(Format, format + Version);
        foreach ((string name, string text) in metadata)
        {
            json.WriteString(name, text);
        }

        json.WriteString(Checksum, NoChecksum);
        json.WriteEndObject();
        long offset = 0;
        foreach (StoredTensor tensor in tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", "F32");
            json.WriteStartArray("shape");
            foreach (int dimension in tensor.Dimensions)
            {
                json.WriteNumberValue(dimension);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            offset += (long)tensor.Length * sizeof(float);
            json.WriteNumberValue(offset);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }
}
