using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Verdict;

/// <summary>
/// Says which candidate to use: the one with the highest mean, unless candidates that do about as well are cheaper by their cost class; then the cheapest of
/// them, of equally cheap ones the one without learned or random parameters, and of those the one with the highest mean.
/// </summary>
/// <remarks>
/// That a test finds no significant difference does not make two candidates equal: with few trials and many candidates it hardly finds anything. So a candidate
/// does about as well only if, besides, its mean is within one standard error of the best's: the rule by which Breiman, Friedman, Olshen &amp; Stone (Classification
/// and Regression Trees, 1984) choose the simplest of the good models.
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

        // The orderings are stable: equals stay in their order, which is by mean.
        CandidateResult[] asGood = [.. ranked.Where(candidate => candidate == best || IsAsGood(candidate, best))];
        CandidateResult chosen = asGood.OrderBy(candidate => candidate.Cost).ThenBy(HasLearnedOrRandomParameters).First();
        return (chosen, chosen == best ? WhyBest(ranked, asGood, protocol) : WhyCheaper(best, chosen, asGood, protocol));
    }

    /// <summary>Whether the candidate does about as well as the best: not significantly worse, and within one standard error of its mean.</summary>
    public static bool IsAsGood(CandidateResult candidate, CandidateResult best) =>
        candidate.PValue > ProtocolDecision.Significance && !(best.Mean - candidate.Mean > best.StandardError);

    /// <summary>In how many trials the candidate has a lower score than the best.</summary>
    public static int TrialsBehind(CandidateResult candidate, CandidateResult best) =>
        candidate.Trials.Zip(best.Trials).Count(pair => pair.First.Score < pair.Second.Score);

    private static bool HasLearnedOrRandomParameters(CandidateResult candidate) =>
        candidate.Activation.Modes.Any(mode => mode is not ParameterMode.Constant);

    private static string WhyBest(IReadOnlyList<CandidateResult> ranked, CandidateResult[] asGood, Protocol protocol)
    {
        CandidateResult best = ranked[0];
        if (ranked.Count == 1)
        {
            return $"{best.Name} is the only candidate, with {MeanOf(best, protocol)}";
        }

        string lead = $"{best.Name} has the highest mean {Wording.MetricName(protocol)}, {Wording.Score(best.Mean)}";
        CandidateResult[] others = [.. ranked.Skip(1).Where(candidate => candidate.Status == CandidateStatus.Ok)];
        string rest = others.Length == 1 ? "the other is" : "all others are";
        return others.Length == 0 ? $"{lead}, and the only one: all others diverged"
            : others.All(candidate => candidate.PValue <= ProtocolDecision.Significance) ? $"{lead}, and {rest} significantly worse"
            : asGood.Length == 1 ? $"{lead}, and {rest} further from it than one standard error{ErrorOf(best)}"
            : $"{lead}; {Wording.List(asGood.Skip(1).Select(candidate => candidate.Name))} {(asGood.Length == 2 ? "does about as well, but costs" : "do about as well, but cost")} no less";
    }

    private static string WhyCheaper(CandidateResult best, CandidateResult chosen, CandidateResult[] asGood, Protocol protocol)
    {
        string equal = chosen.Mean == best.Mean
            ? $"equals the best, {best.Name}"
            : $"does about as well as the best, {best.Name} with {Wording.Score(best.Mean)} (within one standard error{ErrorOf(best)}; {Wording.PValue(chosen.PValue)})";
        string why = chosen.Cost < best.Cost
            ? $"is cheaper: {Wording.Cost(chosen.Cost)} instead of {Wording.Cost(best.Cost)}"
            : "is simpler: it has no learned or random parameter";
        string equallyCheap = asGood.Count(candidate => candidate.Cost == chosen.Cost && HasLearnedOrRandomParameters(candidate) == HasLearnedOrRandomParameters(chosen)) > 1
            ? "; of the equally cheap ones it has the highest mean"
            : "";
        return $"{chosen.Name} with {MeanOf(chosen, protocol)} {equal}, and {why}{equallyCheap}";
    }

    private static string ErrorOf(CandidateResult best) => best.StandardError is double error ? $", {Wording.Score(error)}" : "";

    private static string MeanOf(CandidateResult candidate, Protocol protocol) => $"a mean {Wording.MetricName(protocol)} of {Wording.Score(candidate.Mean)}";
}
