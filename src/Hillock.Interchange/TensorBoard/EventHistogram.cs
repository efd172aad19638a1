namespace Hillock.Interchange.TensorBoard;

/// <summary>How numbers are distributed, as TensorBoard draws it.</summary>
/// <param name="Minimum">The least number.</param>
/// <param name="Maximum">The greatest.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
/// <param name="UpperEdges">The upper edge of each bin, ascending; a bin begins where the one before ends, the first at <paramref name="Minimum"/>.</param>
/// <param name="Counts">How many numbers each bin holds.</param>
public sealed record EventHistogram(
    double Minimum, double Maximum, double Sum, double SumOfSquares, IReadOnlyList<double> UpperEdges, IReadOnlyList<double> Counts);
