using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Verdict;

/// <summary>
/// Says which candidate to use: the one with the highest mean, unless candidates that do about as well are cheaper by their cost class; then the cheapest of
/// them, of equally cheap ones the one without learned or random parameters, and of those the one with the highest mean.
/// </summary>
/// <remarks>
/// <para>
/// That a test finds no significant difference does not make two candidates equal: with few trials and many candidates it hardly finds anything. So a candidate
/// does about as well only if, besides, its mean is within one standard error of the best's: the rule by which Breiman, Friedman, Olshen &amp; Stone (Classification
/// and Regression Trees, 1984) choose the simplest of the good models. Both hold for the secondary metric too: candidates that are right equally often are not
/// alike where one of them is wrong with much greater confidence. Two trials have a single degree of freedom, with which next to nothing is significant, and a
/// standard error that means nothing: they prefer nothing to the best.
/// </para>
/// <para>
/// Cost classes decide, and not the times of the run, so that a comparison recommends the same whenever and wherever it is made. But what was clearly slower in
/// the run at hand is not recommended for being cheap.
/// </para>
/// </remarks>
internal static class Recommendation
{
    /// <summary>Times vary by some per cent from run to run; a candidate is clearly slower with over a quarter more.</summary>
    private const double ClearlySlower = 1.25;

    /// <summary>With fewer trials of several, nothing can be told apart.</summary>
    private const int LeastTrials = 3;

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

        if (IsUndecided(best))
        {
            return (best, RecommendationReason.Best(ranked, [best], protocol));
        }

        // The orderings are stable: equals stay in their order, which is by mean.
        CandidateResult[] asGood = [.. ranked.Where(candidate => candidate == best || IsAsGood(candidate, best))];
        CandidateResult[] choice = [.. asGood.Where(candidate => !IsClearlySlower(candidate, best))];
        CandidateResult chosen = choice.OrderBy(candidate => candidate.Cost).ThenBy(HasLearnedOrRandomParameters).First();
        return (chosen, chosen == best ? RecommendationReason.Best(ranked, asGood, protocol) : RecommendationReason.Cheaper(best, chosen, choice, protocol));
    }

    /// <summary>Whether there are several trials, but too few to tell candidates apart; a single holdout is tested sample by sample.</summary>
    public static bool IsUndecided(CandidateResult best) => best.Trials.Count is > 1 and < LeastTrials;

    /// <summary>Whether the candidate does about as well as the best, by its score and by the secondary metric.</summary>
    public static bool IsAsGood(CandidateResult candidate, CandidateResult best) => ScoresAsWell(candidate, best)
        && !(candidate.SecondaryMean > best.SecondaryMean
            && (candidate.SecondaryPValue <= ProtocolDecision.Significance || candidate.SecondaryMean - best.SecondaryMean > best.SecondaryStandardError));

    /// <summary>Whether the candidate's score is about as good as the best's: not significantly worse, and within one standard error of its mean.</summary>
    public static bool ScoresAsWell(CandidateResult candidate, CandidateResult best) =>
        candidate.PValue > ProtocolDecision.Significance && !(best.Mean - candidate.Mean > best.StandardError);

    /// <summary>In how many trials the candidate has a lower score than the best.</summary>
    public static int TrialsBehind(CandidateResult candidate, CandidateResult best) =>
        candidate.Trials.Zip(best.Trials).Count(pair => pair.First.Score < pair.Second.Score);

    /// <summary>Whether anything in the candidate is learned or drawn besides the weights.</summary>
    public static bool HasLearnedOrRandomParameters(CandidateResult candidate) =>
        candidate.Activation.Modes.Any(mode => mode is not ParameterMode.Constant);

    private static bool IsClearlySlower(CandidateResult candidate, CandidateResult best) =>
        candidate.SecondsPerEpoch > ClearlySlower * best.SecondsPerEpoch
        && candidate.Trials.Zip(best.Trials).All(pair => pair.First.SecondsPerEpoch > pair.Second.SecondsPerEpoch);
}
