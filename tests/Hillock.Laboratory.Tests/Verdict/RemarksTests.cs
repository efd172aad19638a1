using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Verdict;

namespace Hillock.Laboratory.Tests.Verdict;

public class RemarksTests
{
    private static readonly Activation Winner = Planted.Activation("winner");
    private static readonly Activation Loser = Planted.Activation("loser", CostClass.OneTranscendental, Saturation.Both);
    private static readonly double?[] High = [0.95, 0.96, 0.94, 0.95, 0.96];
    private static readonly double?[] Low = [0.80, 0.81, 0.79, 0.80, 0.80];

    [Fact]
    public void A_bad_result_alone_gets_no_remark() => Remarks(Loser, Low, trial => trial).ShouldBeEmpty();

    [Fact]
    public void A_learning_rate_at_the_edge_of_the_grid_explains_a_bad_result()
    {
        Remarks(Loser, Low, trial => trial with { LearningRate = 0.1 }).ShouldBe(["loser: every trial chose the largest learning rate tried, 0.1: --lr may find a better one above it"]);
        Remarks(Loser, Low, trial => trial with { LearningRate = 0.001 }).ShouldBe(["loser: every trial chose the smallest learning rate tried, 0.001: --lr may find a better one below it"]);
        Remarks(Loser, Low, trial => trial.Fold == 1 ? trial : trial with { LearningRate = 0.1 }).ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_good_one_it_is_not_said() => Remarks(Loser, [0.95, 0.95, 0.95, 0.94, 0.96], trial => trial with { LearningRate = 0.1 }).ShouldBeEmpty();

    [Fact]
    public void Divergence_is_explained_by_the_learning_rates()
    {
        Remarks(Loser, [0.9, null, null, 0.9, 0.9], trial => trial)
            .ShouldBe(["loser: training diverged in 2 of 5 trials, at learning rates up to 0.01: try a smaller one"]);
        Remarks(Loser, [0.9, null, null, 0.9, 0.9], trial => trial.Diverged ? trial with { LearningRate = null } : trial)
            .ShouldBe(["loser: every learning rate tried diverged in 2 of 5 trials, the smallest being 0.001: try a smaller one"]);
    }

    [Fact]
    public void A_cheaper_recommendation_that_was_a_little_behind_in_every_trial_calls_for_care() =>
        Remarks(Planted.Activation("free", CostClass.Free), [0.949, 0.958, 0.939, 0.949, 0.952], trial => trial).ShouldBe([
            "free: was behind winner in all 5 trials, by 0.0026 on average: the difference may be real though small; more repeats would show"]);

    [Theory]
    [InlineData(0.95, true)]
    [InlineData(0.951, true)]
    [InlineData(0.94, false)]
    public void Where_the_best_does_no_better_than_guessing_it_is_said(double baseline, bool said)
    {
        // The best's mean is 0.952, its standard error 0.0056.
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(Planted.FiveFolds, [Planted.Candidate(Winner, High)]);
        IReadOnlyList<Remark> remarks = Laboratory.Verdict.Remarks.Of(ranked, ranked[0], baseline, Planted.FiveFolds);
        remarks.Select(remark => remark.ToString()).ShouldBe(said
            ? [$"no candidate does clearly better than always guessing the most frequent class, which scores {baseline:F4}: the choice of activation decides nothing here"]
            : []);
    }

    private static IEnumerable<string> Remarks(Activation candidate, double?[] scores, Func<TrialResult, TrialResult> change)
    {
        (Activation activation, IReadOnlyList<TrialResult> trials) = Planted.Candidate(candidate, scores);
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(Planted.FiveFolds, [Planted.Candidate(Winner, High), (activation, [.. trials.Select(change)])]);
        (CandidateResult? recommended, _) = Recommendation.Choose(ranked, Planted.FiveFolds);
        return Laboratory.Verdict.Remarks.Of(ranked, recommended, 0, Planted.FiveFolds).Select(remark => remark.ToString());
    }
}
