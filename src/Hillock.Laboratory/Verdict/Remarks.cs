namespace Hillock.Laboratory.Verdict;

/// <summary>Says where the verdict calls for care, and where other learning rates should be tried. A good result gets no remark.</summary>
internal static class Remarks
{
    /// <summary>The remarks about all candidates, in their order.</summary>
    /// <param name="ranked">The candidates, best first.</param>
    /// <param name="recommended">The one recommended; null where all diverged.</param>
    /// <param name="baseline">The score without learning.</param>
    /// <param name="protocol">How they were compared.</param>
    public static IReadOnlyList<Remark> Of(IReadOnlyList<CandidateResult> ranked, CandidateResult? recommended, double baseline, Protocol protocol) =>
    [
        .. Baseline(ranked[0], baseline, protocol),
        .. Untested(ranked, protocol),
        .. from candidate in ranked
           from text in Texts(candidate, ranked[0], recommended, protocol)
           select new Remark(candidate.Name, text),
    ];

    private static IEnumerable<string> Texts(CandidateResult candidate, CandidateResult best, CandidateResult? recommended, Protocol protocol)
    {
        if (candidate.Status == CandidateStatus.Diverged)
        {
            return [Divergence(candidate, protocol)];
        }

        if (candidate == recommended && candidate != best)
        {
            return Caution(candidate, best);
        }

        return candidate != best && !Recommendation.IsAsGood(candidate, best)
            ? GridEdge(candidate, protocol)
            : [];
    }

    private static IEnumerable<Remark> Baseline(CandidateResult best, double baseline, Protocol protocol)
    {
        if (best.Mean - (best.StandardError ?? 0) <= baseline)
        {
            string guess = protocol.Metric == "accuracy" ? "the most frequent class" : "the mean";
            yield return new(null, $"no candidate does clearly better than always guessing {guess}, which scores {Wording.Score(baseline)}: the choice of activation decides nothing here");
        }
    }

    /// <summary>Of a single test part there is one figure of the secondary metric for each candidate, and nothing to test it by; a score is tested sample by sample.</summary>
    private static IEnumerable<Remark> Untested(IReadOnlyList<CandidateResult> ranked, Protocol protocol)
    {
        if (ranked[0].Trials.Count == 1 && ranked.Count(candidate => candidate.Status == CandidateStatus.Ok) > 1)
        {
            string name = Wording.SecondaryName(protocol);
            yield return new(null, $"of a single test part there is one {name} for each candidate: it is told, but cannot be tested, and takes no part in the recommendation; folds would test it");
        }
    }

    private static string Divergence(CandidateResult candidate, Protocol protocol)
    {
        int searched = candidate.Trials.Count(trial => trial.LearningRate is null);
        int trained = candidate.Trials.Count(trial => trial.Diverged) - searched;
        string of = $"of {candidate.Trials.Count} {(candidate.Trials.Count == 1 ? "trial" : "trials")}";
        double? greatest = candidate.Trials.Where(trial => trial.Diverged).Max(trial => trial.LearningRate);
        string training = $"training diverged in {trained} {of}, at learning rates up to {greatest}: try a smaller one";
        string search = searched == 0 ? "" : $"every learning rate tried diverged in {searched} {of}, the smallest being {protocol.SearchRates[0]}: try a smaller one";
        return searched == 0 ? training : trained == 0 ? search : $"{search}; {training}";
    }

    private static IEnumerable<string> Caution(CandidateResult candidate, CandidateResult best)
    {
        if (candidate.Trials.Count > 1 && Recommendation.TrialsBehind(candidate, best) == candidate.Trials.Count)
        {
            yield return $"{Behind(candidate, best)}: the difference may be real though small; more repeats would show";
        }
    }

    private static string Behind(CandidateResult candidate, CandidateResult best) =>
        $"was behind {best.Name} in all {candidate.Trials.Count} trials, by {Wording.Score(best.Mean - candidate.Mean)} on average";

    private static IEnumerable<string> GridEdge(CandidateResult candidate, Protocol protocol)
    {
        if (protocol.SearchRates.Count == 0)
        {
            yield break;
        }

        // One trial at the edge is chance; all of them say that the grid ends too early.
        if (candidate.Trials.All(trial => trial.LearningRate == protocol.SearchRates[0]))
        {
            yield return $"every trial chose the smallest learning rate tried, {protocol.SearchRates[0]}: --lr may find a better one below it";
        }
        else if (candidate.Trials.All(trial => trial.LearningRate == protocol.SearchRates[^1]))
        {
            yield return $"every trial chose the largest learning rate tried, {protocol.SearchRates[^1]}: --lr may find a better one above it";
        }
    }
}
