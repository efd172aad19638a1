namespace Hillock.Laboratory;

/// <summary>An experiment cannot be run or resumed. The message is one line that says why and what to do.</summary>
/// <param name="message">The line.</param>
public sealed class LaboratoryException(string message) : Exception(message);
