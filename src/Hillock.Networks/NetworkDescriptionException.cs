namespace Hillock.Networks;

/// <summary>A network cannot be what a description says: a layer does not fit what it reads. The message is one line that names the layer.</summary>
/// <param name="message">What is wrong.</param>
public sealed class NetworkDescriptionException(string message) : ArgumentException(message);
