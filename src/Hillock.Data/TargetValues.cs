namespace Hillock.Data;

/// <summary>What is to be learned, sample by sample: class numbers or numbers.</summary>
internal sealed class TargetValues
{
    private TargetValues(TaskKind task, IReadOnlyList<string> classes, int[] labels, double[] values)
    {
        Task = task;
        Classes = classes;
        Labels = labels;
        Values = values;
    }

    public TaskKind Task { get; }

    public IReadOnlyList<string> Classes { get; }

    public int[] Labels { get; }

    public double[] Values { get; }

    public int Count => Task == TaskKind.Classification ? Labels.Length : Values.Length;

    public static TargetValues OfClasses(IReadOnlyList<string> classes, int[] labels) => new(TaskKind.Classification, classes, labels, []);

    /// <summary>Samples of which nobody says what is to be told: zeros in the place of targets.</summary>
    public static TargetValues Unknown(int count) => new(TaskKind.Regression, [], [], new double[count]);

    /// <summary>Windows of a text, whose next characters are in the text itself.</summary>
    public static TargetValues NextCharacters(int count) => new(TaskKind.NextCharacter, [], [], new double[count]);

    public static TargetValues OfNumbers(double[] values) => new(TaskKind.Regression, [], [], values);
}
