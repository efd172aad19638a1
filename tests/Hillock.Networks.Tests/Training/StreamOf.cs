namespace Hillock.Networks.Tests.Training;

/// <summary>A data set as a stream, which notes what is read and can go wrong.</summary>
internal sealed class StreamOf(Dataset data, long blockSize) : StreamedDataset(data.Count, data.Shape, data.Classes, blockSize)
{
    private long _next;

    /// <summary>The rows in the order in which they were read.</summary>
    public List<int> Rows { get; } = [];

    /// <summary>Is called with the first row before it is read.</summary>
    public Func<long, int>? Before { get; init; }

    /// <summary>Whether to wait until reading is cancelled.</summary>
    public Func<long, bool>? Waits { get; set; }

    public int WrongLabelAt { get; init; } = -1;

    public override void Read(long first, Span<float> inputs, Span<int> labels, Span<float> targets, CancellationToken cancellationToken)
    {
        (first == _next || first % BlockSize == 0).ShouldBeTrue();
        Before?.Invoke(first);
        if (Waits?.Invoke(first) == true)
        {
            cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)).ShouldBeTrue();
            cancellationToken.ThrowIfCancellationRequested();
        }

        int count = Math.Max(labels.Length, targets.Length);
        _next = first + count;
        Rows.AddRange(Enumerable.Range((int)first, count));
        data.Inputs.Slice((int)first * data.Features, count * data.Features).CopyTo(inputs);
        if (data.Classes > 0)
        {
            data.Labels.Slice((int)first, count).CopyTo(labels);
        }
        else
        {
            data.Targets.Slice((int)first, count).CopyTo(targets);
        }

        if (WrongLabelAt >= first && WrongLabelAt < first + count)
        {
            labels[WrongLabelAt - (int)first] = data.Classes;
        }
    }
}
