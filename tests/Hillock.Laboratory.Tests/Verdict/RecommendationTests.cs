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
            "cheap with a mean accuracy of 0.9500 does about as well as the best, dear with 0.9520 (within one standard error, 0.0069; p = 0.74; "
            + "log-loss 0.0500 against 0.0480), and is cheaper to compute: plain arithmetic instead of one exponential's worth");
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
        reason.ShouldBe("dear has the highest mean accuracy, 0.9520, and the other is significantly worse or further from it than one standard error, 0.0069");
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
            "cheap with a mean accuracy of 0.8667 equals the best, dear (log-loss 0.1333 against 0.1333), and is cheaper to compute: "
            + "plain arithmetic instead of one exponential's worth");

    [Fact]
    public void Two_trials_decide_nothing()
    {
        (string? name, string reason) = Choose(Planted.Candidate(Dear, 0.574, 0.570), Planted.Candidate(Cheap, 0.570, 0.566));
        name.ShouldBe("dear");
        reason.ShouldBe("dear has the highest mean accuracy, 0.5720, but 2 trials are too few to tell candidates apart: more folds or repeats would");
        Choose(Planted.Candidate(Dear, 0.574, 0.570, 0.572), Planted.Candidate(Cheap, 0.570, 0.566, 0.580)).Name.ShouldBe("cheap");
    }

    [Fact]
    public void As_many_right_answers_are_not_as_good_where_the_wrong_ones_are_surer()
    {
        (string? name, string reason) = Choose(
            WithLosses(Dear, 0.145, 0.15, 0.14, 0.16, 0.139),
            WithLosses(Cheap, 0.4, 0.41, 0.39, 0.4, 0.405));
        name.ShouldBe("dear");
        reason.ShouldBe("dear has the highest mean accuracy, 0.9500; cheap (0.4010) comes within one standard error, 0.0070, but with a worse log-loss than its 0.1468");
    }

    // A difference small against the spread of the folds can be certain, as they are compared in pairs; one within the spread need not be.
    [Fact]
    public void A_log_loss_counts_where_it_is_significantly_worse_or_by_more_than_one_standard_error()
    {
        double[] losses = [0.1, 0.2, 0.3, 0.15, 0.25];
        Choose(WithLosses(Dear, losses), WithLosses(Cheap, [.. losses.Select((loss, i) => loss + 0.01 + 0.001 * i)])).Name.ShouldBe("dear");
        Choose(WithLosses(Dear, losses), WithLosses(Cheap, [.. losses.Select((loss, i) => loss + 0.01 * (i - 1))])).Name.ShouldBe("cheap");
        Choose(WithLosses(Dear, losses), WithLosses(Cheap, [0.9, 0.1, 0.2, 0.9, 0.1])).Name.ShouldBe("dear");
        Choose(WithLosses(Dear, losses), WithLosses(Cheap, 0.01, 0.01, 0.01, 0.01, 0.01)).Name.ShouldBe("cheap");
    }

    [Fact]
    public void What_was_slower_in_every_trial_and_by_far_is_not_taken_for_cheaper()
    {
        Choose(WithTimes(Dear, 1, 1, 1, 1, 1), WithTimes(Cheap, 1.3, 1.3, 1.3, 1.3, 1.1)).ShouldBe(("dear", "dear has the highest mean accuracy, 0.9500; cheap does about as well, but costs no less"));
        Choose(WithTimes(Dear, 1, 1, 1, 1, 1), WithTimes(Cheap, 1.2, 1.2, 1.2, 1.2, 1.2)).Name.ShouldBe("cheap");
        Choose(WithTimes(Dear, 1, 1, 1, 1, 1), WithTimes(Cheap, 1.3, 1.3, 1.3, 1.3, 0.9)).Name.ShouldBe("cheap");
    }

    // Five times all of 40 samples right: the standard error is that of a proportion, √(202/204 · 2/204 / 204) = 0.0069, and not 0.
    [Fact]
    public void Perfect_scores_are_not_certain()
    {
        (Activation, IReadOnlyList<TrialResult>) Small(Activation activation, params double?[] scores)
        {
            (_, IReadOnlyList<TrialResult> trials) = Planted.Candidate(activation, scores);
            return (activation, [.. trials.Select(trial => trial with { TestSamples = 40, SecondaryScore = 0.01 })]);
        }

        (string? name, string reason) = Choose(Small(Dear, 1, 1, 1, 1, 1), Small(Cheap, 1, 0.975, 1, 1, 1));
        name.ShouldBe("cheap");
        reason.ShouldContain("(within one standard error, 0.0069; ");
        CandidateResult perfect = Ranking.Rank(Planted.FiveFolds, [Small(Dear, 1, 1, 1, 1, 1)])[0];
        perfect.Low!.Value.ShouldBe(1 - 0.018845, 1e-5);
        perfect.High!.Value.ShouldBe(1, 1e-15);
    }

    private static (Activation, IReadOnlyList<TrialResult>) WithLosses(Activation activation, params double[] losses) =>
        Same(activation, (trial, i) => trial with { SecondaryScore = losses[i] });

    private static (Activation, IReadOnlyList<TrialResult>) WithTimes(Activation activation, params double[] seconds) =>
        Same(activation, (trial, i) => trial with { SecondsPerEpoch = seconds[i] });

    /// <summary>Five trials with an accuracy of 0.95 each.</summary>
    private static (Activation, IReadOnlyList<TrialResult>) Same(Activation activation, Func<TrialResult, int, TrialResult> change)
    {
        (_, IReadOnlyList<TrialResult> trials) = Planted.Candidate(activation, 0.95, 0.95, 0.95, 0.95, 0.95);
        return (activation, [.. trials.Select(change)]);
    }

    private static (string? Name, string Reason) Choose(params (Activation, IReadOnlyList<TrialResult>)[] trials)
    {
        (CandidateResult? recommended, string reason) = Recommendation.Choose(Ranking.Rank(Planted.FiveFolds, trials), Planted.FiveFolds);
        return (recommended?.Name, reason);
    }
}
