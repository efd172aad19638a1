using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// The windows of a stream. A thread of its own reads into two of them in turn, of which one is in use while the other is filled, and goes on from epoch to epoch.
/// A stream that fits into one window is read once. Nothing is allocated after the first window.
/// </summary>
internal sealed class StreamWindows : SampleWindows, IDisposable
{
    /// <summary>About how many inputs are asked for at a time, so that reading soon ends when it is to.</summary>
    private const int PieceInputs = 1 << 16;

    private readonly StreamedDataset _stream;
    private readonly RandomKey? _order;
    private readonly int _lastEpoch;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _end;
    private readonly object _gate = new();
    private readonly Places[] _places;
    private Thread? _thread;

    /// <summary>How many windows were asked for: the one before the last of them is free again.</summary>
    private long _taken;

    /// <summary>How many windows have been read.</summary>
    private long _filled;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes the windows. Nothing is read before the first one is asked for.</summary>
    /// <param name="stream">The samples.</param>
    /// <param name="batch">The samples of a batch: windows have whole ones, but for the last of an epoch.</param>
    /// <param name="order">Determines the order of the blocks, epoch by epoch; null for that in which they stand.</param>
    /// <param name="lastEpoch">The epoch after which nothing is read.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public StreamWindows(StreamedDataset stream, int batch, RandomKey? order, int lastEpoch, CancellationToken cancellationToken)
        : base(stream.Count, stream.Shape, stream.Classes, 1, SizeOf(stream, batch))
    {
        _stream = stream;
        _order = PerEpoch > 1 && stream.BlockSize < stream.Count ? order : null;
        _lastEpoch = lastEpoch;
        _cancellationToken = cancellationToken;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _places = new Places[Math.Min(2, PerEpoch)];
    }

    public override long MemoryBytes => (long)_places.Length * WindowSize * (Features + 1) * sizeof(float);

    public override string Fingerprint =>
        string.Create(CultureInfo.InvariantCulture, $"{_stream.Fingerprint}, in windows of {WindowSize} and blocks of {Math.Min(_stream.BlockSize, Count)}");

    public override SampleWindow Next(int epoch)
    {
        if (_thread is null)
        {
            Start(epoch);
        }
        else if (PerEpoch == 1)
        {
            return _places[0].Window;
        }

        lock (_gate)
        {
            _taken++;
            Monitor.PulseAll(_gate);
            while (_filled < _taken)
            {
                // Windows that were read before a failure have been used by now. Who cancelled is to find the token that is known to him.
                if (_failure is { } failure)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    failure.Throw();
                }

                Monitor.Wait(_gate);
            }
        }

        return _places[(_taken - 1) % _places.Length].Window;
    }

    /// <summary>Ends reading.</summary>
    public void Dispose()
    {
        _end.Cancel();
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        _end.Dispose();
    }

    private static int SizeOf(StreamedDataset stream, int batch)
    {
        int largest = StreamedDataset.LargestWindow(stream.Shape);
        long size = Math.Min(((long)stream.Window + batch - 1) / batch * batch, stream.Count);
        return size <= largest
            ? (int)size
            : throw new ArgumentException(
                $"a window of {size} samples (whole batches of {batch}) is too large: at most {largest} samples of {stream.Shape} can be in memory at a time", nameof(stream));
    }

    private void Start(int epoch)
    {
        for (int i = 0; i < _places.Length; i++)
        {
            _places[i] = new Places(Shape, Classes, WindowSize);
        }

        _thread = new Thread(() => ReadEpochs(epoch)) { IsBackground = true, Name = "Hillock reader" };
        _thread.Start();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever goes wrong is thrown where the samples are used.")]
    private void ReadEpochs(int first)
    {
        try
        {
            int[] blocks = new int[_order is null ? 1 : checked((int)((Count - 1) / _stream.BlockSize) + 1)];
            int last = PerEpoch == 1 ? first : _lastEpoch;
            for (int epoch = first; epoch <= last; epoch++)
            {
                ReadEpoch(epoch, blocks);
            }
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void ReadEpoch(int epoch, int[] blocks)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = i;
        }

        if (_order is { } order)
        {
            new RandomStream(order.Derive(epoch)).Shuffle(blocks);
        }

        long blockSize = blocks.Length == 1 ? Count : _stream.BlockSize;
        int block = 0;
        long read = 0;
        for (long first = 0; first < Count; first += WindowSize)
        {
            Places places = AwaitFree();
            int size = (int)Math.Min(WindowSize, Count - first);
            for (int filled = 0; filled < size;)
            {
                long start = blocks[block] * blockSize;
                long left = Math.Min(blockSize, Count - start) - read;
                int count = (int)Math.Min(Math.Min(left, size - filled), Math.Max(1, PieceInputs / Features));
                _end.Token.ThrowIfCancellationRequested();
                places.Read(_stream, start + read, filled, count, _end.Token);
                filled += count;
                read += count;
                if (count == left)
                {
                    block++;
                    read = 0;
                }
            }

            places.Window.First = first;
            places.Window.Count = size;
            lock (_gate)
            {
                _filled++;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits until the window that is to be filled next is not in use any more.</summary>
    private Places AwaitFree()
    {
        lock (_gate)
        {
            while (_filled >= _places.Length && _taken < _filled)
            {
                _end.Token.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }

            return _places[_filled % _places.Length];
        }
    }

    /// <summary>The numbers of a window.</summary>
    private sealed class Places
    {
        private readonly float[] _inputs;
        private readonly int[] _labels;
        private readonly float[] _targets;

        public Places(TensorShape shape, int classes, int size)
        {
            _inputs = GC.AllocateUninitializedArray<float>(checked(size * shape.Size));
            _labels = new int[classes > 0 ? size : 0];
            _targets = new float[classes > 0 ? 0 : size];
            Window = new SampleWindow(Dataset.Over(_inputs, shape, _labels, _targets, classes));
        }

        public SampleWindow Window { get; }

        /// <summary>Reads samples, and makes sure that a network can be given them.</summary>
        public void Read(StreamedDataset stream, long first, int place, int count, CancellationToken cancellationToken)
        {
            int features = stream.Shape.Size;
            Span<float> inputs = _inputs.AsSpan(place * features, count * features);
            Span<int> labels = _labels.Length == 0 ? [] : _labels.AsSpan(place, count);
            stream.Read(first, inputs, labels, _targets.Length == 0 ? [] : _targets.AsSpan(place, count), cancellationToken);
            for (int i = 0; i < labels.Length; i++)
            {
                if ((uint)labels[i] >= (uint)stream.Classes)
                {
                    throw new InvalidDataException($"label {labels[i]} of sample {first + i} of the stream is not one of 0 to {stream.Classes - 1}");
                }
            }

            if (stream.Shape.IsTokens && DatasetChecks.WrongToken(inputs, stream.Shape.Vocabulary) is >= 0 and int wrong)
            {
                throw new InvalidDataException(
                    $"token {inputs[wrong]} of sample {first + (wrong / features)} of the stream is not one of 0 to {stream.Shape.Vocabulary - 1}");
            }
        }
    }
}
