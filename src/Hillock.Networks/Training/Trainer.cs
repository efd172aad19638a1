using Hillock.Activations.Random;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Trains networks by gradient descent on batches.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a network in place. The same arguments give the same bits, on every machine and on any number of threads.
    /// A step allocates nothing. With <see cref="TrainingOptions.CheckpointFolder"/> it goes on where an interrupted training with the same arguments
    /// had come to.
    /// </summary>
    /// <param name="network">The network; its weights change, and do not matter where the training goes on from a checkpoint.</param>
    /// <param name="training">What to learn from.</param>
    /// <param name="validation">Samples on which every epoch is judged; null for none.</param>
    /// <param name="options">How to train.</param>
    /// <param name="key">Determines the batches (<c>key.Derive("batches")</c>), the draws of random activation parameters (<c>key.Derive("draws")</c>) and the changes of images (<c>key.Derive("augmentation")</c>).</param>
    /// <param name="progress">Is told of every epoch that is run; null for nobody.</param>
    /// <param name="cancellationToken">Stops the training between two steps.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of range.</exception>
    /// <exception cref="ModelFileException">The checkpoint is damaged or of another training; one line says what is wrong.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written. The last one is intact, the network keeps the weights it had then.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped; the network keeps the weights it had then.</exception>
    public static TrainingResult Train(
        Network network,
        Dataset training,
        Dataset? validation,
        TrainingOptions options,
        RandomKey key,
        IProgress<EpochResult>? progress = null,
        CancellationToken cancellationToken = default) =>
        OnDatasets(network, training, validation, options, key, probe: null, progress, cancellationToken);

    /// <summary>The same, with a probe that looks into the network while it learns: it has no influence on any bit.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">What to learn from.</param>
    /// <param name="validation">Samples on which every epoch is judged; null for none.</param>
    /// <param name="options">How to train.</param>
    /// <param name="key">Determines all random numbers.</param>
    /// <param name="probe">The probe; a new one for each training. Epochs that are taken over from a checkpoint are not seen.</param>
    /// <param name="progress">Is told of every epoch that is run; null for nobody.</param>
    /// <param name="cancellationToken">Stops the training between two steps.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of range.</exception>
    /// <exception cref="InvalidOperationException">The probe has been used before.</exception>
    /// <exception cref="ModelFileException">The checkpoint is damaged or of another training; one line says what is wrong.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written. The last one is intact, the network keeps the weights it had then.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped; the network keeps the weights it had then.</exception>
    public static TrainingResult Train(
        Network network,
        Dataset training,
        Dataset? validation,
        TrainingOptions options,
        RandomKey key,
        TrainingProbe probe,
        IProgress<EpochResult>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return OnDatasets(network, training, validation, options, key, probe, progress, cancellationToken);
    }

    /// <summary>
    /// Trains a network in place on samples that need not fit into memory. The same arguments, among them <see cref="StreamedDataset.Window"/>, give the same bits.
    /// A thread of its own reads ahead while the steps are made, which allocate nothing.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="training">What to learn from.</param>
    /// <param name="validation">Samples on which every epoch is judged, another stream; null for none.</param>
    /// <param name="options">How to train.</param>
    /// <param name="key">Determines all random numbers, the order of the blocks by <c>key.Derive("blocks")</c>.</param>
    /// <param name="probe">Looks into the network, a new one for each training; null for none. It has no influence on any bit.</param>
    /// <param name="progress">Is told of every epoch that is run; null for nobody.</param>
    /// <param name="cancellationToken">Stops the training between two steps, and reading.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">A stream gave a label or token that there is not.</exception>
    /// <exception cref="ModelFileException">The checkpoint is damaged or of another training; one line says what is wrong.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written. The last one is intact, the network keeps the weights it had then.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped; the network keeps the weights it had then.</exception>
    /// <remarks>Whatever a stream throws is thrown here, when the samples before it have been learned from.</remarks>
    public static TrainingResult Train(
        Network network,
        StreamedDataset training,
        StreamedDataset? validation,
        TrainingOptions options,
        RandomKey key,
        TrainingProbe? probe = null,
        IProgress<EpochResult>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        Check(network.Description, validation, options);
        DatasetChecks.InputsAndTargets(network.Description, training, nameof(training));
        if (validation is not null)
        {
            DatasetChecks.Judged(network.Description, validation, nameof(validation));
            if (ReferenceEquals(training, validation))
            {
                throw new ArgumentException("the validation samples are the stream that is learned from: they are read at the same time, and need a stream of their own", nameof(validation));
            }
        }

        using StreamWindows windows = new(
            training, TrainingLoop.BatchSize(options, training.Count), key.Derive("blocks"), options.Epochs, cancellationToken);
        using StreamWindows? held = validation is null ? null : new(validation, batch: 1, order: null, options.Epochs, cancellationToken);
        return Run(network, windows, held, options, key, probe, progress, cancellationToken);
    }

    private static TrainingResult OnDatasets(
        Network network,
        Dataset training,
        Dataset? validation,
        TrainingOptions options,
        RandomKey key,
        TrainingProbe? probe,
        IProgress<EpochResult>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        Check(network.Description, validation, options);
        DatasetChecks.InputsAndTargets(network.Description, training, nameof(training));
        if (validation is not null)
        {
            DatasetChecks.InputsAndTargets(network.Description, validation, nameof(validation));
        }

        return Run(network, new DatasetWindow(training), validation is null ? null : new DatasetWindow(validation), options, key, probe, progress, cancellationToken);
    }

    private static TrainingResult Run(
        Network network,
        SampleWindows training,
        SampleWindows? validation,
        TrainingOptions options,
        RandomKey key,
        TrainingProbe? probe,
        IProgress<EpochResult>? progress,
        CancellationToken cancellationToken)
    {
        using WorkerTeam team = new(options.Threads);
        TrainingLoop loop = new(network, training, options, key, team, probe);
        EvaluationPass? judge = validation is null ? null : new EvaluationPass(network, validation, team);
        Network? best = options.Patience is null ? null : network.Clone();
        Checkpoint? checkpoint = options.CheckpointFolder is null
            ? null
            : new Checkpoint(
                options.CheckpointFolder, network, best, loop, options.Epochs,
                TrainingSpecification.Of(network.Description, training, validation, options, key));
        TrainingState state = checkpoint?.Resume() ?? TrainingState.Start;
        probe?.Resume(state.Probe);
        List<EpochResult> epochs = new(options.Epochs);
        epochs.AddRange(state.Epochs);
        int bestEpoch = state.BestEpoch;
        double bestLoss = state.BestLoss;
        bool diverged = false;
        for (int epoch = epochs.Count + 1; epoch <= options.Epochs && !(epoch - 1 - bestEpoch >= options.Patience); epoch++)
        {
            double trainingLoss = loop.RunEpoch(epoch, cancellationToken);
            if (double.IsFinite(trainingLoss))
            {
                judge?.Run(epoch, cancellationToken);
            }

            double judgedLoss = judge?.Loss ?? trainingLoss;
            if (!double.IsFinite(trainingLoss) || !double.IsFinite(judgedLoss) || !loop.ParametersAreFinite)
            {
                diverged = true;
                break;
            }

            if (judgedLoss < bestLoss)
            {
                bestLoss = judgedLoss;
                bestEpoch = epoch;
                best?.CopyParametersFrom(network);
            }

            epochs.Add(new EpochResult(epoch, trainingLoss, judge?.Loss, judge?.Score));
            checkpoint?.Write(new TrainingState(epochs, bestEpoch, bestLoss) { Probe = probe?.State });
            progress?.Report(epochs[^1]);
        }

        if (best != null)
        {
            network.CopyParametersFrom(best);
        }

        return new TrainingResult(epochs, diverged, bestEpoch);
    }

    private static void Check(NetworkDescription network, object? validation, TrainingOptions options)
    {
        options.Validate();
        if (options.Patience is not null && validation is null)
        {
            throw new ArgumentException("early stopping (Patience) needs validation samples", nameof(validation));
        }

        if (options.LabelSmoothing > 0 && network.Loss != Loss.SoftmaxCrossEntropy)
        {
            throw new ArgumentException($"label smoothing is for SoftmaxCrossEntropy, and the network's loss is {network.Loss}", nameof(options));
        }
    }
}
