namespace Hillock.Networks;

/// <summary>
/// Samples in memory: rows of numbers with a label each (classification), labels for each position of a sequence, or a target each (regression).
/// Its arrays are used as they are, not copied, and must not be changed while the data set is in use.
/// </summary>
public sealed class Dataset
{
    private readonly float[] _inputs;
    private readonly int[] _labels;
    private readonly float[] _targets;
    private readonly int[] _lengths;

    private Dataset(float[] inputs, TensorShape shape, int[] labels, float[] targets, int classes, int labelsPerSample = 1, int[]? lengths = null)
    {
        _inputs = inputs;
        _labels = labels;
        _targets = targets;
        _lengths = lengths ?? [];
        Shape = shape;
        Classes = classes;
        LabelsPerSample = labelsPerSample;
        Count = classes > 0 ? labels.Length / labelsPerSample : targets.Length;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The shape of a sample, by which a network for it can be described.</summary>
    public TensorShape Shape { get; }

    /// <summary>The number of inputs of a sample.</summary>
    public int Features => Shape.Size;

    /// <summary>The number of classes; 0 for a regression.</summary>
    public int Classes { get; }

    /// <summary>The inputs, <see cref="Count"/> rows of <see cref="Features"/> numbers.</summary>
    public ReadOnlySpan<float> Inputs => _inputs;

    /// <summary>How many labels or targets a sample has: 1, or of a sequence whose every position has a class its length.</summary>
    public int LabelsPerSample { get; }

    /// <summary>The class of each sample, or of each position, 0 to <see cref="Classes"/> - 1; empty for a regression.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The value to be predicted for each sample; empty for a classification.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>
    /// How many positions of each sequence are real, from 1; those behind are padding: what stands there, and how much of it there is, has no
    /// influence on what a network makes of a sample, save through a flatten layer, whose features are those of all positions. Empty where all positions of
    /// all samples are real.
    /// </summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Makes a data set whose samples belong to classes.</summary>
    /// <param name="inputs">Rows of <paramref name="features"/> numbers, one after the other.</param>
    /// <param name="features">The number of inputs of a sample; at least 1.</param>
    /// <param name="labels">The class of each sample, 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">The number of classes; at least 2.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a label is out of range.</exception>
    public static Dataset Classification(float[] inputs, int features, int[] labels, int classes) =>
        Classification(inputs, Plain(features), labels, classes);

    /// <summary>Makes a data set whose samples have a shape and belong to classes.</summary>
    /// <param name="inputs">The samples, one after the other, each as its shape says.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="labels">The class of each sample, 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="classes">The number of classes; at least 2.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a label is out of range.</exception>
    public static Dataset Classification(float[] inputs, TensorShape shape, int[] labels, int classes)
    {
        return Sequences(inputs, shape, labels, labelsPerSample: 1, classes);
    }

    /// <summary>Makes a data set of sequences whose every position belongs to a class, such as the character that comes next.</summary>
    /// <param name="inputs">The samples, one after the other, each as its shape says.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="labels">The class of each position, 0 to <paramref name="classes"/> - 1, sample after sample.</param>
    /// <param name="labelsPerSample">The positions of a sample that have a class; at least 1.</param>
    /// <param name="classes">The number of classes; at least 2.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a label is out of range.</exception>
    public static Dataset Sequences(float[] inputs, TensorShape shape, int[] labels, int labelsPerSample, int classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(labelsPerSample, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (labels.Length % labelsPerSample != 0)
        {
            throw new ArgumentException($"{labels.Length} labels are not {labelsPerSample} for each sample", nameof(labels));
        }

        CheckInputs(inputs, shape, labels.Length / labelsPerSample, labelsPerSample == 1 ? "labels" : "samples");
        int wrong = Array.FindIndex(labels, label => (uint)label >= (uint)classes);
        if (wrong >= 0)
        {
            throw new ArgumentException($"label {labels[wrong]} of sample {wrong / labelsPerSample} is not one of 0 to {classes - 1}", nameof(labels));
        }

        return new Dataset(inputs, shape, labels, [], classes, labelsPerSample);
    }

    /// <summary>Makes a data set whose samples have a number to be predicted.</summary>
    /// <param name="inputs">Rows of <paramref name="features"/> numbers, one after the other.</param>
    /// <param name="features">The number of inputs of a sample; at least 1.</param>
    /// <param name="targets">The target of each sample.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static Dataset Regression(float[] inputs, int features, float[] targets) => Regression(inputs, Plain(features), targets);

    /// <summary>Makes a data set whose samples have a shape and a number to be predicted.</summary>
    /// <param name="inputs">The samples, one after the other, each as its shape says.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="targets">The target of each sample.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static Dataset Regression(float[] inputs, TensorShape shape, float[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        CheckInputs(inputs, shape, targets.Length, "targets");
        return new Dataset(inputs, shape, [], targets, 0);
    }

    /// <summary>The same samples, sequences of which only the first positions are real. The numbers are shared, not copied.</summary>
    /// <param name="lengths">The real positions of each sample, from 1 to the positions of <see cref="Shape"/> (token ids: to their number).</param>
    /// <exception cref="ArgumentException">The samples are no sequences, or a length is missing or out of range.</exception>
    public Dataset WithLengths(int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        int positions = Shape.IsTokens ? Shape.Size : Shape.Positions;
        if (!Shape.IsTokens && Shape.Rank != 2)
        {
            throw new ArgumentException($"sequences have lengths, and the samples have {Shape}", nameof(lengths));
        }

        if (LabelsPerSample > 1)
        {
            throw new ArgumentException("sequences whose every position has a label have no padding", nameof(lengths));
        }

        if (lengths.Length != Count)
        {
            throw new ArgumentException($"{Count} samples need as many lengths, and {lengths.Length} were given", nameof(lengths));
        }

        int wrong = Array.FindIndex(lengths, length => length < 1 || length > positions);
        return wrong < 0
            ? new Dataset(_inputs, Shape, _labels, _targets, Classes, lengths: lengths)
            : throw new ArgumentException($"the length of sample {wrong} is {lengths[wrong]}, and must be from 1 to {positions}", nameof(lengths));
    }

    /// <summary>Copies some of the samples into a data set of their own.</summary>
    /// <param name="rows">The samples to take, in their new order; a sample may be taken more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    public Dataset Subset(ReadOnlySpan<int> rows)
    {
        float[] inputs = new float[rows.Length * Features];
        int[] labels = new int[_labels.Length > 0 ? rows.Length * LabelsPerSample : 0];
        float[] targets = new float[_targets.Length > 0 ? rows.Length : 0];
        int[] lengths = new int[_lengths.Length > 0 ? rows.Length : 0];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if ((uint)row >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"row {row} does not exist: the data set has {Count} samples");
            }

            Array.Copy(_inputs, row * Features, inputs, i * Features, Features);
            if (labels.Length > 0)
            {
                Array.Copy(_labels, row * LabelsPerSample, labels, i * LabelsPerSample, LabelsPerSample);
            }

            if (targets.Length > 0)
            {
                targets[i] = _targets[row];
            }

            if (lengths.Length > 0)
            {
                lengths[i] = _lengths[row];
            }
        }

        return new Dataset(inputs, Shape, labels, targets, Classes, LabelsPerSample, lengths);
    }

    /// <summary>A data set over places whose numbers are going to be written, and are checked by who writes them.</summary>
    internal static Dataset Over(float[] inputs, TensorShape shape, int[] labels, float[] targets, int classes) => new(inputs, shape, labels, targets, classes);

    private static TensorShape Plain(int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        return TensorShape.Features(features);
    }

    private static void CheckInputs(float[] inputs, TensorShape shape, int count, string of)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(shape);
        if (inputs.LongLength != (long)count * shape.Size)
        {
            throw new ArgumentException($"{count} {of} with {shape} each need {(long)count * shape.Size} inputs, and {inputs.Length} were given", nameof(inputs));
        }
    }
}
