using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Verdict;

namespace Hillock.Laboratory.Tests.Verdict;

public class RecommendationTests
{
    private static readonly Activation Free = Planted.Activation("free", CostClass.Free);
    private static readonly Activation Cheap = Planted.Activation("cheap", CostClass.Arithmetic);
    private static readonly Activation AlsoCheap = Planted.Activation("also_cheap", CostClass.Arithmetic);
    private static readonly Activation Dear = Planted.Activation("dear", CostClass.OneTranscendental);
    private static readonly Activation Dearest = Planted.Activation("dearest", CostClass.SeveralTranscendentals);

    [Fact]
    public void A_clear_winner_is_recommended_however_dear()
    {
        (string? name, string reason) = Choose(
            Planted.Candidate(Free, 0.80, 0.81, 0.79, 0.80, 0.80),
            Planted.Candidate(Dearest, 0.95, 0.96, 0.94, 0.95, 0.96),
            Planted.Candidate(Cheap, 0.90, 0.91, 0.89, 0.90, 0.90));
        name.ShouldBe("dearest");
        reason.ShouldBe("dearest has the highest mean accuracy, 0.9520, and all others are significantly worse");
    }

    [Fact]
    public void Of_candidates_that_cannot_be_told_apart_the_cheapest_wins()
    {
        (string? name, string reason) = Choose(
            Planted.Candidate(Dear, 0.95, 0.94, 0.96, 0.95, 0.96),
            Planted.Candidate(Cheap, 0.95, 0.95, 0.95, 0.94, 0.96));
        name.ShouldBe("cheap");
        reason.ShouldBe(
            "cheap with a mean accuracy of 0.9500 does about as well as the best, dear with 0.9520 (within one standard error, 0.0056; p = 0.74), "
            + "and is cheaper: plain arithmetic instead of one exponential");
    }

    [Fact]
    public void Of_equally_cheap_candidates_the_one_with_the_higher_mean_wins()
    {
        (string? name, string reason) = Choose(
            Planted.Candidate(Dear, 0.95, 0.94, 0.96, 0.95, 0.96),
            Planted.Candidate(AlsoCheap, 0.95, 0.95, 0.95, 0.94, 0.95),
            Planted.Candidate(Cheap, 0.95, 0.95, 0.95, 0.94, 0.96));
        name.ShouldBe("cheap");
        reason.ShouldEndWith("; of the equally cheap ones it has the highest mean");
    }

    [Fact]
    public void Of_perfect_ties_the_one_named_first_wins()
    {
        Choose(Planted.Candidate(Cheap, 0.9, 0.8, 0.9), Planted.Candidate(AlsoCheap, 0.9, 0.8, 0.9)).Name.ShouldBe("cheap");
        Choose(Planted.Candidate(AlsoCheap, 0.9, 0.8, 0.9), Planted.Candidate(Cheap, 0.9, 0.8, 0.9)).Name.ShouldBe("also_cheap");
    }

    [Fact]
    public void The_best_wins_where_nothing_cheaper_comes_near()
    {
        (string? name, string reason) = Choose(
            Planted.Candidate(Free, 0.80, 0.81, 0.79, 0.80, 0.80),
            Planted.Candidate(Cheap, 0.95, 0.94, 0.96, 0.95, 0.96),
            Planted.Candidate(Dear, 0.95, 0.95, 0.95, 0.94, 0.96));
        name.ShouldBe("cheap");
        reason.ShouldBe("cheap has the highest mean accuracy, 0.9520; dear does about as well, but costs no less");
    }

    [Fact]
    public void A_diverged_candidate_is_never_recommended_even_with_high_scores_in_its_other_trials()
    {
        (string? name, string reason) = Choose(
            Planted.Candidate(Free, 0.99, 0.99, null, 0.99, 0.99),
            Planted.Candidate(Dear, 0.90, 0.91, 0.89, 0.90, 0.90));
        name.ShouldBe("dear");
        reason.ShouldBe("dear has the highest mean accuracy, 0.9000, and the only one: all others diverged");
    }

