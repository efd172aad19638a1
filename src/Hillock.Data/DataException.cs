namespace Hillock.Data;

/// <summary>
/// Data that cannot be found, read or used. The message is one line that names the file, the line and the column where there are
/// such.
/// </summary>
public sealed class DataException : Exception
{
    /// <summary>Makes an exception with a one-line message for the user.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public DataException(string message)
        : base(OneLine.Of(message))
    {
    }

    /// <summary>Makes an exception with a one-line message for the user and its cause.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DataException(string message, Exception innerException)
        : base(OneLine.Of(message), innerException)
    {
    }

    /// <summary>What is thrown where the system does not let a file or folder be read.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="cause">What the system says.</param>
    internal static DataException Unreadable(string path, Exception cause) => new($"{path} cannot be read: {cause.Message.TrimEnd('.')}", cause);
}
