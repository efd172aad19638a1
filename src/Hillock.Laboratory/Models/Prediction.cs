using System.Globalization;

namespace Hillock.Laboratory;

/// <summary>What a model says of a sample.</summary>
/// <param name="Class">The most probable class, from 0; null for a regression.</param>
/// <param name="Label">The name of that class; null for a regression.</param>
/// <param name="Probabilities">The probability of each class; empty for a regression.</param>
/// <param name="Value">The value in the target's own unit; null for a classification.</param>
public sealed record Prediction(int? Class, string? Label, IReadOnlyList<double> Probabilities, double? Value)
{
    /// <summary>The class and its probability, or the value.</summary>
    public override string ToString() => Class is { } index
        ? string.Create(CultureInfo.InvariantCulture, $"{Label} ({Probabilities[index]:0.0000})")
        : string.Create(CultureInfo.InvariantCulture, $"{Value}");
}
