namespace Hillock.Laboratory;

/// <summary>A training was stopped after an epoch that was not the last; what it had come to is not lost.</summary>
/// <param name="model">The model as it was after <paramref name="epoch"/>.</param>
/// <param name="epoch">The last epoch that was finished, or the best one where training ends early.</param>
/// <param name="cause">What stopped the training.</param>
public sealed class TrainingInterruptedException(TrainedModel model, int epoch, OperationCanceledException cause)
    : OperationCanceledException($"the training was stopped; the model is that of epoch {epoch}", cause, cause?.CancellationToken ?? default)
{
    /// <summary>The model.</summary>
    public TrainedModel Model { get; } = model;

    /// <summary>The epoch of which it is, from 1.</summary>
    public int Epoch { get; } = epoch;
}
