using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Verdict;

/// <summary>
/// Says which candidate to use: the one with the highest mean, unless candidates that are not worse are cheaper by their cost class;
/// then the cheapest of them, and of equally cheap ones the one with the highest mean.
/// </summary>
/// <remarks>
/// With few trials and many candidates the corrected test rarely finds anything, and that it finds nothing does not make two candidates equal. So one
/// that is plainly behind (in every trial, and on average by more than either's standard deviation) counts as worse too.
/// </remarks>
internal static class Recommendation
{
    /// <summary>Chooses, and says why.</summary>
    /// <param name="ranked">The candidates, best first.</param>
    /// <param name="protocol">How they were compared.</param>
    /// <returns>The candidate, null where all diverged, and the reason in plain words.</returns>
    public static (CandidateResult? Recommended, string Reason) Choose(IReadOnlyList<CandidateResult> ranked, Protocol protocol)
    {
        CandidateResult best = ranked[0];
        if (best.Status == CandidateStatus.Diverged)
        {
            return (null, protocol.LearningRate is double rate
                ? $"every candidate diverged at the learning rate {rate}: a smaller one is needed"
                : "every candidate diverged at every learning rate tried, or in the training after it: look at the data, or give a smaller learning rate");
        }

        // OrderBy keeps equals in their order, which is by mean.
        CandidateResult[] equals = [.. ranked.Where(candidate => candidate == best || IsEqual(candidate, best))];
        CandidateResult chosen = equals.OrderBy(candidate => candidate.Cost).First();
        return (chosen, chosen == best ? WhyBest(ranked, equals, protocol) : WhyCheaper(best, chosen, equals, protocol));
    }

    /// <summary>Whether the candidate is worse than the best by the test, or plainly behind it.</summary>
    public static bool IsWorse(CandidateResult candidate, CandidateResult best) =>
        candidate.PValue <= ProtocolDecision.Significance || IsPlainlyBehind(candidate, best);

    /// <summary>Whether the candidate is behind in every one of several trials, and on average by more than either's standard deviation.</summary>
    public static bool IsPlainlyBehind(CandidateResult candidate, CandidateResult best) =>
        TrialsBehind(candidate, best) == best.Trials.Count
        && best.Mean - candidate.Mean > best.StandardDeviation
        && best.Mean - candidate.Mean > candidate.StandardDeviation;

    /// <summary>In how many trials the candidate has a lower score than the best.</summary>
    public static int TrialsBehind(CandidateResult candidate, CandidateResult best) =>
        candidate.Trials.Zip(best.Trials).Count(pair => pair.First.Score < pair.Second.Score);

    private static bool IsEqual(CandidateResult candidate, CandidateResult best) => candidate.PValue is not null && !IsWorse(candidate, best);

    private static string WhyBest(IReadOnlyList<CandidateResult> ranked, CandidateResult[] equals, Protocol protocol)
    {
        CandidateResult best = ranked[0];
        if (ranked.Count == 1)
        {
            return $"{best.Name} is the only candidate, with {MeanOf(best, protocol)}";
        }

        string lead = $"{best.Name} has the highest mean {Wording.MetricName(protocol)}, {Wording.Score(best.Mean)}";
        int significant = ranked.Count(candidate => candidate.PValue <= ProtocolDecision.Significance);
        int others = ranked.Count(candidate => candidate.Status == CandidateStatus.Ok) - 1;
        return others == 0 ? $"{lead}, and the only one: all others diverged"
            : significant == others ? $"{lead}, and {(others == 1 ? "the other is" : "all others are")} significantly worse"
            : equals.Length == 1 ? $"{lead}, and {(others == 1 ? "the other is" : "all others are")} significantly worse or plainly behind"
            : $"{lead}; {Wording.List(equals.Skip(1).Select(candidate => candidate.Name))} {(equals.Length == 2 ? "is" : "are")} not significantly worse, but not cheaper either";
    }

    private static string WhyCheaper(CandidateResult best, CandidateResult chosen, CandidateResult[] equals, Protocol protocol)
    {
        string equallyCheap = equals.Count(candidate => candidate.Cost == chosen.Cost) > 1 ? "; of the equally cheap ones it has the highest mean" : "";
        return $"{chosen.Name} with {MeanOf(chosen, protocol)} is not significantly worse than the best, {best.Name} with {Wording.Score(best.Mean)} "
            + $"({Wording.PValue(chosen.PValue)}), and cheaper: {Wording.Cost(chosen.Cost)} instead of {Wording.Cost(best.Cost)}{equallyCheap}";
    }

    private static string MeanOf(CandidateResult candidate, Protocol protocol) => $"a mean {Wording.MetricName(protocol)} of {Wording.Score(candidate.Mean)}";
}
