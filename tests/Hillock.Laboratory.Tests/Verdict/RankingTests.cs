using System.Runtime.InteropServices;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Verdict;

namespace Hillock.Laboratory.Tests.Verdict;

public class RankingTests
{
    private static readonly Activation A = Planted.Activation("a");
    private static readonly Activation B = Planted.Activation("b");
    private static readonly Activation C = Planted.Activation("c");

    [Fact]
    public void The_best_comes_first_and_the_diverged_last_those_with_fewer_diverged_trials_before()
    {
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(Planted.FiveFolds, [
            Planted.Candidate(Planted.Activation("lost"), null, null, null),
            Planted.Candidate(Planted.Activation("half_lost"), 0.99, null, 0.99),
            Planted.Candidate(A, 0.7, 0.8, 0.7),
            Planted.Candidate(B, 0.8, 0.9, 0.9),
        ]);
        ranked.Select(candidate => candidate.Name).ShouldBe(["b", "a", "half_lost", "lost"]);
        ranked.Select(candidate => candidate.Status).ShouldBe(
            [CandidateStatus.Ok, CandidateStatus.Ok, CandidateStatus.Diverged, CandidateStatus.Diverged]);
    }

    [Fact]
    public void A_diverged_candidate_has_no_mean_and_no_p_value_and_takes_no_part_in_the_correction()
    {
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(Planted.FiveFolds, [
            Planted.Candidate(A, 0.95, 0.96, 0.94, 0.95, 0.96), Planted.Candidate(B, 0.93, 0.95, 0.93, 0.94, 0.94), Planted.Candidate(C, 0.9, null, 0.9, 0.9, 0.9)]);
        ranked[1].PValue.ShouldNotBeNull();
        ranked[1].PValue.ShouldBe(ranked[1].UncorrectedPValue);
        CandidateResult diverged = ranked[2];
        new[]
        {
            diverged.Mean, diverged.StandardDeviation, diverged.Low, diverged.High, diverged.SecondaryMean, diverged.PValue, diverged.UncorrectedPValue,
            diverged.Dead, diverged.Saturated, diverged.Sparsity, diverged.GradientRatio,
        }.ShouldAllBe(value => value == null);
        diverged.Layers.ShouldBeEmpty();
        diverged.Trials.Count.ShouldBe(5);
    }

    // scipy 1.10, as in ResampledTTestTests: differences 0.012, 0.004, -0.003, 0.009, 0.011 with a ratio of 1/4.
    [Fact]
    public void Candidates_are_tested_in_pairs_with_the_ratio_of_the_folds()
    {
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(Planted.FiveFolds, [
            Planted.Candidate(A, 0.9, 0.8, 0.7, 0.85, 0.75), Planted.Candidate(B, 0.9 - 0.012, 0.8 - 0.004, 0.7 + 0.003, 0.85 - 0.009, 0.75 - 0.011)]);
        ranked[0].PValue.ShouldBeNull();
        ranked[1].PValue!.Value.ShouldBe(0.18708741693094677, 1e-9);
        ranked[0].Mean!.Value.ShouldBe(0.8, 1e-15);
        ranked[0].StandardDeviation!.Value.ShouldBe(Math.Sqrt(0.025 / 4), 1e-12);
        ranked[0].SecondaryMean!.Value.ShouldBe(0.2, 1e-15);
    }

    [Fact]
    public void An_interval_stays_within_what_the_metric_can_be()
    {
        CandidateResult wide = Ranking.Rank(Planted.FiveFolds, [Planted.Candidate(A, 1, 1, 0.6)])[0];
        wide.High.ShouldBe(1);
        CandidateResult low = Ranking.Rank(Planted.FiveFolds, [Planted.Candidate(A, 0, 0.4, 0)])[0];
        low.Low.ShouldBe(0);
        CandidateResult regression = Ranking.Rank(Planted.FiveFolds with { Metric = "r2" }, [Planted.Candidate(A, 0, 0.4, 0)])[0];
        regression.Low!.Value.ShouldBeLessThan(0);
    }