    [Fact]
    public void Where_everything_diverged_nothing_is_recommended()
    {
        (string? name, string reason) = Choose(Planted.Candidate(Cheap, null, null), Planted.Candidate(Dear, 0.5, null));
        name.ShouldBeNull();
        reason.ShouldStartWith("every candidate diverged");
    }

    [Fact]
    public void A_single_candidate_is_recommended() =>
        Choose(Planted.Candidate(Dear, 0.9, 0.8)).ShouldBe(("dear", "dear is the only candidate, with a mean accuracy of 0.8500"));

    [Fact]
    public void Holms_correction_decides_not_the_single_test()
    {
        // p = 0.0173 by scipy 1.10: worse where it is the only test, not worse where it is one of six.
        double?[] best = [0.950, 0.970, 0.930, 0.960, 0.940];
        double?[] behind = [0.940, 0.955, 0.922, 0.948, 0.935];
        Choose(Planted.Candidate(Dear, best), Planted.Candidate(Free, behind)).Name.ShouldBe("dear");
        (Activation, IReadOnlyList<TrialResult>)[] others =
            [.. Enumerable.Range(0, 5).Select(i => Planted.Candidate(Planted.Activation($"other{i}", CostClass.SeveralTranscendentals), 0.96, 0.96, 0.94, 0.949, 0.94))];
        Choose([Planted.Candidate(Dear, best), Planted.Candidate(Free, behind), .. others]).Name.ShouldBe("free");
    }

    // Few trials that differ widely prove nothing; yet nobody would take the free one.
    [Fact]
    public void A_candidate_further_behind_than_one_standard_error_is_not_taken_for_equal_for_want_of_proof()
    {
        (string? name, string reason) = Choose(
            Planted.Candidate(Dear, 0.95, 0.96, 0.94, 0.95, 0.96), Planted.Candidate(Free, 0.92, 0.86, 0.90, 0.94, 0.82));
        name.ShouldBe("dear");
        reason.ShouldBe("dear has the highest mean accuracy, 0.9520, and the other is further from it than one standard error, 0.0056");
    }

    // The standard error that counts is the best's: a candidate does not gain by being unstable.
    [Fact]
    public void A_candidate_that_scatters_widely_is_not_as_good_for_that() =>
        Choose(Planted.Candidate(Dear, 0.96, 0.95, 0.97, 0.96, 0.96), Planted.Candidate(Free, 0.99, 0.40, 0.98, 0.99, 0.70)).Name.ShouldBe("dear");

    [Fact]
    public void Of_equally_cheap_candidates_one_without_learned_or_random_parameters_comes_first()
    {
        (string? name, string reason) = Choose(
            Planted.Candidate(Activation.Parse("leaky_relu(alpha=uniform(0.1, 0.2))"), 0.95, 0.94, 0.96, 0.95, 0.96),
            Planted.Candidate(Activation.Parse("rrelu"), 0.95, 0.95, 0.95, 0.94, 0.96),
            Planted.Candidate(Activation.Parse("relu"), 0.95, 0.95, 0.95, 0.94, 0.95));
        name.ShouldBe("relu");
        reason.ShouldEndWith(", and is simpler: it has no learned or random parameter");
    }

    [Fact]
    public void A_cheaper_candidate_of_the_same_mean_equals_the_best() =>
        Choose(Planted.Candidate(Dear, 0.9, 0.8, 0.9), Planted.Candidate(Cheap, 0.8, 0.9, 0.9)).Reason.ShouldBe(
            "cheap with a mean accuracy of 0.8667 equals the best, dear, and is cheaper: plain arithmetic instead of one exponential");

    private static (string? Name, string Reason) Choose(params (Activation, IReadOnlyList<TrialResult>)[] trials)
    {
        (CandidateResult? recommended, string reason) = Recommendation.Choose(Ranking.Rank(Planted.FiveFolds, trials), Planted.FiveFolds);
        return (recommended?.Name, reason);
    }
}
