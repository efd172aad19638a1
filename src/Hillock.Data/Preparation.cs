using System.Text.Json.Serialization;
using Hillock.Data.Images;
using Hillock.Data.Sound;
using Hillock.Data.Tables;
using Hillock.Data.Text;
using Hillock.Networks;

namespace Hillock.Data;

/// <summary>
/// How raw samples become the inputs of a network: what <see cref="DataSource.Fit"/> learned from the training rows, as plain immutable
/// data. It is part of the trained model. Safe to share between threads.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "preparation")]
[JsonDerivedType(typeof(TablePreparation), "table")]
[JsonDerivedType(typeof(ImagePreparation), "images")]
[JsonDerivedType(typeof(RecordingPreparation), "sounds")]
[JsonDerivedType(typeof(TextPreparation), "texts")]
[JsonDerivedType(typeof(NextCharacterPreparation), "next_characters")]
public abstract class Preparation
{
    private protected Preparation(IReadOnlyList<string> classes, double targetMean, double targetScale)
    {
        Classes = classes;
        TargetMean = targetMean;
        TargetScale = targetScale;
    }

    /// <summary>The shape of a prepared sample, by which a network for it can be described.</summary>
    public abstract TensorShape Shape { get; }

    /// <summary>What is learned from the samples.</summary>
    [JsonIgnore]
    public virtual TaskKind Task => Classes.Count > 0 ? TaskKind.Classification : TaskKind.Regression;

    /// <summary>The number of inputs of the network.</summary>
    [JsonIgnore]
    public int Features => Shape.Size;

    /// <summary>The names of the classes, in the order of the labels that it gives; empty where there are none.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Regression: the mean of the training rows' targets; a target is (value - mean) / scale. 0 for a classification.</summary>
    public double TargetMean { get; }

    /// <summary>
    /// Regression: the standard deviation of the training rows' targets, 1 where they are all the same. 1 for a classification.
    /// </summary>
    public double TargetScale { get; }

    /// <summary>Prepares samples of the source that it was fitted on, or of another with the same columns and classes.</summary>
    /// <param name="source">The raw samples.</param>
    /// <param name="rows">Rows of the source, in the order in which they shall stand; at least one.</param>
    /// <returns>One row of <see cref="Features"/> inputs for each given row, with labels or standardised targets.</returns>
    /// <exception cref="DataException">The source has other columns or a class that is not among <see cref="Classes"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No row is given, or one is out of range.</exception>
    public Dataset Apply(DataSource source, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.CheckRows(rows);
        CheckTask(source);
        return WithLengths(Labelled(source, rows, Inputs(source, rows)), source, rows);
    }

    /// <summary>Prepares the inputs of samples whose classes or targets are not known, or are not to be looked at.</summary>
    /// <param name="source">The raw samples, with the columns of those that it was fitted on.</param>
    /// <param name="rows">Rows of the source, in the order in which they shall stand; at least one.</param>
    /// <returns>One row of <see cref="Features"/> inputs for each given row; the targets are zeros.</returns>
    /// <exception cref="DataException">The source has other columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No row is given, or one is out of range.</exception>
    public Dataset ApplyInputs(DataSource source, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.CheckRows(rows);
        return WithLengths(Dataset.Regression(Inputs(source, rows), Shape, new float[rows.Length]), source, rows);
    }

    private float[] Inputs(DataSource source, ReadOnlySpan<int> rows)
    {
        long size = (long)rows.Length * Features;
        if (size > Array.MaxLength)
        {
            throw new DataException($"{source.Name}: {rows.Length} rows of {Features} inputs do not fit into memory");
        }

        float[] inputs = new float[size];
        Fill(source, rows, inputs);
        return inputs;
    }

    /// <summary>Puts labels or targets to inputs.</summary>
    private protected virtual Dataset Labelled(DataSource source, ReadOnlySpan<int> rows, float[] inputs) => Classes.Count > 0
        ? Dataset.Classification(inputs, Shape, Labels(source, rows), Classes.Count)
        : Dataset.Regression(inputs, Shape, ScaledTargets(source, rows));

    private protected abstract void Fill(DataSource source, ReadOnlySpan<int> rows, Span<float> inputs);

    /// <summary>How long a sample is before it is cut or filled up to the others' length; null where samples have no lengths.</summary>
    private protected virtual Func<int, int>? LengthOf(DataSource source) => null;

    private Dataset WithLengths(Dataset samples, DataSource source, ReadOnlySpan<int> rows)
    {
        if (LengthOf(source) is not { } lengthOf)
        {
            return samples;
        }

        int most = Shape.Dimensions[0];
        int[] lengths = new int[rows.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = Math.Clamp(lengthOf(rows[i]), 1, most);
        }

        return lengths.AsSpan().ContainsAnyExcept(most) ? samples.WithLengths(lengths) : samples;
    }

    private void CheckTask(DataSource source)
    {
        if (Task != source.Task)
        {
            throw new DataException($"{source.Name} is {InWords(source.Task)}, and the model was trained for {InWords(Task)}");
        }

        static string InWords(TaskKind task) => task switch
        {
            TaskKind.Classification => "a classification",
            TaskKind.Regression => "a regression",
            _ => "a text and its next characters",
        };
    }

    /// <summary>What is said where samples are of another kind than those that were trained on.</summary>
    private protected static DataException Mismatch(DataSource source, string trained) =>
        new($"{source.Name} holds {source.Kind}, and the model was trained on {trained}");

    private int[] Labels(DataSource source, ReadOnlySpan<int> rows)
    {
        int[] classOf = new int[source.Classes.Count];
        for (int c = 0; c < classOf.Length; c++)
        {
            classOf[c] = IndexOf(Classes, source.Classes[c]);
        }

        int[] labels = new int[rows.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            int label = source.Labels[rows[i]];
            labels[i] = classOf[label] >= 0
                ? classOf[label]
                : throw new DataException(
                    $"{source.Name}: class '{source.Classes[label]}' is not among those trained on: {string.Join(", ", Classes)}");
        }

        return labels;
    }

    private float[] ScaledTargets(DataSource source, ReadOnlySpan<int> rows)
    {
        float[] targets = new float[rows.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = (float)((source.Targets[rows[i]] - TargetMean) / TargetScale);
        }

        return targets;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
