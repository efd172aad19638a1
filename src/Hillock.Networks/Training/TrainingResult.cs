namespace Hillock.Networks;

/// <summary>What an epoch of training came to.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="TrainingLoss">The mean loss over the epoch's samples, each as it stood when its batch was trained on.</param>
/// <param name="ValidationLoss">The mean loss over the validation samples after the epoch; null without such samples.</param>
/// <param name="ValidationScore">Their accuracy or R²; null without such samples.</param>
public sealed record EpochResult(int Epoch, double TrainingLoss, double? ValidationLoss, double? ValidationScore);

/// <summary>How a training went.</summary>
/// <param name="Epochs">The epochs that ended with finite losses and weights, in order.</param>
/// <param name="Diverged">Whether a loss or a weight became infinite or NaN; training ended there.</param>
/// <param name="BestEpoch">
/// The epoch of the lowest validation loss, without validation samples of the lowest training loss, counted from 1; 0 where none was finite.
/// </param>
public sealed record TrainingResult(IReadOnlyList<EpochResult> Epochs, bool Diverged, int BestEpoch);
