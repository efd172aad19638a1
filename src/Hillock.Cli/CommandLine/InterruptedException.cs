namespace Hillock.Cli.CommandLine;

/// <summary>A command was interrupted; the message is one line that says what is kept and how to go on.</summary>
internal sealed class InterruptedException(string message, OperationCanceledException cause) : Exception(message, cause);
