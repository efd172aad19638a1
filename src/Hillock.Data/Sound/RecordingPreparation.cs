using System.Text.Json.Serialization;
using Hillock.Networks;

namespace Hillock.Data.Sound;

/// <summary>
/// The preparation of sounds: frames of 25 ms each 10 ms, the logarithms of their energies in mel bands, each band (value - mean) / scale with the mean
/// and standard deviation of all frames of the training sounds. Longer sounds are cut at the end, shorter ones filled up with zeros, the mean.
/// </summary>
public sealed class RecordingPreparation : Preparation
{
    /// <summary>Sounds are cut to this many frames, ten seconds, however long the training sounds are.</summary>
    public const int MostFrames = 1000;

    [JsonConstructor]
    internal RecordingPreparation(
        int frames, double topFrequency, IReadOnlyList<double> means, IReadOnlyList<double> scales, IReadOnlyList<string> classes)
        : base(classes, targetMean: 0, targetScale: 1)
    {
        Frames = frames;
        Shape = TensorShape.Sequence(frames, means.Count);
        TopFrequency = topFrequency;
        Means = means;
        Scales = scales;
    }

    /// <summary>Frames and mel bands: the frames of the longest sound but for the longest twentieth of the training part.</summary>
    [JsonIgnore]
    public override TensorShape Shape { get; }

    /// <summary>The frames of a prepared sound.</summary>
    public int Frames { get; }

    /// <summary>Where the last band ends, in Hz: half the lowest rate of the sounds.</summary>
    public double TopFrequency { get; }

    /// <summary>The mean of each band.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>The standard deviation of each band; 0 where all values are the same: every input is then 0.</summary>
    public IReadOnlyList<double> Scales { get; }

    private protected override void Fill(DataSource source, ReadOnlySpan<int> rows, Span<float> inputs)
    {
        if (source is not RecordingSource recordings)
        {
            throw Mismatch(source, "sounds");
        }

        int bands = Means.Count;
        float[][] frames = recordings.Frames(bands, TopFrequency);
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<float> raw = frames[rows[i]];
            Span<float> sample = inputs.Slice(i * Features, Features);
            int used = Math.Min(raw.Length, sample.Length);
            for (int p = 0; p < used; p++)
            {
                int band = p % bands;
                sample[p] = Scales[band] > 0 ? (float)((raw[p] - Means[band]) / Scales[band]) : 0f;
            }

            sample[used..].Clear();
        }
    }

    private protected override Func<int, int> LengthOf(DataSource source)
    {
        float[][] frames = ((RecordingSource)source).Frames(Means.Count, TopFrequency);
        return row => frames[row].Length / Means.Count;
    }
}
