using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>The steps of a training: every buffer is made before the first one.</summary>
internal sealed unsafe class TrainingLoop
{
    private readonly Network _network;
    private readonly SampleWindows _samples;
    private readonly int _batchSize;
    private readonly TrainingOptions _options;
    private readonly NetworkPlan _plan;
    private readonly LossFunction _loss;
    private readonly Optimizer _optimizer;
    private readonly Batch _batch;
    private readonly int[] _order;
    private readonly RandomKey _batches;
    private readonly RandomKey _draws;
    private readonly TrainingProbe? _probe;
    private readonly WorkerTeam _team;
    private long _step;

    /// <summary>Steps on samples in memory, which can be named by <see cref="Step"/> at once.</summary>
    public TrainingLoop(Network network, Dataset data, TrainingOptions options, RandomKey key, WorkerTeam team)
        : this(network, new DatasetWindow(data), options, key, team) => _batch.Take(_samples.Next(epoch: 1));

    /// <summary>Steps on samples.</summary>
    public TrainingLoop(Network network, SampleWindows samples, TrainingOptions options, RandomKey key, WorkerTeam team, TrainingProbe? probe = null)
    {
        _network = network;
        _samples = samples;
        _options = options;
        _batchSize = BatchSize(options, samples.Count);
        StepsOfEpoch = (samples.Count + _batchSize - 1L) / _batchSize;
        _plan = new NetworkPlan(network, _batchSize, trains: true, team, keepsGradients: true);
        _loss = new LossFunction(
            network.Description.Loss, network.Description.Output.Channels, checked(_batchSize * samples.LabelsPerSample), options.LabelSmoothing);
        _optimizer = Optimizer.Create(network.Layout, options);
        _order = new int[samples.WindowSize];
        _batches = key.Derive("batches");
        _draws = key.Derive("draws");
        options.Augmentation?.Validate(samples.Shape, nameof(options));
        _batch = new Batch(samples, _batchSize, options.Augmentation, key.Derive("augmentation"), team);
        _team = team;
        _probe = probe;
        _probe?.Attach(network, _batchSize, StepsOfEpoch, team);
    }

    /// <summary>The memory that the training holds: parameters, their gradients and moments, the samples of a batch and of a stream's windows, and the buffers of the plan.</summary>
    public long MemoryBytes => _plan.MemoryBytes + _samples.MemoryBytes
        + (sizeof(float) * (_network.Layout.TotalLength + _batch.Inputs.Length + _optimizer.Moments.Sum(moment => (long)moment.Values.Length)));

    /// <summary>The samples of a step; the last one of an epoch may have fewer.</summary>
    public static int BatchSize(TrainingOptions options, long samples) => (int)Math.Min(options.BatchSize, samples);

    /// <summary>How many steps an epoch has.</summary>
    public long StepsOfEpoch { get; }

    /// <summary>What the optimiser remembers of each parameter, by name.</summary>
    public IReadOnlyList<(string Name, AlignedBuffer Values)> Moments => _optimizer.Moments;

    /// <summary>Whether no parameter of the network is infinite or NaN.</summary>
    public bool ParametersAreFinite => VectorLoops.AllFinite(_network.Parameters.Span);

    /// <summary>Goes on as if so many epochs had been run; the parameters and <see cref="Moments"/> are the caller's.</summary>
    public void Resume(int epochs)
    {
        _step = epochs * StepsOfEpoch;
        _optimizer.Resume(_step);
    }

    /// <summary>Goes through all samples once, window after window, each in a new order; stops early when the loss is no longer finite.</summary>
    /// <param name="epoch">The number of the epoch, which determines the order.</param>
    /// <param name="cancellationToken">Stops the work between two steps.</param>
    /// <returns>The mean loss over the samples, each as it stood at its step.</returns>
    public double RunEpoch(int epoch, CancellationToken cancellationToken)
    {
        RandomStream random = new(_batches.Derive(epoch));
        _batch.StartEpoch(epoch);
        double sum = 0;
        _probe?.StartEpoch(epoch);
        for (int i = 0; i < _samples.PerEpoch && double.IsFinite(sum); i++)
        {
            SampleWindow window = _samples.Next(epoch);
            _batch.Take(window);
            Span<int> order = _order.AsSpan(0, window.Count);
            for (int row = 0; row < order.Length; row++)
            {
                order[row] = row;
            }

            random.Shuffle(order);
            for (int first = 0; first < order.Length && double.IsFinite(sum); first += _batchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum += Step(order.Slice(first, Math.Min(_batchSize, order.Length - first)));
            }
        }

        _probe?.FinishEpoch(epoch);
        return sum / _samples.Count;
    }

    /// <summary>Learns from one batch.</summary>
    /// <param name="rows">Its samples in the window, at most as many as a batch has.</param>
    /// <returns>The sum of their losses before the step, of each sample the mean over its positions.</returns>
    public double Step(ReadOnlySpan<int> rows)
    {
        _batch.Fill(rows);
        bool looks = _probe?.LooksAt(_step % StepsOfEpoch) == true;
        NetworkPlan plan = looks ? _probe!.Plan : _plan;
        if (looks)
        {
            _probe!.StartStep(rows.Length, isFirst: _step == 0);
        }

        ReadOnlySpan<float> outputs = plan.Forward(_batch.Inputs.Pointer, rows.Length, _draws.Derive(_step), _batch.Lengths, _probe?.ForwardObserverOfEpoch);
        Span<float> gradient = plan.OutputGradient(rows.Length);
        double loss = _samples.Classes > 0
            ? _loss.Sum(outputs, _batch.Labels[..(rows.Length * _samples.LabelsPerSample)], [], gradient)
            : _loss.Sum(outputs, [], _batch.Targets[..rows.Length], gradient);
        plan.Backward(_plan.Gradients, looks ? _probe!.BackwardObserver : null);
        Clip();
        double rate = _options.LearningRate * _options.Schedule.Factor(_step, _options.Epochs * StepsOfEpoch, StepsOfEpoch);
        _optimizer.Step(_network.Parameters.Pointer, _plan.Gradients, rate, _team);
        _step++;
        ClampActivationParameters();
        loss /= _samples.LabelsPerSample;
        if (looks)
        {
            _probe!.FinishStep(new Span<float>(_plan.Gradients, _network.Layout.Length), loss, rows.Length);
        }

        return loss + (plan.Penalty * rows.Length);
    }

    private void Clip()
    {
        if (_options.ClipValue is { } value)
        {
            GradientClipping.ByValue(_plan.Gradients, _network.Layout.Length, (float)value);
        }

        if (_options.ClipNorm is { } norm)
        {
            GradientClipping.ByNorm(_plan.Gradients, _network.Layout.Length, norm);
        }
    }

    /// <summary>Keeps learned activation parameters in the range that their declaration allows.</summary>
    private void ClampActivationParameters()
    {
        Span<float> parameters = _network.Parameters.Span;
        foreach (NetworkTensor tensor in _network.Layout.Limited)
        {
            foreach (ref float value in parameters.Slice((int)tensor.Offset, (int)tensor.Length))
            {
                value = Math.Clamp(value, tensor.Minimum, tensor.Maximum);
            }
        }
    }
}
