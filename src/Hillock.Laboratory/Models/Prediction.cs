namespace Hillock.Laboratory;

/// <summary>What a model says of a sample.</summary>
/// <param name="Class">The most probable class, from 0; null for a regression.</param>
/// <param name="Probabilities">The probability of each class; empty for a regression.</param>
/// <param name="Value">The value in the target's own unit; null for a classification.</param>
public sealed record Prediction(int? Class, IReadOnlyList<double> Probabilities, double? Value);
