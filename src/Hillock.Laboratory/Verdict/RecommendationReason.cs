using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Verdict;

/// <summary>The reasons of a recommendation in plain words.</summary>
internal static class RecommendationReason
{
    /// <summary>Why the best candidate is recommended.</summary>
    /// <param name="ranked">The candidates, best first.</param>
    /// <param name="asGood">Those that do about as well as the best, itself first.</param>
    /// <param name="protocol">How they were compared.</param>
    public static string Best(IReadOnlyList<CandidateResult> ranked, IReadOnlyList<CandidateResult> asGood, Protocol protocol)
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
            : Recommendation.IsUndecided(best) ? $"{lead}, but {best.Trials.Count} trials are too few to tell candidates apart: more folds or repeats would"
            : Array.TrueForAll(others, candidate => candidate.PValue <= ProtocolDecision.Significance) ? $"{lead}, and {rest} significantly worse"
            : Rivals(best, others, asGood, protocol) is { Length: > 0 } rivals ? lead + rivals
            : $"{lead}, and {rest} significantly worse or further from it than one standard error{ErrorOf(best)}";
    }

    /// <summary>Why another than the best is recommended.</summary>
    /// <param name="best">The best.</param>
    /// <param name="chosen">The one recommended.</param>
    /// <param name="choice">What it was chosen from.</param>
    /// <param name="protocol">How they were compared.</param>
    public static string Cheaper(CandidateResult best, CandidateResult chosen, IReadOnlyList<CandidateResult> choice, Protocol protocol)
    {
        string secondary = $"{Wording.SecondaryName(protocol)} {Wording.Score(chosen.SecondaryMean)} against {Wording.Score(best.SecondaryMean)}";
        string equal = chosen.Mean == best.Mean
            ? $"equals the best, {best.Name} ({secondary})"
            : $"does about as well as the best, {best.Name} with {Wording.Score(best.Mean)} (within one standard error{ErrorOf(best)}; {Wording.PValue(chosen.PValue)}; {secondary})";
        string why = chosen.Cost < best.Cost
            ? $"is cheaper to compute: {Wording.Cost(chosen.Cost)} instead of {Wording.Cost(best.Cost)}"
            : "is simpler: it has no learned or random parameter";
        string equallyCheap = choice.Count(candidate => candidate.Cost == chosen.Cost
            && Recommendation.HasLearnedOrRandomParameters(candidate) == Recommendation.HasLearnedOrRandomParameters(chosen)) > 1
            ? "; of the equally cheap ones it has the highest mean"
            : "";
        return $"{chosen.Name} with {MeanOf(chosen, protocol)} {equal}, and {why}{equallyCheap}";
    }

    /// <summary>Those that do about as well, and those whose score is about as good, but whose secondary metric is not; empty where there are neither.</summary>
    private static string Rivals(CandidateResult best, CandidateResult[] others, IReadOnlyList<CandidateResult> asGood, Protocol protocol)
    {
        string equals = asGood.Count == 1
            ? ""
            : $"; {Wording.List(asGood.Skip(1).Select(candidate => candidate.Name))} {(asGood.Count == 2 ? "does about as well, but costs" : "do about as well, but cost")} no less";
        CandidateResult[] near = Array.FindAll(others, candidate => Recommendation.ScoresAsWell(candidate, best) && !asGood.Contains(candidate));
        string names = Wording.List(near.Select(candidate => $"{candidate.Name} ({Wording.Score(candidate.SecondaryMean)})"));
        return near.Length == 0
            ? equals
            : $"{equals}; {names} {(near.Length == 1 ? "comes" : "come")} within one standard error{ErrorOf(best)}, but with a worse {Wording.SecondaryName(protocol)} than its {Wording.Score(best.SecondaryMean)}";
    }

    private static string ErrorOf(CandidateResult best) => best.StandardError is double error ? $", {Wording.Score(error)}" : "";

    private static string MeanOf(CandidateResult candidate, Protocol protocol) => $"a mean {Wording.MetricName(protocol)} of {Wording.Score(candidate.Mean)}";
}
