namespace Hillock.Networks.Execution;

/// <summary>Evaluates a network on the same samples again and again with the same buffers.</summary>
internal sealed class EvaluationPass
{
    private readonly SampleWindows _samples;
    private readonly NetworkDescription _description;
    private readonly ForwardScan _scan;
    private readonly LossFunction _loss;
    private readonly ForwardScan.BlockAction _action;
    private readonly bool[] _correct;
    private SampleWindow? _window;
    private bool _knowsTruth;
    private double _lossSum;
    private long _right;

    /// <summary>Makes the pass.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="team">Shares the work; null for the calling thread alone.</param>
    /// <param name="notesCorrect">Whether to note of each label whether it was predicted.</param>
    public EvaluationPass(Network network, SampleWindows samples, WorkerTeam? team = null, bool notesCorrect = false)
    {
        _samples = samples;
        _description = network.Description;
        _scan = new ForwardScan(network, samples.WindowSize, team);
        _loss = new LossFunction(_description.Loss, _description.Output.Channels, checked(_scan.Plan.MaximumRows * _description.Output.Positions));
        _action = Add;
        Truth = new TruthSummary(samples.Classes);
        _correct = new bool[notesCorrect && samples.Classes > 0 ? checked((int)samples.Count * samples.LabelsPerSample) : 0];
    }

    /// <summary>For each label whether it was predicted in the last run, where that is noted; empty for a regression.</summary>
    public IReadOnlyList<bool> Correct => _correct;

    /// <summary>What the classes or targets are, once the network has been evaluated.</summary>
    public TruthSummary Truth { get; }

    /// <summary>The mean loss of the last run, over samples and positions.</summary>
    public double Loss => _lossSum / ((double)_samples.Count * _samples.LabelsPerSample);

    /// <summary>The accuracy or R² of the last run.</summary>
    public double Score => _samples.Classes > 0
        ? (double)_right / ((double)_samples.Count * _samples.LabelsPerSample)
        : Truth.Variation > 0 ? 1 - _lossSum / Truth.Variation : _lossSum == 0 ? 1 : 0;

    /// <summary>Evaluates the network as it is now.</summary>
    /// <param name="epoch">The epoch after which: a number one greater than in the run before.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Run(int epoch, CancellationToken cancellationToken)
    {
        _lossSum = 0;
        _right = 0;
        for (int i = 0; i < _samples.PerEpoch; i++)
        {
            _window = _samples.Next(epoch);
            _scan.Run(_window.Samples, _window.Count, _action, cancellationToken);
            if (!_knowsTruth)
            {
                Truth.Add(_window.Samples, _window.Count);
            }
        }

        _knowsTruth = true;
    }

    private void Add(int first, ReadOnlySpan<float> outputs)
    {
        int channels = _description.Output.Channels;
        int rows = outputs.Length / channels;
        Dataset data = _window!.Samples;
        if (data.Classes == 0)
        {
            _lossSum += _loss.Sum(outputs, [], data.Targets.Slice(first, rows), []);
            return;
        }

        first *= data.LabelsPerSample;
        ReadOnlySpan<int> labels = data.Labels.Slice(first, rows);
        _lossSum += _loss.Sum(outputs, labels, [], []);
        for (int row = 0; row < rows; row++)
        {
            bool correct = IsCorrect(outputs.Slice(row * channels, channels), labels[row]);
            _right += correct ? 1 : 0;
            if (_correct.Length > 0)
            {
                _correct[first + row] = correct;
            }
        }
    }

    /// <summary>Whether a label is the first of its greatest outputs; NaN is never right.</summary>
    private static bool IsCorrect(ReadOnlySpan<float> outputs, int label)
    {
        if (outputs.Length == 1)
        {
            return label == 1 ? outputs[0] > 0 : outputs[0] <= 0;
        }

        for (int j = 0; j < outputs.Length; j++)
        {
            if (j < label ? !(outputs[j] < outputs[label]) : !(outputs[j] <= outputs[label]))
            {
                return false;
            }
        }

        return true;
    }
}
