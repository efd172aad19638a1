namespace Hillock.Interchange;

/// <summary>A file of another program's format is damaged or holds what is not supported. The message is one line that names the file and says what is allowed.</summary>
/// <param name="message">The line.</param>
public sealed class InterchangeException(string message) : Exception(message);
