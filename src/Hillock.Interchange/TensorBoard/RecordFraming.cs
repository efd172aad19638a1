using System.Buffers.Binary;
using System.Numerics;

namespace Hillock.Interchange.TensorBoard;

/// <summary>
/// The framing of TensorFlow's record files: the length of a record as eight bytes, their checksum, the record, its checksum. All numbers are
/// little-endian; the checksums are CRC-32C (Castagnoli), masked as TensorFlow does because a checksum of data that hold checksums is a weak one.
/// </summary>
internal static class RecordFraming
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>Appends a record.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> record)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(ulong)..], MaskedChecksum(head[..sizeof(ulong)]));
        Span<byte> tail = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedChecksum(record));
        stream.Write(head);
        stream.Write(record);
        stream.Write(tail);
    }

    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return BitOperations.RotateRight(~checksum, 15) + MaskDelta;
    }
}
