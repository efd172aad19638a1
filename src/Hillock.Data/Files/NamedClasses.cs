using System.Globalization;

namespace Hillock.Data.Files;

/// <summary>Makes classes of names: of folders, files or lines.</summary>
internal static class NamedClasses
{
    /// <summary>The classes of the training samples: by value where all are whole numbers, else ordinal.</summary>
    /// <param name="where">What holds the samples, for messages.</param>
    /// <param name="labels">The name of the class of each sample.</param>
    /// <exception cref="DataException">All are of one class.</exception>
    public static TargetValues Training(string where, IReadOnlyList<string> labels)
    {
        string[] classes = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.Length < 2)
        {
            throw new DataException($"{where}: all samples are of the class '{OneLine.Value(classes[0])}': there is nothing to learn");
        }

        if (Array.TrueForAll(classes, name => TryParse(name, out _)))
        {
            classes = [.. classes.OrderBy(name => TryParse(name, out int value) ? value : 0)];
        }

        return Of(where, labels, classes);
    }

    /// <summary>The same classes for other samples.</summary>
    /// <exception cref="DataException">A sample is of none of them.</exception>
    public static TargetValues Of(string where, IReadOnlyList<string> labels, IReadOnlyList<string> classes)
    {
        Dictionary<string, int> classOf = new(StringComparer.Ordinal);
        for (int i = 0; i < classes.Count; i++)
        {
            classOf.Add(classes[i], i);
        }

        int[] numbers = [.. labels.Select(label => classOf.GetValueOrDefault(label, -1))];
        int wrong = Array.IndexOf(numbers, -1);
        return wrong < 0
            ? TargetValues.OfClasses(classes, numbers)
            : throw new DataException($"{where}: no training sample is of the test part's class '{OneLine.Value(labels[wrong])}'");
    }

    private static bool TryParse(string name, out int value) => int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
