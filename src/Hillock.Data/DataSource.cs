namespace Hillock.Data;

/// <summary>
/// Samples as they were read, before any preparation: a table, images, or a synthetic set. Immutable and safe to share between threads.
/// Nothing here is fitted to anything; <see cref="Fit"/> learns the preparation from chosen rows only.
/// </summary>
public abstract class DataSource
{
    private protected DataSource(string name, TargetValues target, DataSource? testPart, IReadOnlyList<string> warnings)
    {
        Name = name;
        Target = target;
        TestPart = testPart;
        Warnings = [.. warnings.Select(OneLine.Of)];
    }

    /// <summary>The name as the user knows it: a known name, or the file's name.</summary>
    public string Name { get; }

    /// <summary>The number of samples.</summary>
    public int Count => Target.Count;

    /// <summary>The number of raw input columns or pixels, before preparation.</summary>
    public abstract int Features { get; }

    /// <summary>What is to be learned.</summary>
    public TaskKind Task => Target.Task;

    /// <summary>
    /// The names of the classes, in the order of <see cref="Labels"/>: by value for whole numbers, ordinal for text; empty for a
    /// regression.
    /// </summary>
    public IReadOnlyList<string> Classes => Target.Classes;

    /// <summary>The class of each sample, from 0; empty for a regression.</summary>
    public ReadOnlySpan<int> Labels => Target.Labels;

    /// <summary>The number to tell of each sample, as read; empty for a classification.</summary>
    public ReadOnlySpan<double> Targets => Target.Values;

    /// <summary>SHA-256, in hexadecimal, of the content as understood and of everything else here that changes what is learned.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>What was detected, in one line: samples, columns, target and task.</summary>
    public abstract string Description { get; }

    /// <summary>What the user should know, one line each: rows left out, columns that look odd. Mostly empty.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The data set's own test part, where it has one: same columns, same classes.</summary>
    public DataSource? TestPart { get; }

    /// <summary>The file of each sample where it has one of its own and nothing else says what it is; else empty.</summary>
    public IReadOnlyList<string> SampleNames { get; private protected init; } = [];

    /// <summary>
    /// The line of each sample in its file, from 1, where samples are the lines of one file: header, empty and unusable lines have no sample. Else empty.
    /// </summary>
    public IReadOnlyList<int> SampleLines { get; internal init; } = [];

    internal TargetValues Target { get; }

    /// <summary>What the samples are, in words, for messages about those that do not fit a model.</summary>
    internal abstract string Kind { get; }

    /// <summary>
    /// Learns the preparation (means, scales, categories, fillings) from the given rows and from nothing else.
    /// </summary>
    /// <param name="trainingRows">Rows from 0 to <see cref="Count"/> - 1; at least one.</param>
    /// <returns>The preparation, to be applied to these rows and to any others.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No row is given, or one is out of range.</exception>
    public Preparation Fit(ReadOnlySpan<int> trainingRows)
    {
        CheckRows(trainingRows);
        return FitChecked(trainingRows);
    }

    private protected abstract Preparation FitChecked(ReadOnlySpan<int> trainingRows);

    /// <summary>Mean and scale of the targets of a regression; 0 and 1 for a classification or where all are the same.</summary>
    private protected (double Mean, double Scale) FitTarget(ReadOnlySpan<int> rows)
    {
        if (Task != TaskKind.Regression)
        {
            return (0, 1);
        }

        double[] values = new double[rows.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Target.Values[rows[i]];
        }

        (double mean, double deviation) = Statistics.Of(values);
        return (mean, deviation > 0 ? deviation : 1);
    }

    internal void CheckRows(ReadOnlySpan<int> rows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length, nameof(rows));
        foreach (int row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(rows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count, nameof(rows));
        }
    }
}
