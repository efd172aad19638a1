using Hillock.Activations.Random;

namespace Hillock.Networks;

/// <summary>Trains networks by gradient descent on batches.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a network in place, on the calling thread. The same arguments give the same bits, on every machine.
    /// A step allocates nothing.
    /// </summary>
    /// <param name="network">The network; its weights change.</param>
    /// <param name="training">What to learn from.</param>
    /// <param name="validation">Samples on which every epoch is judged; null for none.</param>
    /// <param name="options">How to train.</param>
    /// <param name="key">Determines the batches (<c>key.Derive("batches")</c>) and the draws of random activation parameters (<c>key.Derive("draws")</c>).</param>
    /// <param name="progress">Is told of every epoch; null for nobody.</param>
    /// <param name="cancellationToken">Stops the training between two steps.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped; the network keeps the weights it had then.</exception>
    public static TrainingResult Train(
        Network network,
        Dataset training,
        Dataset? validation,
        TrainingOptions options,
        RandomKey key,
        IProgress<EpochResult>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
