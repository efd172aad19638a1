using Hillock.Laboratory.Diagnosis;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>How a network did on samples that were held out of its training, beside what is to be compared with it.</summary>
/// <param name="Samples">How many.</param>
/// <param name="Loss">The loss on them.</param>
/// <param name="LossOfIgnorance">Their loss when one knows only how frequent the classes are, or the mean.</param>
/// <param name="Score">The accuracy or R² on them.</param>
/// <param name="Guess">The accuracy of always telling the most frequent class; 0, the R² of the mean, in a regression.</param>
/// <param name="TrainingLoss">The loss on the samples that were learned from, after the training.</param>
/// <param name="LeastLoss">The least loss on the samples held out after any epoch.</param>
/// <param name="LeastLossEpoch">That epoch, counted from 1.</param>
public sealed record HeldOutResult(
    int Samples, double Loss, double LossOfIgnorance, double Score, double Guess, double TrainingLoss, double LeastLoss, int LeastLossEpoch)
{
    /// <summary>Whether classes are told apart, and <see cref="Score"/> is an accuracy.</summary>
    public required bool IsClassification { get; init; }

    /// <summary>The result of a training; null where a number of it is not finite.</summary>
    internal static HeldOutResult? Of(long samples, Evaluation scores, double trainingLoss, IReadOnlyList<EpochResult> epochs)
    {
        double score = scores.Accuracy ?? scores.R2 ?? double.NaN;
        EpochResult? best = epochs.Where(epoch => epoch.ValidationLoss is double loss && double.IsFinite(loss)).MinBy(epoch => epoch.ValidationLoss);
        return best is null || !double.IsFinite(scores.Loss + score + trainingLoss)
            ? null
            : new HeldOutResult((int)samples, scores.Loss, scores.LossOfIgnorance, score, scores.Guess, trainingLoss, best.ValidationLoss!.Value, best.Epoch)
            {
                IsClassification = scores.Accuracy is not null,
            };
    }
}
