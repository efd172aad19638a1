namespace Hillock.Networks;

/// <summary>
/// A file that holds no network or no training of the kind asked for: damaged, cut off, tampered with, or of another kind. The message is one line
/// that names the file, what is wrong and what was expected.
/// </summary>
public sealed class ModelFileException : IOException
{
    private const int LongestMessage = 400;

    /// <summary>Makes an exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="message">What is wrong with it.</param>
    /// <param name="innerException">The cause; null for none.</param>
    public ModelFileException(string path, string message, Exception? innerException = null)
        : base($"{path}: {OneLine(message)}", innerException)
    {
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>A message may quote what stands in the file.</summary>
    private static string OneLine(string message)
    {
        string line = message.ReplaceLineEndings(" ");
        return line.Length <= LongestMessage ? line : string.Concat(line.AsSpan(0, LongestMessage), "…");
    }
}
