using System.Globalization;
using System.Runtime.InteropServices;

namespace Hillock.Data.Sound;

/// <summary>Sounds of any lengths, each of a class.</summary>
internal sealed class RecordingSource : DataSource
{
    private readonly Recording[] _recordings;
    private readonly int _bands;
    private readonly double _topFrequency;
    private readonly Lazy<float[][]> _frames;
    private readonly Lazy<string> _fingerprint;

    /// <summary>Makes a source.</summary>
    /// <param name="name">The data's name.</param>
    /// <param name="recordings">The sounds; at least one.</param>
    /// <param name="bands">The mel bands that a preparation is to have.</param>
    /// <param name="target">Their classes.</param>
    /// <param name="classesBy">What named the classes, in words.</param>
    /// <param name="testPart">The sounds held out, or null.</param>
    /// <param name="heldOut">Which these are, in words.</param>
    public RecordingSource(
        string name, Recording[] recordings, int bands, TargetValues target, string classesBy, DataSource? testPart = null, string heldOut = "")
        : base(name, target, testPart, warnings: [])
    {
        _recordings = recordings;
        _bands = bands;

        // What a rate can hold is known before anything is learned: the sounds' own rates decide how far the bands reach.
        _topFrequency = recordings.Min(recording => recording.Rate) / 2.0;
        _frames = new(() => FramesOf(bands, _topFrequency));
        _fingerprint = new(Hash);
        string test = testPart is null ? "" : $", and {testPart.Count} test recordings ({heldOut})";
        string classes = Task == TaskKind.Classification ? $", classification of {Classes.Count} classes ({classesBy}){test}" : "";
        Description = $"{Count} recordings of {Seconds(recordings.Min(r => r.Seconds))} to {Seconds(recordings.Max(r => r.Seconds))} s at {Rates()} Hz{classes}";
    }

    /// <summary>Sounds of which nobody says what they are.</summary>
    /// <param name="name">The data's name.</param>
    /// <param name="recordings">The sounds, by the names of their files; at least one.</param>
    /// <param name="bands">The mel bands of the preparation for them.</param>
    public static RecordingSource Unlabelled(string name, IReadOnlyList<(string File, Recording Recording)> recordings, int bands) =>
        new(name, [.. recordings.Select(r => r.Recording)], bands, TargetValues.Unknown(recordings.Count), classesBy: "")
        {
            SampleNames = [.. recordings.Select(r => r.File)],
        };

    /// <summary>The samples of the longest sound.</summary>
    public override int Features => _recordings.Max(recording => recording.Samples.Length);

    public override string Description { get; }

    internal override string Kind => "sounds";

    public override string Fingerprint => _fingerprint.Value;

    /// <summary>The log-mel frames of every sound.</summary>
    public float[][] Frames(int bands, double topFrequency) =>
        bands == _bands && topFrequency == _topFrequency ? _frames.Value : FramesOf(bands, topFrequency);

    private protected override Preparation FitChecked(ReadOnlySpan<int> trainingRows)
    {
        float[][] frames = _frames.Value;
        int[] lengths = new int[trainingRows.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = frames[trainingRows[i]].Length / _bands;
        }

        double[] means = new double[_bands];
        double[] scales = new double[_bands];
        double[] values = new double[lengths.Sum()];
        for (int band = 0; band < _bands; band++)
        {
            int used = 0;
            foreach (int row in trainingRows)
            {
                for (int i = band; i < frames[row].Length; i += _bands)
                {
                    values[used++] = frames[row][i];
                }
            }

            (means[band], scales[band]) = Statistics.Of(values);
        }

        int length = Math.Min(RecordingPreparation.MostFrames, UsualLength.Of(lengths));
        return new RecordingPreparation(length, _topFrequency, means, scales, Classes);
    }

    private float[][] FramesOf(int bands, double topFrequency)
    {
        Dictionary<int, MelSpectrum> spectra = [];
        return Array.ConvertAll(_recordings, recording =>
        {
            if (!spectra.TryGetValue(recording.Rate, out MelSpectrum? spectrum))
            {
                spectrum = new MelSpectrum(recording.Rate, bands, topFrequency);
                spectra.Add(recording.Rate, spectrum);
            }

            return spectrum.Of(recording.Samples);
        });
    }

    private string Hash()
    {
        using ContentHash hash = new("hillock.recordings/1");
        hash.Add(Count);
        hash.Add(_bands);
        foreach (Recording recording in _recordings)
        {
            hash.Add(recording.Rate);
            hash.Add(MemoryMarshal.AsBytes<short>(recording.Samples));
        }

        hash.Add(Target);
        hash.Add(TestPart?.Fingerprint ?? "no test part");
        return hash.Finish();
    }

    private string Rates()
    {
        const int Named = 3;
        int[] rates = [.. _recordings.Select(recording => recording.Rate).Distinct().Order()];
        return rates.Length <= Named ? string.Join(", ", rates) : $"{rates[0]} to {rates[^1]}";
    }

    private static string Seconds(double seconds) => seconds.ToString("0.##", CultureInfo.InvariantCulture);
}
