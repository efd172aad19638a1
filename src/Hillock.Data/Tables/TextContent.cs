using System.Text;
using System.Text.Unicode;

namespace Hillock.Data.Tables;

/// <summary>The bytes of a text file as UTF-8, whatever they were.</summary>
internal static class TextContent
{
    /// <summary>
    /// UTF-8 stays as it is, UTF-16 is known by its byte order mark, and anything else is taken for Latin-1, in which every byte is a
    /// character. Null where the bytes are no text: a NUL, or more than one control character in a hundred bytes.
    /// </summary>
    public static byte[]? ToUtf8(byte[] content)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            Encoding utf16 = new UnicodeEncoding(bigEndian: content[0] == 0xFE, byteOrderMark: true);
            return Encoding.UTF8.GetBytes(utf16.GetString(content, 2, content.Length - 2));
        }

        if (!IsText(content))
        {
            return null;
        }

        return Utf8.IsValid(content) ? content : Encoding.Convert(Encoding.Latin1, Encoding.UTF8, content);
    }

    /// <summary>Whether bytes are text: no NUL, and at most one control character in a hundred.</summary>
    public static bool IsText(ReadOnlySpan<byte> content)
    {
        if (content.Contains((byte)0))
        {
            return false;
        }

        long controls = 0;
        foreach (byte b in content)
        {
            controls += b is < 32 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') ? 1 : 0;
        }

        return controls * 100 <= content.Length;
    }
}
