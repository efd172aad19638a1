namespace Hillock.Laboratory;

/// <summary>How often the samples of each class are taken for which.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    /// <summary>Makes a matrix.</summary>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="counts">The number of samples by their class, then by the class that was predicted.</param>
    /// <exception cref="ArgumentException">The counts are not as many as the classes each way.</exception>
    public ConfusionMatrix(IReadOnlyList<string> classes, int[,] counts)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.GetLength(0) != classes.Count || counts.GetLength(1) != classes.Count)
        {
            throw new ArgumentException(
                $"{classes.Count} classes need as many rows and columns, and {counts.GetLength(0)} × {counts.GetLength(1)} were given", nameof(counts));
        }

        Classes = classes;
        _counts = (int[,])counts.Clone();
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>How many samples of one class were taken for another, or rightly for the same.</summary>
    /// <param name="actual">The class of the samples, from 0.</param>
    /// <param name="predicted">The class that they were taken for, from 0.</param>
    public int this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>How many samples belong to a class.</summary>
    /// <param name="actual">The class, from 0.</param>
    public int Samples(int actual) => Enumerable.Range(0, Classes.Count).Sum(predicted => _counts[actual, predicted]);

    /// <summary>How many samples were taken for a class.</summary>
    /// <param name="predicted">The class, from 0.</param>
    public int Predicted(int predicted) => Enumerable.Range(0, Classes.Count).Sum(actual => _counts[actual, predicted]);

    /// <summary>The share of samples taken for a class that belong to it; null where none was taken for it.</summary>
    /// <param name="class">The class, from 0.</param>
    public double? Precision(int @class) => Predicted(@class) is > 0 and int predicted ? (double)_counts[@class, @class] / predicted : null;

    /// <summary>The share of a class's samples that were taken for it; null where there are none.</summary>
    /// <param name="class">The class, from 0.</param>
    public double? Recall(int @class) => Samples(@class) is > 0 and int samples ? (double)_counts[@class, @class] / samples : null;
}
