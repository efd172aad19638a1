using System.Diagnostics;
using Hillock.Data;
using Hillock.Laboratory.Trials;
using Hillock.Laboratory.Verdict;

namespace Hillock.Laboratory;

/// <summary>Compares activation functions on the same data, splits, batches and draws, and says which to use.</summary>
public static class Comparison
{
    /// <summary>Plans and runs a comparison.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="options">What to compare, and how.</param>
    /// <param name="progress">Is told after every epoch and every trial, from the thread that ran it, one report at a time.</param>
    /// <param name="cancellationToken">Stops the trials under way; those finished stay in the ledger.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="LaboratoryException">The data do not allow the comparison, or the ledger is in the way.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ComparisonResult Run(
        DataSource data, ComparisonOptions options, IProgress<ComparisonProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(ComparisonPlan.Create(data, options), progress, cancellationToken);

    /// <summary>Runs a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Is told after every epoch and every trial, from the thread that ran it, one report at a time.</param>
    /// <param name="cancellationToken">Stops the trials under way; those finished stay in the ledger.</param>
    /// <exception cref="LaboratoryException">The ledger is in the way.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ComparisonResult Run(
        ComparisonPlan plan, IProgress<ComparisonProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        long start = Stopwatch.GetTimestamp();
        using Ledger? ledger = plan.Options.OutputFolder is string folder
            ? Ledger.Open(folder, plan.Specification, plan.Trials.Select(trial => trial.Id))
            : null;
        IReadOnlyDictionary<string, TrialResult> trials = Runner.Run(plan, ledger, progress, cancellationToken);
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(
            plan.Protocol, plan.Options.Activations.Select(activation => (activation, TrialsOf(plan, trials, activation))));
        double baseline = BaselineScore.Of(plan);
        (CandidateResult? recommended, string reason) = Recommendation.Choose(ranked, plan.Protocol);
        return new()
        {
            Data = plan.Summary,
            Protocol = plan.Protocol,
            Candidates = ranked,
            Baseline = baseline,
            Recommended = recommended?.Name,
            Reason = reason,
            Remarks = Remarks.Of(ranked, recommended, baseline, plan.Protocol),
            Warnings = plan.Warnings,
            ResumedTrials = ledger?.Finished.Count ?? 0,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
    }

    private static IReadOnlyList<TrialResult> TrialsOf(
        ComparisonPlan plan, IReadOnlyDictionary<string, TrialResult> trials, Activations.Activation activation) =>
        [.. plan.TrialsOf(activation).Select(trial => trials[trial.Id])];
}
