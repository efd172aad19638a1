namespace Hillock.Networks.Execution;

/// <summary>Evaluates a network on the same samples again and again with the same buffers.</summary>
internal sealed class EvaluationPass
{
    private readonly Dataset _data;
    private readonly NetworkDescription _description;
    private readonly ForwardScan _scan;
    private readonly LossFunction _loss;
    private readonly ForwardScan.BlockAction _action;
    private readonly double _targetVariation;
    private double _lossSum;

    /// <summary>Makes the pass.</summary>
    public EvaluationPass(Network network, Dataset data, WorkerTeam? team = null)
    {
        _data = data;
        _description = network.Description;
        _scan = new ForwardScan(network, data.Count, team);
        _loss = new LossFunction(_description.Loss, _description.Output.Channels, checked(_scan.Plan.MaximumRows * _description.Output.Positions));
        _action = Add;
        Correct = new bool[data.Labels.Length];
        _targetVariation = Variation(data.Targets);
    }

    /// <summary>For each label whether it was predicted in the last run; empty for a regression.</summary>
    public bool[] Correct { get; }

    /// <summary>The mean loss of the last run, over samples and positions.</summary>
    public double Loss => _lossSum / ((double)_data.Count * _data.LabelsPerSample);

    /// <summary>The accuracy or R² of the last run.</summary>
    public double Score => _data.Classes > 0
        ? (double)Correct.AsSpan().Count(true) / Correct.Length
        : _targetVariation > 0 ? 1 - _lossSum / _targetVariation : _lossSum == 0 ? 1 : 0;

    /// <summary>Evaluates the network as it is now.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        _lossSum = 0;
        _scan.Run(_data, _action, cancellationToken);
    }

    private void Add(int first, ReadOnlySpan<float> outputs)
    {
        int channels = _description.Output.Channels;
        int rows = outputs.Length / channels;
        if (_data.Classes == 0)
        {
            _lossSum += _loss.Sum(outputs, [], _data.Targets.Slice(first, rows), []);
            return;
        }

        first *= _data.LabelsPerSample;
        ReadOnlySpan<int> labels = _data.Labels.Slice(first, rows);
        _lossSum += _loss.Sum(outputs, labels, [], []);
        for (int row = 0; row < rows; row++)
        {
            Correct[first + row] = IsCorrect(outputs.Slice(row * channels, channels), labels[row]);
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

    private static double Variation(ReadOnlySpan<float> targets)
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

        return variation;
    }
}
