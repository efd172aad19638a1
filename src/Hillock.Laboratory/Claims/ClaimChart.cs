using Hillock.Laboratory.Statistics;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>A point of a chart and the range that the seeds cover there.</summary>
/// <param name="X">Its place across.</param>
/// <param name="Y">Its height: the median over the seeds.</param>
/// <param name="Low">The least value of a seed.</param>
/// <param name="High">The greatest.</param>
public readonly record struct ClaimPoint(double X, double Y, double Low, double High)
{
    /// <summary>The point of the values that the seeds have at one place.</summary>
    internal static ClaimPoint Of(double x, IReadOnlyCollection<double> values) =>
        new(x, Sample.Median(values) ?? double.NaN, values.Min(), values.Max());
}

/// <summary>The points of one thing, from left to right.</summary>
/// <param name="Name">What they are of.</param>
/// <param name="Points">The points.</param>
public sealed record ClaimSeries(string Name, IReadOnlyList<ClaimPoint> Points)
{
    /// <summary>Whether the points belong to a course and are joined.</summary>
    public bool IsLine { get; init; } = true;

    /// <summary>Whether these are the published figures, to be told from what was measured.</summary>
    public bool IsPublished { get; init; }
}

/// <summary>What a picture of a claim shows.</summary>
/// <param name="Title">A sentence that says what is to be seen.</param>
/// <param name="Across">What is drawn to the right.</param>
/// <param name="Upwards">What is drawn upwards.</param>
/// <param name="Series">What is drawn.</param>
public sealed record ClaimChart(string Title, string Across, string Upwards, IReadOnlyList<ClaimSeries> Series)
{
    /// <summary>Whether equal steps to the right are equal ratios.</summary>
    public bool IsLogarithmicAcross { get; init; }

    /// <summary>Whether equal steps upwards are equal ratios.</summary>
    public bool IsLogarithmicUpwards { get; init; }

    /// <summary>The names of the places 0, 1, 2... across, where these are no numbers.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>The linear regions of a network on a plane through its samples, drawn beside the series.</summary>
    public RegionMap? Regions { get; init; }
}
