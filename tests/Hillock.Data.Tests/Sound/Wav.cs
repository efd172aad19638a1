using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Hillock.Data.Tests.Sound;

/// <summary>Makes WAV files as they should be, and as they should not.</summary>
internal static class Wav
{
    public static byte[] Bytes(int rate, params short[] samples) => File(Format(1, 1, rate, 16), Chunk("data", Data(samples)));

    public static byte[] Format(int kind, int channels, int rate, int bits, params byte[] more)
    {
        byte[] format = new byte[16 + more.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)kind);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(8), rate * channels * bits / 8);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(12), (ushort)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        more.CopyTo(format, 16);
        return Chunk("fmt ", format);
    }

    public static byte[] Data(params short[] samples) => [.. samples.SelectMany(sample => new[] { (byte)sample, (byte)(sample >> 8) })];

    public static byte[] Chunk(string id, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. Encoding.ASCII.GetBytes(id), .. length, .. content, .. new byte[content.Length & 1]];
    }

    public static byte[] File(params byte[][] chunks)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes("WAVE"), .. chunks.SelectMany(chunk => chunk)];
        return Chunk("RIFF", body);
    }

    /// <summary>A tone with a little of every frequency beside it.</summary>
    public static short[] Tone(int rate, double frequency, int samples) =>
    [
        .. Enumerable.Range(0, samples).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * frequency * i / rate) + (i * 7919 % 101) - 50)),
    ];

    public static byte[] Zip(params (string Path, byte[] Content)[] files)
    {
        using MemoryStream output = new();
        using (ZipArchive archive = new(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(path).Open();
                entry.Write(content);
            }
        }

        return output.ToArray();
    }
}