    // Of 12 samples a alone is right on 0 to 5: McNemar's exact p is 2·2^-6.
    [Fact]
    public void A_single_holdout_is_tested_by_the_samples_on_which_just_one_is_right()
    {
        Protocol holdout = Planted.FiveFolds with { Folds = null, Holdout = true };
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(holdout, [
            (B, [Planted.Trial("b", 1, 0.25) with { SampleOutcomes = [0b_1100_0000, 0b_0001] }]),
            (A, [Planted.Trial("a", 1, 0.75) with { SampleOutcomes = [0b_1111_1111, 0b_0001] }])]);
        ranked[1].PValue!.Value.ShouldBe(0.03125, 1e-12);
        ranked[0].StandardDeviation.ShouldBeNull();
        ranked[0].Low.ShouldNotBeNull();
    }

    // Student's sleep data again, as differences of squared errors: p = 0.002833.
    [Fact]
    public void A_single_holdout_of_a_regression_is_tested_by_its_squared_errors()
    {
        Protocol holdout = Planted.FiveFolds with { Folds = null, Holdout = true, Metric = "r2" };
        float[] first = [0.7f, -1.6f, -0.2f, -1.2f, -0.1f, 3.4f, 3.7f, 0.8f, 0.0f, 2.0f];
        float[] second = [1.9f, 0.8f, 1.1f, 0.1f, -0.1f, 4.4f, 5.5f, 1.6f, 4.6f, 3.4f];
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(holdout, [
            (B, [Planted.Trial("b", 1, 0.25) with { SampleOutcomes = MemoryMarshal.AsBytes<float>(second).ToArray() }]),
            (A, [Planted.Trial("a", 1, 0.75) with { SampleOutcomes = MemoryMarshal.AsBytes<float>(first).ToArray() }])]);
        ranked[1].PValue!.Value.ShouldBe(0.002833, 5e-7);
        ranked[0].Low.ShouldBeNull();
    }

    [Fact]
    public void Repeats_of_a_holdout_are_tested_as_independent()
    {
        Protocol holdout = Planted.FiveFolds with { Folds = null, Holdout = true, Repeats = 5 };
        IReadOnlyList<CandidateResult> ranked = Ranking.Rank(holdout, [
            Planted.Candidate(A, 0.9, 0.8, 0.7, 0.85, 0.75), Planted.Candidate(B, 0.9 - 0.012, 0.8 - 0.004, 0.7 + 0.003, 0.85 - 0.009, 0.75 - 0.011)]);
        ranked[1].PValue!.Value.ShouldBe(0.07560380079408902, 1e-9);
    }

    [Fact]
    public void Learned_parameters_are_summed_up_layer_by_layer_over_trials_and_channels()
    {
        Activation learning = Activations.Activation.Parse("leaky_relu(alpha=learn(channel, init=0.25))");
        TrialResult Trial(int fold, params float[] values) => Planted.Trial("leaky_relu", fold, 0.9) with
        {
            Layers = [Planted.Layer(2, 1) with { Learned = [new LearnedValues("alpha", values)] }, Planted.Layer(2, 2) with { Learned = [new LearnedValues("alpha", [7, 7])] }],
        };
        CandidateResult candidate = Ranking.Rank(Planted.FiveFolds, [(learning, [Trial(1, 1, 2), Trial(2, 3, 4)])])[0];
        ParameterSummary alpha = candidate.Parameters.ShouldHaveSingleItem();
        alpha.Name.ShouldBe("alpha");
        alpha.Text.ShouldBe("learn(channel, init=0.25)");
        alpha.Value.ShouldBe(0.25);
        alpha.Learned[0].ShouldBe(new LearnedSummary(1, 2.5, Math.Sqrt(5.0 / 3), 1, 4));
        alpha.Learned[1].ShouldBe(new LearnedSummary(2, 7, 0, 7, 7));
    }

    [Fact]
    public void The_diagnosis_is_the_mean_over_the_trials_and_the_ratio_their_median()
    {
        TrialResult Trial(int fold, double dead, double ratio) => Planted.Trial("a", fold, 0.9) with { Dead = dead, GradientRatio = ratio };
        CandidateResult candidate = Ranking.Rank(Planted.FiveFolds, [(A, [Trial(1, 0.1, 1), Trial(2, 0.2, 2), Trial(3, 0.6, 900)])])[0];
        candidate.Dead!.Value.ShouldBe(0.3, 1e-15);
        candidate.GradientRatio.ShouldBe(2);
        candidate.SecondsPerEpoch.ShouldBe(0.125);
        candidate.LearningRate.ShouldBe(0.01);
        candidate.Layers.Select(layer => (layer.Layer, layer.Units, layer.GradientNorm)).ShouldBe([(1, 64, 1), (2, 32, 2)]);
    }
}
