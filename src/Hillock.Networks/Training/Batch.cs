using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>The samples of one batch, copied to where the first layer reads them, images changed at random where that is wanted.</summary>
internal sealed unsafe class Batch
{
    /// <summary>About how many numbers a worker copies at a time.</summary>
    private const int PieceFloats = 1 << 14;

    private readonly Dataset _data;
    private readonly WorkerTeam _team;
    private readonly AlignedBuffer _inputs;
    private readonly int[] _labels;
    private readonly float[] _targets;
    private readonly int[] _lengths;
    private readonly ImageAugmentation? _augmentation;
    private readonly RandomKey _augmentations;
    private readonly RandomStream[] _augmenting;
    private RandomKey _augmentationsOfEpoch;

    /// <summary>Makes the places.</summary>
    /// <param name="data">Where the samples come from.</param>
    /// <param name="size">The samples of the largest batch.</param>
    /// <param name="augmentation">How images are changed; null for not at all.</param>
    /// <param name="augmentations">What the changes are drawn from.</param>
    /// <param name="team">Shares the copying.</param>
    public Batch(Dataset data, int size, ImageAugmentation? augmentation, RandomKey augmentations, WorkerTeam team)
    {
        _data = data;
        _team = team;
        _inputs = new AlignedBuffer(checked(size * data.Features));
        _labels = new int[data.Labels.IsEmpty ? 0 : size * data.LabelsPerSample];
        _targets = new float[data.Targets.IsEmpty ? 0 : size];
        _lengths = GC.AllocateArray<int>(data.Lengths.IsEmpty ? 0 : size, pinned: true);
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

    /// <summary>Takes in samples.</summary>
    /// <param name="rows">Which ones, at most as many as there are places.</param>
    public void Fill(ReadOnlySpan<int> rows)
    {
        fixed (int* pointer = rows)
        {
            Copy copy = new(this, pointer, rows.Length, Math.Max(1, PieceFloats / _data.Features));
            _team.Run(copy.Parts, ref copy);
        }

        ReadOnlySpan<int> labels = _data.Labels;
        ReadOnlySpan<float> targets = _data.Targets;
        int each = _data.LabelsPerSample;
        for (int i = 0; i < rows.Length; i++)
        {
            if (_data.Classes > 0)
            {
                labels.Slice(rows[i] * each, each).CopyTo(_labels.AsSpan(i * each, each));
            }
            else
            {
                _targets[i] = targets[rows[i]];
            }
        }

        ReadOnlySpan<int> lengths = _data.Lengths;
        for (int i = 0; i < (lengths.IsEmpty ? 0 : rows.Length); i++)
        {
            _lengths[i] = lengths[rows[i]];
        }
    }

    private void CopyInputs(int row, int place, int worker)
    {
        int features = _data.Features;
        ReadOnlySpan<float> sample = _data.Inputs.Slice(row * features, features);
        Span<float> destination = _inputs.Span.Slice(place * features, features);
        if (_augmentation is null)
        {
            sample.CopyTo(destination);
            return;
        }

        // Whoever copies an image, its draws are its own.
        _augmenting[worker].Restart(_augmentationsOfEpoch.Derive(row));
        _augmentation.Copy(sample, destination, _data.Shape, _augmenting[worker]);
    }

    private readonly struct Copy(Batch batch, int* rows, int count, int rowsOfPart) : IParallelWork
    {
        public int Parts => (count + rowsOfPart - 1) / rowsOfPart;

        public void Run(int part, int worker)
        {
            for (int place = part * rowsOfPart; place < Math.Min(count, (part + 1) * rowsOfPart); place++)
            {
                batch.CopyInputs(rows[place], place, worker);
            }
        }
    }
}
