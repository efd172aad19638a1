using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>How well a model does on samples.</summary>
/// <param name="Scores">Its scores; the RMSE is in the target's own unit.</param>
/// <param name="Confusion">Which classes it takes for which; null for a regression.</param>
public sealed record ModelEvaluation(Evaluation Scores, ConfusionMatrix? Confusion);
