using System.Buffers.Binary;

namespace Hillock.Data.Sound;

/// <summary>A sound: one channel of 16-bit samples.</summary>
/// <param name="Rate">Samples a second.</param>
/// <param name="Samples">The samples.</param>
internal sealed record Recording(int Rate, short[] Samples)
{
    public double Seconds => (double)Samples.Length / Rate;
}

/// <summary>Reads RIFF files with uncompressed sound (PCM) of 16 bits, one channel or two, which become their mean.</summary>
internal static class WavFile
{
    private const int LeastRate = 1000;
    private const int GreatestRate = 384_000;
    private const int ChunkHeader = 8;
    private const int Pcm = 1;
    private const int Extensible = 0xFFFE;
    private const int FormatLength = 16;
    private const int SubformatOffset = 24;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="DataException">It is no such file, or damaged.</exception>
    public static Recording Read(string file, ReadOnlySpan<byte> content)
    {
        if (content.Length < 12 || !content.StartsWith("RIFF"u8) || !content[8..].StartsWith("WAVE"u8))
        {
            throw new DataException($"{file} is no WAV file: it does not begin with RIFF and WAVE");
        }

        int channels = 0;
        int rate = 0;
        int position = 12;
        while (content.Length - position >= ChunkHeader)
        {
            ReadOnlySpan<byte> id = content.Slice(position, 4);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(content[(position + 4)..]);
            position += ChunkHeader;
            if (length > content.Length - position)
            {
                throw new DataException(
                    $"{file} is truncated: its part '{Name(id)}' should have {length} bytes, and {content.Length - position} are left");
            }

            ReadOnlySpan<byte> chunk = content.Slice(position, (int)length);
            if (id.SequenceEqual("fmt "u8))
            {
                (channels, rate) = Format(file, chunk);
            }
            else if (id.SequenceEqual("data"u8))
            {
                return channels > 0
                    ? new Recording(rate, Samples(file, chunk, channels))
                    : throw new DataException($"{file} is damaged: its sound comes before its format");
            }

            // Parts of an odd length are padded by a byte.
            position = (int)Math.Min(content.Length, position + (long)length + (length & 1));
        }

        throw new DataException($"{file} is truncated or damaged: it has no part '{(channels > 0 ? "data" : "fmt ")}'");
    }

    private static (int Channels, int Rate) Format(string file, ReadOnlySpan<byte> format)
    {
        if (format.Length < FormatLength)
        {
            throw new DataException($"{file} is damaged: its format has {format.Length} bytes, and at least {FormatLength} are needed");
        }

        int kind = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (kind == Extensible && format.Length >= SubformatOffset + 2)
        {
            kind = BinaryPrimitives.ReadUInt16LittleEndian(format[SubformatOffset..]);
        }

        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (kind != Pcm || bits != 16 || channels is < 1 or > 2)
        {
            string coding = kind == Pcm ? "PCM" : $"format {kind}";
            throw new DataException(
                $"{file} holds {coding} of {bits} bits in {channels} {(channels == 1 ? "channel" : "channels")}; "
                + "only PCM (format 1) of 16 bits in 1 or 2 channels is read");
        }

        return rate is >= LeastRate and <= GreatestRate
            ? (channels, (int)rate)
            : throw new DataException($"{file} has {rate} samples a second, and {LeastRate} to {GreatestRate} are read");
    }

    private static short[] Samples(string file, ReadOnlySpan<byte> data, int channels)
    {
        int bytes = channels * sizeof(short);
        if (data.IsEmpty || data.Length % bytes != 0)
        {
            string fault = data.IsEmpty ? "holds no sound" : $"is damaged: {data.Length} bytes of sound are not a whole number of samples of {bytes} bytes";
            throw new DataException($"{file} {fault}");
        }

        short[] samples = new short[data.Length / bytes];
        for (int i = 0; i < samples.Length; i++)
        {
            int first = BinaryPrimitives.ReadInt16LittleEndian(data[(i * bytes)..]);
            samples[i] = channels == 1 ? (short)first : (short)((first + BinaryPrimitives.ReadInt16LittleEndian(data[((i * bytes) + sizeof(short))..])) / 2);
        }

        return samples;
    }

    private static string Name(ReadOnlySpan<byte> id)
    {
        Span<char> name = stackalloc char[id.Length];
        for (int i = 0; i < id.Length; i++)
        {
            name[i] = id[i] is >= 32 and < 127 ? (char)id[i] : '?';
        }

        return new string(name);
    }
}
