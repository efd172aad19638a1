namespace Hillock.Data;

/// <summary>Reads the beginning of a file, by which its kind is told.</summary>
internal static class FileHead
{
    /// <summary>The first bytes of a file, fewer where it is shorter.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static byte[] Read(string path, int most)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] head = new byte[(int)Math.Min(most, file.Length)];
            file.ReadExactly(head);
            return head;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataException.Unreadable(path, exception);
        }
    }
}
