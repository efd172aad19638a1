using System.Globalization;

namespace Hillock.Networks;

/// <summary>
/// Samples that need not fit into memory: a training reads them anew in every epoch, on a thread of its own that is ahead of the steps by a window.
/// </summary>
/// <remarks>
/// An epoch puts the blocks into a random order, which its number and the training's key determine, and the samples of each window (<see cref="Window"/>) into a
/// random order of their own. What has one block only, such as a compressed file or a database cursor, is read from beginning to end, and its samples are
/// mixed within windows alone: it should be in no order of its own, such as by class. A stream that fits into one window is learned from to the same bits as a
/// <see cref="Dataset"/> of its samples. One thread at a time reads a stream.
/// </remarks>
public abstract class StreamedDataset
{
    /// <summary>About how many inputs are kept in memory as one window unless another size is given: 64 MiB.</summary>
    private const int UsualWindowInputs = 1 << 24;

    /// <summary>As many inputs are read at most where some samples are enough: 8 MiB.</summary>
    private const int MostInputsOfSome = 1 << 21;

    /// <summary>Describes the samples.</summary>
    /// <param name="count">How many there are; at least 0.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="classes">The number of classes, at least 2; 0 for a regression.</param>
    /// <param name="blockSize">
    /// The samples from one place where reading can begin to the next: it can begin at 0, at this, at twice this. At least 1; <see cref="long.MaxValue"/> where it can
    /// begin at the first sample only.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    protected StreamedDataset(long count, TensorShape shape, int classes, long blockSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegative(classes);
        ArgumentOutOfRangeException.ThrowIfEqual(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        Count = count;
        Shape = shape;
        Classes = classes;
        BlockSize = blockSize;
        Window = Math.Max(1, UsualWindowInputs / shape.Size);
    }

    /// <summary>The number of samples.</summary>
    public long Count { get; }

    /// <summary>The shape of a sample, by which a network for it can be described.</summary>
    public TensorShape Shape { get; }

    /// <summary>The number of classes; 0 for a regression.</summary>
    public int Classes { get; }

    /// <summary>The samples from one place where reading can begin to the next.</summary>
    public long BlockSize { get; }

    /// <summary>
    /// How many samples are in memory at a time, among which the order is random; at least 1, and rounded up to whole batches. Two windows are in memory, the one
    /// that is learned from and the next. Unless given, as many as 64 MiB hold. The bits of a training depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int Window
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    /// <summary>The samples of the largest window that can be in memory at all; a training with a larger one is refused where the stream has more samples.</summary>
    /// <param name="shape">The shape of a sample.</param>
    public static int LargestWindow(TensorShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Array.MaxLength / shape.Size;
    }

    /// <summary>
    /// What tells these samples from others: a checkpoint is gone on from only by a stream with the same text. Unless overridden it knows how many samples there
    /// are and of which shape.
    /// </summary>
    public virtual string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{Count} samples of {Shape}, {Classes} classes");

    /// <summary>Reads samples that stand one after the other.</summary>
    /// <param name="first">The first of them, from 0: a multiple of <see cref="BlockSize"/>, or the one after the last that was read.</param>
    /// <param name="inputs">Receives the inputs, sample after sample; all have to be written.</param>
    /// <param name="labels">Receives the class of each sample, 0 to <see cref="Classes"/> - 1; empty for a regression.</param>
    /// <param name="targets">Receives the target of each sample; empty for a classification.</param>
    /// <param name="cancellationToken">Is cancelled when nobody wants the samples any more: a call that may wait for long should heed it.</param>
    /// <remarks>What it throws, the training throws. It runs on another thread than the training.</remarks>
    public abstract void Read(long first, Span<float> inputs, Span<int> labels, Span<float> targets, CancellationToken cancellationToken);

    /// <summary>Samples from all over the stream, at most so many and no more than 8 MiB hold, however large a window is; of one that is read from its beginning the first.</summary>
    internal Dataset Some(int most, CancellationToken cancellationToken)
    {
        const int MostRuns = 100;
        most = Math.Min(most, Math.Max(1, MostInputsOfSome / Shape.Size));
        long blocks = Count == 0 ? 1 : ((Count - 1) / BlockSize) + 1;
        int runs = (int)Math.Min(Math.Min(MostRuns, most), blocks);
        (long First, int Count)[] parts = new (long, int)[runs];
        for (int run = 0; run < runs; run++)
        {
            long first = blocks == 1 ? 0 : run * blocks / runs * BlockSize;
            parts[run] = (first, (int)Math.Min(Math.Max(1, most / runs), Math.Min(BlockSize, Count - first)));
        }

        int count = parts.Sum(part => part.Count);
        float[] inputs = new float[checked(count * Shape.Size)];
        int[] labels = new int[Classes > 0 ? count : 0];
        float[] targets = new float[Classes > 0 ? 0 : count];
        int read = 0;
        foreach ((long first, int length) in parts)
        {
            Read(first, inputs, labels, targets, read, length, cancellationToken);
            read += length;
        }

        return Make(inputs, labels, targets);
    }

    /// <summary>All samples in their order, some at a time but no more than a window, each piece read by one call of <see cref="Read(long, Span{float}, Span{int}, Span{float}, CancellationToken)"/>.</summary>
    internal IEnumerable<Dataset> Pieces(int size, CancellationToken cancellationToken)
    {
        size = Math.Min(size, Window);
        for (long first = 0; first < Count; first += size)
        {
            int count = (int)Math.Min(size, Count - first);
            float[] inputs = new float[checked(count * Shape.Size)];
            int[] labels = new int[Classes > 0 ? count : 0];
            float[] targets = new float[Classes > 0 ? 0 : count];
            Read(first, inputs, labels, targets, 0, count, cancellationToken);
            yield return Make(inputs, labels, targets);
        }
    }

    private void Read(long first, float[] inputs, int[] labels, float[] targets, int place, int count, CancellationToken cancellationToken) => Read(
        first,
        inputs.AsSpan(place * Shape.Size, count * Shape.Size),
        labels.Length > 0 ? labels.AsSpan(place, count) : [],
        targets.Length > 0 ? targets.AsSpan(place, count) : [],
        cancellationToken);

    private Dataset Make(float[] inputs, int[] labels, float[] targets) =>
        Classes > 0 ? Dataset.Classification(inputs, Shape, labels, Classes) : Dataset.Regression(inputs, Shape, targets);
}
