using Hillock.Data;

namespace Hillock.Laboratory;

/// <summary>A comparison that is decided but not run: its protocol and the pure list of its trials.</summary>
public sealed class ComparisonPlan
{
    /// <summary>What is learned from.</summary>
    public required DataSource Data { get; init; }

    /// <summary>The question.</summary>
    public required ComparisonOptions Options { get; init; }

    /// <summary>How the candidates are compared, with everything that the options left to the data decided.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>The data in short.</summary>
    public required DataSummary Summary { get; init; }

    /// <summary>What is suspicious about the data or the question.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Decides a comparison.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="options">What to compare, and how.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="LaboratoryException">The data do not allow the comparison.</exception>
    public static ComparisonPlan Create(DataSource data, ComparisonOptions options) => throw new NotImplementedException();
}
