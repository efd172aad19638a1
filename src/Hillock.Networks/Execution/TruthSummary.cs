namespace Hillock.Networks.Execution;

/// <summary>What the classes or targets of samples are, which may come in pieces: what one does by knowing nothing else of a sample.</summary>
/// <param name="classes">The number of classes; 0 for a regression.</param>
internal sealed class TruthSummary(int classes)
{
    private readonly long[] _classCounts = new long[classes];
    private double _count;
    private double _mean;

    /// <summary>Σ(t - mean)² of the targets, in the two passes that a piece allows; pieces are put together by their means (Chan, Golub, LeVeque 1983).</summary>
    public double Variation { get; private set; }

    /// <summary>The loss of always telling how frequent the classes are, their entropy, or the mean, the variance of the targets.</summary>
    public double LossOfIgnorance
    {
        get
        {
            double entropy = 0;
            foreach (long count in _classCounts)
            {
                double share = count / _count;
                entropy -= count > 0 ? share * Math.Log(share) : 0;
            }

            return _classCounts.Length > 0 ? entropy : Variation / _count;
        }
    }

    /// <summary>The accuracy of always telling the most frequent class; 0, the R² of the mean, for a regression.</summary>
    public double Guess => _classCounts.Length > 0 ? _classCounts.Max() / _count : 0;

    /// <summary>What all samples of a data set are.</summary>
    public static TruthSummary Of(Dataset data)
    {
        TruthSummary summary = new(data.Classes);
        summary.Add(data, data.Count);
        return summary;
    }

    /// <summary>Adds the first samples of a data set.</summary>
    public void Add(Dataset data, int samples)
    {
        if (data.Classes == 0)
        {
            Add(data.Targets[..samples]);
            return;
        }

        foreach (int label in data.Labels[..(samples * data.LabelsPerSample)])
        {
            _classCounts[label]++;
            _count++;
        }
    }

    private void Add(ReadOnlySpan<float> targets)
    {
        double mean = 0;
        foreach (float target in targets)
        {
            mean += target;
        }

        mean /= Math.Max(1, targets.Length);
        double variation = 0;
        foreach (float target in targets)
        {
            variation += (target - mean) * (target - mean);
        }

        double all = _count + targets.Length;
        double apart = mean - _mean;
        Variation += variation + (_count > 0 ? apart * apart * _count * targets.Length / all : 0);
        _mean = _count > 0 ? _mean + (apart * targets.Length / all) : mean;
        _count = all;
    }
}
