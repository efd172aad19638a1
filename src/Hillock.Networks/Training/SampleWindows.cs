namespace Hillock.Networks;

/// <summary>The samples of one epoch after the other, as many at a time as are in memory.</summary>
internal abstract class SampleWindows(long count, TensorShape shape, int classes, int labelsPerSample, int windowSize)
{
    /// <summary>The samples of an epoch.</summary>
    public long Count { get; } = count;

    /// <summary>The shape of a sample.</summary>
    public TensorShape Shape { get; } = shape;

    /// <summary>The number of inputs of a sample.</summary>
    public int Features => Shape.Size;

    /// <summary>The number of classes; 0 for a regression.</summary>
    public int Classes { get; } = classes;

    /// <summary>How many labels or targets a sample has.</summary>
    public int LabelsPerSample { get; } = labelsPerSample;

    /// <summary>The samples of the largest window.</summary>
    public int WindowSize { get; } = windowSize;

    /// <summary>The windows of an epoch.</summary>
    public int PerEpoch { get; } = windowSize == 0 ? 0 : checked((int)((count + windowSize - 1) / windowSize));

    /// <summary>Whether samples may have positions that are padding.</summary>
    public virtual bool HaveLengths => false;

    /// <summary>The memory that the windows take besides what the caller holds anyway.</summary>
    public virtual long MemoryBytes => 0;

    /// <summary>What tells the samples from others.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>The next window; the one before is not to be used any more.</summary>
    /// <param name="epoch">The epoch to which it belongs: any number the first time, after the last window of an epoch the next number.</param>
    public abstract SampleWindow Next(int epoch);
}

/// <summary>Samples in memory.</summary>
/// <param name="samples">The samples, or places for them.</param>
internal sealed class SampleWindow(Dataset samples)
{
    /// <summary>The samples; of a stream only the first <see cref="Count"/> are of use.</summary>
    public Dataset Samples { get; } = samples;

    /// <summary>How many samples there are.</summary>
    public int Count { get; set; } = samples.Count;

    /// <summary>How many samples of the epoch come before these.</summary>
    public long First { get; set; }
}
