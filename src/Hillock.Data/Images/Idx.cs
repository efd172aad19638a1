using System.Buffers.Binary;

namespace Hillock.Data.Images;

/// <summary>
/// The IDX format of the MNIST files: two zeros, a type, the number of extents, the extents (32 bits, big-endian), then the values.
/// </summary>
internal static class Idx
{
    private const byte UnsignedByte = 8;
    private const int MostExtents = 8;

    /// <summary>The bytes of the longest header.</summary>
    public const int LongestHeader = 4 + (4 * MostExtents);

    /// <summary>Whether a content begins as IDX does.</summary>
    public static bool Is(ReadOnlySpan<byte> content) =>
        content.Length >= 4 && content is [0, 0, (>= 8 and <= 9) or (>= 11 and <= 14), >= 1 and <= MostExtents, ..];

    /// <summary>The extents of a content of bytes, and where its values begin.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="content">The content, decompressed: the whole, or at least a header's length of it.</param>
    /// <param name="length">The length of the whole content.</param>
    /// <exception cref="DataException">It is not IDX, of another type, or of another length than its extents say.</exception>
    public static (int[] Extents, int Offset) Read(string file, ReadOnlySpan<byte> content, long length)
    {
        if (!Is(content))
        {
            throw new DataException($"{file} is no IDX file: it does not begin with two zeros, a type and the number of extents");
        }

        if (content[2] != UnsignedByte)
        {
            throw new DataException($"{file} holds IDX values of type {content[2]}; only bytes (type 8) are read");
        }

        int offset = 4 + (4 * content[3]);
        if (length < offset)
        {
            throw new DataException($"{file} is truncated: {length} bytes, and its header alone needs {offset}");
        }

        int[] extents = new int[content[3]];
        UInt128 expected = 1;
        for (int i = 0; i < extents.Length; i++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(content[(4 + (4 * i))..]);
            extents[i] = (int)Math.Min(extent, int.MaxValue);
            expected = UInt128.Min(expected * extent, ulong.MaxValue);
        }

        expected += (uint)offset;
        if (expected != (ulong)length)
        {
            string fault = expected > (ulong)length ? "is truncated" : "is too long";
            throw new DataException($"{file} {fault}: {length} bytes, and its header says {expected} ({string.Join('×', extents)} values)");
        }

        return expected > (uint)offset ? (extents, offset) : throw new DataException($"{file} is empty: {string.Join('×', extents)} values");
    }
}
