using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>The samples of one batch of a window, copied to where the first layer reads them, images changed at random where that is wanted.</summary>
internal sealed unsafe class Batch
{
    /// <summary>About how many numbers a worker copies at a time.</summary>
    private const int PieceFloats = 1 << 14;

    private readonly TensorShape _shape;
    private readonly int _labelsPerSample;
    private readonly WorkerTeam _team;
    private readonly AlignedBuffer _inputs;
    private readonly int[] _labels;
    private readonly float[] _targets;
    private readonly int[] _lengths;
    private readonly ImageAugmentation? _augmentation;
    private readonly RandomKey _augmentations;
    private readonly RandomStream[] _augmenting;
    private RandomKey _augmentationsOfEpoch;
    private SampleWindow? _window;

    /// <summary>Makes the places.</summary>
    /// <param name="samples">Where the samples come from.</param>
    /// <param name="size">The samples of the largest batch.</param>
    /// <param name="augmentation">How images are changed; null for not at all.</param>
    /// <param name="augmentations">What the changes are drawn from.</param>
    /// <param name="team">Shares the copying.</param>
    public Batch(SampleWindows samples, int size, ImageAugmentation? augmentation, RandomKey augmentations, WorkerTeam team)
    {
        _shape = samples.Shape;
        _labelsPerSample = samples.LabelsPerSample;
        _team = team;
        _inputs = new AlignedBuffer(checked(size * samples.Features));
        _labels = new int[samples.Classes > 0 ? size * samples.LabelsPerSample : 0];
        _targets = new float[samples.Classes > 0 ? 0 : size];
        _lengths = GC.AllocateArray<int>(samples.HaveLengths ? size : 0, pinned: true);
        Lengths = _lengths.Length == 0 ? null : (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_lengths));
        _augmentation = augmentation;
        _augmentations = augmentations;
        _augmentationsOfEpoch = augmentations.Derive(0);
        _augmenting = [.. Enumerable.Range(0, augmentation is null ? 0 : team.Workers).Select(_ => new RandomStream(augmentations))];
    }

    /// <summary>The samples, one after the other.</summary>
    public AlignedBuffer Inputs => _inputs;

    /// <summary>The class of each sample, or of each of its positions; empty for a regression.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The target of each sample; empty for a classification.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>The real positions of each sample; null where all are real.</summary>
    public int* Lengths { get; }

    /// <summary>Images are changed in another way in each epoch.</summary>
    /// <param name="epoch">The number of the epoch.</param>
    public void StartEpoch(int epoch) => _augmentationsOfEpoch = _augmentations.Derive(epoch);

    /// <summary>Samples come from here from now on.</summary>
    public void Take(SampleWindow window) => _window = window;

    /// <summary>Takes in samples.</summary>
    /// <param name="rows">Which ones of the window, at most as many as there are places.</param>
    public void Fill(ReadOnlySpan<int> rows)
    {
        Dataset data = _window!.Samples;
        fixed (int* pointer = rows)
        {
            Copy copy = new(this, _window, pointer, rows.Length, Math.Max(1, PieceFloats / data.Features));
            _team.Run(copy.Parts, ref copy);
        }

        ReadOnlySpan<int> labels = data.Labels;
        ReadOnlySpan<float> targets = data.Targets;
        int each = _labelsPerSample;
        for (int i = 0; i < rows.Length; i++)
        {
            if (data.Classes > 0)
            {
                labels.Slice(rows[i] * each, each).CopyTo(_labels.AsSpan(i * each, each));
            }
            else
            {
                _targets[i] = targets[rows[i]];
            }
        }

        ReadOnlySpan<int> lengths = data.Lengths;
        for (int i = 0; i < (lengths.IsEmpty ? 0 : rows.Length); i++)
        {
            _lengths[i] = lengths[rows[i]];
        }
    }

    private void CopyInputs(SampleWindow window, int row, int place, int worker)
    {
        int features = _shape.Size;
        ReadOnlySpan<float> sample = window.Samples.Inputs.Slice(row * features, features);
        Span<float> destination = _inputs.Span.Slice(place * features, features);
        if (_augmentation is null)
        {
            sample.CopyTo(destination);
            return;
        }

        // Whoever copies an image, its draws are its own.
        _augmenting[worker].Restart(_augmentationsOfEpoch.Derive(window.First + row));
        _augmentation.Copy(sample, destination, _shape, _augmenting[worker]);
    }

    private readonly struct Copy(Batch batch, SampleWindow window, int* rows, int count, int rowsOfPart) : IParallelWork
    {
        public int Parts => (count + rowsOfPart - 1) / rowsOfPart;

        public void Run(int part, int worker)
        {
            for (int place = part * rowsOfPart; place < Math.Min(count, (part + 1) * rowsOfPart); place++)
            {
                batch.CopyInputs(window, rows[place], place, worker);
            }
        }
    }
}
