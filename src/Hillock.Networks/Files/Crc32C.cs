using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Hillock.Networks;

/// <summary>The checksum CRC-32C (Castagnoli 1993) of a stream of bytes: it differs wherever a single byte, or up to 32 bits in a row, were changed.</summary>
internal struct Crc32C
{
    private uint _inverted;

    /// <summary>The checksum of what was added, as eight hexadecimal digits.</summary>
    public readonly string Text => _inverted.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = ~_inverted;
        foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            state = BitOperations.Crc32C(state, eight);
        }

        foreach (byte one in bytes[(bytes.Length & ~(sizeof(ulong) - 1))..])
        {
            state = BitOperations.Crc32C(state, one);
        }

        _inverted = ~state;
    }
}
