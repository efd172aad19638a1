using System.IO.Compression;

namespace Hillock.Data;

/// <summary>Reads files whole, and out of gzip where they are in it.</summary>
internal static class FileContent
{
    /// <summary>The content of a file, decompressed if it begins as gzip does, whatever its name.</summary>
    /// <exception cref="DataException">The file cannot be read, or its compressed content is damaged or cut short.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            return content is [0x1F, 0x8B, ..] ? Decompress(content) : content;
        }
        catch (InvalidDataException exception)
        {
            throw new DataException($"{path} is damaged: {exception.Message.TrimEnd('.')}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataException.Unreadable(path, exception);
        }
    }

    /// <summary>The content of a gzip file.</summary>
    /// <exception cref="InvalidDataException">The content is damaged or cut short.</exception>
    public static byte[] Decompress(byte[] compressed)
    {
        // GZipStream takes the end of its input for the end of the content. A known member put behind the file's own comes out at the end
        // if these were whole, and is swallowed if they were not.
        byte[] seal = "the content above is whole"u8.ToArray();
        using MemoryStream input = new();
        input.Write(compressed);
        using (GZipStream sealing = new(input, CompressionLevel.Fastest, leaveOpen: true))
        {
            sealing.Write(seal);
        }

        input.Position = 0;
        using MemoryStream output = new();
        try
        {
            using GZipStream content = new(input, CompressionMode.Decompress);
            content.CopyTo(output);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException("its gzip content is not valid", exception);
        }

        ReadOnlySpan<byte> all = output.GetBuffer().AsSpan(0, (int)output.Length);
        return all.EndsWith(seal) ? all[..^seal.Length].ToArray() : throw new InvalidDataException("its gzip content is cut short");
    }
}
