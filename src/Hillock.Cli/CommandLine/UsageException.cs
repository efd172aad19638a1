namespace Hillock.Cli.CommandLine;

/// <summary>A command line that is not understood; the message is one line that says what is allowed.</summary>
internal sealed class UsageException(string message) : Exception(message);
