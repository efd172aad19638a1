using System.Numerics;
using System.Text;
using System.Text.Json;
using Hillock.Activations;
using Hillock.Data;
using Hillock.Laboratory.Trials;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests;

public sealed class ComparisonTests : IDisposable
{
    private static readonly ComparisonOptions Quick = new()
    {
        Activations = Activation.ParseList("relu, tanh, prelu, rrelu"),
        Network = "mlp:8,8",
        Folds = 3,
        Epochs = 5,
        Threads = 2,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Data_that_no_line_divides_are_not_left_to_the_identity()
    {
        ComparisonResult result = Comparison.Run(_folder.Corners(), new() { Activations = Activation.ParseList("identity, relu, mish"), Epochs = 20 });
        result.Candidates.Count.ShouldBe(3);
        result.Candidates[^1].Name.ShouldBe("identity");
        result.Candidates[^1].Mean!.Value.ShouldBeLessThan(0.75);
        result.Candidates[^1].PValue!.Value.ShouldBeLessThan(0.05);
        result.Candidates[0].Mean!.Value.ShouldBeGreaterThan(0.95);
        result.Recommended.ShouldBe("relu");
        CandidateFinding linear = result.Candidates[^1].Findings.First(found => found.Finding.Code == FindingCodes.LinearNetwork);
        (linear.Trials, linear.Finding.Text).ShouldBe((5, "no layer has an activation but identity"));
        result.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_plane_is_left_to_the_identity_and_its_error_is_in_the_targets_units()
    {
        ComparisonResult result = Comparison.Run(_folder.Plane(), new() { Activations = Activation.ParseList("mish, identity"), Epochs = 40 });
        CandidateResult identity = result.Candidates.Single(candidate => candidate.Name == "identity");
        result.Recommended.ShouldBe("identity");
        identity.Findings.ShouldBeEmpty();
        identity.Mean!.Value.ShouldBeGreaterThan(0.98);

        // R² = 1 - (RMSE/σ)² fold by fold; σ of the plane is about √((1000² + 500²)/12) = 323.
        identity.SecondaryMean!.Value.ShouldBe(323 * Math.Sqrt(1 - identity.Mean.Value), 323 * 0.05);
    }

    // leaky_relu(alpha=0) is relu by another formula: another candidate, so any draw that depended on the candidate would tell them apart.
    [Fact]
    public void All_candidates_see_the_same_splits_batches_and_weights()
    {
        ComparisonResult result = Comparison.Run(_folder.Clouds(), Quick with { Activations = Activation.ParseList("relu, leaky_relu(alpha=0)") });
        TrialResult[] first = [.. result.Candidates[0].Trials];
        TrialResult[] second = [.. result.Candidates[1].Trials];
        first.Zip(second).ShouldAllBe(pair => pair.First.Id != pair.Second.Id);
        second.Select(Outcome).ShouldBe(first.Select(Outcome));
        static string Outcome(TrialResult trial) => Text(trial with { Id = "", Activation = "" });
    }

    [Fact]
    public void Repeats_and_folds_draw_anew()
    {
        ComparisonResult result = Comparison.Run(_folder.Clouds(), Quick with { Repeats = 2, Activations = Activation.ParseList("tanh") });
        result.Candidates[0].Trials.Select(trial => trial.Epochs[0].TrainingLoss).ShouldBeUnique();
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        DataSource data = _folder.Clouds();
        string expected = Text(Comparison.Run(data, Quick with { Threads = 1 }));
        Text(Comparison.Run(data, Quick with { Threads = 2 })).ShouldBe(expected);
        Text(Comparison.Run(data, Quick with { Threads = 5 })).ShouldBe(expected);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 2)]
    [InlineData(11, 3)]
    public void Cancelled_and_run_again_it_runs_no_finished_trial_twice_and_comes_to_the_same_bits(int cancelAfter, int threads)
    {
        DataSource data = _folder.Clouds();
        string expected = Text(Comparison.Run(data, Quick));
        ComparisonOptions kept = Quick with { OutputFolder = Path.Combine(_folder.Path, "out"), Threads = threads };
        using CancellationTokenSource cancel = new();
        Should.Throw<OperationCanceledException>(() => Comparison.Run(data, kept, new Told(progress =>
        {
            if (progress.Done == cancelAfter)
            {
                cancel.Cancel();
            }
        }), cancel.Token));
        string[] before = LedgerIds();
        // Trials under way on other threads may still have come to their end.
        before.Length.ShouldBeInRange(cancelAfter, 12);

        ComparisonResult resumed = Comparison.Run(data, kept with { Threads = 2 });
        resumed.ResumedTrials.ShouldBe(before.Length);
        Text(resumed).ShouldBe(expected);
        string[] after = LedgerIds();
        after[..before.Length].ShouldBe(before);
        after.ShouldBeUnique();
        after.Length.ShouldBe(12);

        ComparisonResult again = Comparison.Run(data, kept);
        again.ResumedTrials.ShouldBe(12);
        Text(again).ShouldBe(expected);
        LedgerIds().ShouldBe(after);
    }

    [Fact]
    public void A_folder_of_another_comparison_is_refused_before_anything_is_trained()
    {
        DataSource data = _folder.Clouds();
        ComparisonOptions kept = Quick with { OutputFolder = Path.Combine(_folder.Path, "out"), Epochs = 1 };
        Comparison.Run(data, kept);
        string ledger = File.ReadAllText(LedgerPath);
        LaboratoryException exception = Should.Throw<LaboratoryException>(() => Comparison.Run(data, kept with { Seed = 2, Activations = Activation.ParseList("relu") }));
        exception.Message.ShouldContain("seed 1, not 2");
        exception.Message.ShouldContain("candidates relu; tanh;");
        exception.Message.ShouldNotContain("\n");
        File.ReadAllText(LedgerPath).ShouldBe(ledger);
    }

    [Fact]
    public void A_diverging_candidate_leaves_the_rest_unharmed()
    {
        ComparisonOptions steep = Quick with { Activations = Activation.ParseList("identity, sigmoid"), Optimizer = OptimizerKind.Sgd, LearningRate = 0.3, Epochs = 30 };
        DataSource data = _folder.Plane();
        ComparisonResult both = Comparison.Run(data, steep);
        CandidateResult diverged = both.Candidates[1];
        (diverged.Name, diverged.Status, diverged.Mean).ShouldBe(("identity", CandidateStatus.Diverged, null));
        both.Recommended.ShouldBe("sigmoid");
        both.Remarks.ShouldContain(remark => remark.Activation == "identity" && remark.Text.Contains("training diverged in"));
        diverged.Findings.Count.ShouldBeGreaterThan(0);
        ComparisonResult alone = Comparison.Run(data, steep with { Activations = Activation.ParseList("sigmoid") });
        both.Candidates[0].Trials.Select(trial => Text(trial)).ShouldBe(alone.Candidates[0].Trials.Select(trial => Text(trial)));
    }

    /// <summary>The finding is what the network itself shows: with rectifiers that are dead on every sample all outputs of the layer are zero.</summary>
    [Fact]
    public void Networks_whose_units_a_high_rate_killed_are_called_so_also_from_a_ledger()
    {
        DataSource digits = DataSources.Open("digits", new DataOptions { Samples = 600, Seed = 1 });
        ComparisonOptions steep = Quick with
        {
            Activations = Activation.ParseList("relu"),
            Network = "mlp:32,16",
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 0.6,
            OutputFolder = Path.Combine(_folder.Path, "steep"),
        };
        CandidateResult relu = Comparison.Run(digits, steep).Candidates[0];
        foreach (TrialResult trial in relu.Trials.Where(trial => !trial.Diverged))
        {
            Finding dead = trial.Findings.First(finding => finding.Code == FindingCodes.DeadUnits);
            dead.Value.ShouldBe(trial.Layers[dead.Layer!.Value - 1].Dead!.Value);
            dead.Value.ShouldBeGreaterThan(dead.Threshold);
            trial.Layers[dead.Layer!.Value - 1].Sparsity.ShouldBeGreaterThanOrEqualTo(dead.Value - 1e-9);
        }

        relu.Trials.Count(trial => trial.Findings.Count > 0).ShouldBe(3);
        CandidateResult read = Comparison.Run(digits, steep).Candidates[0];
        read.Findings.Select(found => (found.Trials, found.Finding.ToString())).ShouldBe(relu.Findings.Select(found => (found.Trials, found.Finding.ToString())));
    }

    [Fact]
    public void Where_everything_diverges_nothing_is_recommended()
    {
        ComparisonResult result = Comparison.Run(
            _folder.Plane(), Quick with { Activations = Activation.ParseList("identity, relu"), Optimizer = OptimizerKind.Sgd, LearningRate = 1e6 });
        result.Candidates.ShouldAllBe(candidate => candidate.Status == CandidateStatus.Diverged);
        result.Recommended.ShouldBeNull();
        result.Reason.ShouldBe("every candidate diverged at the learning rate 1000000: a smaller one is needed");
    }

    [Fact]
    public void Progress_counts_up_and_ends_whole()
    {
        List<ComparisonProgress> told = [];
        ComparisonResult result = Comparison.Run(_folder.Clouds(), Quick, new Told(told.Add));
        told[0].ShouldBe(told[0] with { Done = 0, Total = 12, Resumed = 0, Share = 0, Best = null, Remaining = null });
        told[^1].ShouldBe(told[^1] with { Done = 12, Share = 1, Best = result.Candidates[0].Name, BestMean = result.Candidates[0].Mean, Remaining = TimeSpan.Zero });
        told.Select(progress => progress.Done).ShouldBeInOrder();
        told.Select(progress => progress.Share).ShouldBeInOrder();
    }

    [Fact]
    public void A_trial_holds_its_curve_its_search_and_its_diagnosis()
    {
        ComparisonResult result = Comparison.Run(_folder.Clouds(), Quick);
        foreach (CandidateResult candidate in result.Candidates)
        {
            foreach (TrialResult trial in candidate.Trials)
            {
                (trial.TrainingSamples, trial.TestSamples).ShouldBe((60, 30));
                trial.Epochs.Count.ShouldBe(5);
                trial.Epochs[^1].TestScore.ShouldBe(trial.Score);
                trial.Epochs[^1].TestLoss.ShouldBe(trial.SecondaryScore);
                trial.Search.Select(tried => tried.Rate).ShouldBe(result.Protocol.SearchRates);
                trial.LearningRate.ShouldBe(TrialRunner.Best(trial.Search));
                trial.Layers.Select(layer => layer.Units).ShouldBe([8, 8]);
                trial.SampleOutcomes.ShouldBeNull();
                trial.Layers.ShouldAllBe(layer => layer.Learned.Count == (candidate.Name == "prelu" ? 1 : 0));
            }
        }
    }

    [Fact]
    public void A_network_without_hidden_layers_can_be_measured_but_has_no_activations_to_compare()
    {
        ComparisonResult result = Comparison.Run(_folder.Clouds(), Quick with { Network = "linear", Activations = Activation.ParseList("identity") });
        CandidateResult linear = result.Candidates.ShouldHaveSingleItem();
        (linear.Status, linear.GradientRatio, linear.Layers.Count).ShouldBe((CandidateStatus.Ok, null, 0));
        Should.Throw<FormatException>(() => Comparison.Run(_folder.Clouds(), Quick with { Network = "linear", Activations = Activation.ParseList("identity,relu") }))
            .Message.ShouldBe("a network without hidden layers has no activations to compare; give it at least one, such as mlp:32");
    }

    // Finite numbers, but a training loss of many powers of ten: the diverger that a test for NaN does not find.
    [Fact]
    public void A_candidate_that_blows_up_without_overflow_is_diverged_and_not_recommended()
    {
        ComparisonResult result = Comparison.Run(
            _folder.Plane(), Quick with { LearningRate = 10, Network = "mlp:8", Activations = Activation.ParseList("identity,tanh") });
        CandidateResult identity = result.Candidates.Single(candidate => candidate.Name == "identity");
        identity.Status.ShouldBe(CandidateStatus.Diverged);
        result.Recommended.ShouldNotBe("identity");
    }

    [Fact]
    public void A_network_too_large_for_memory_is_refused_before_anything_is_made() =>
        Should.Throw<LaboratoryException>(() => ComparisonPlan.Create(_folder.Clouds(), Quick with { Network = "mlp:65536,65536" }))
            .Message.ShouldStartWith("the network mlp:65536,65536 has 4,29");

    [Fact]
    public void The_baseline_is_the_score_of_guessing()
    {
        // Three clouds of equal size: each third guessed right. A mean explains nothing of a plane, and a little less than nothing out of its sample.
        Comparison.Run(_folder.Clouds(), Quick).Baseline.ShouldBe(1.0 / 3, 0.02);
        Comparison.Run(_folder.Plane(), Quick).Baseline.ShouldBeInRange(-0.2, 0);
    }

    [Fact]
    public void A_holdout_trains_on_all_samples_and_keeps_what_the_paired_test_needs()
    {
        DataSource digits = DataSources.Open("digits", new DataOptions { Samples = 300 });
        ComparisonResult result = Comparison.Run(digits, Quick with { Holdout = true, Activations = Activation.ParseList("relu, tanh") });
        result.Data.TestSamples.ShouldBe(digits.TestPart!.Count);
        foreach (CandidateResult candidate in result.Candidates)
        {
            TrialResult trial = candidate.Trials.ShouldHaveSingleItem();
            (trial.TrainingSamples, trial.TestSamples).ShouldBe((300, digits.TestPart.Count));
            int right = trial.SampleOutcomes!.Sum(bits => BitOperations.PopCount(bits));
            ((double)right / trial.TestSamples).ShouldBe(candidate.Mean!.Value, 1e-15);
            candidate.StandardDeviation.ShouldBeNull();
            candidate.Low!.Value.ShouldBeLessThan(candidate.Mean.Value);
        }

        result.Candidates[1].PValue.ShouldNotBeNull();

        // A single test part has one log-loss of each, which no test can judge.
        result.Candidates[1].SecondaryPValue.ShouldBeNull();
        result.Remarks.ShouldContain(remark => remark.Activation == null && remark.Text.Contains("one log-loss for each candidate: it is told, but cannot be tested"));
    }

    // The thresholds are what scikit-learn's MLPClassifier of the same shape reaches, with some room.
    [DataFact("optdigits/optdigits.tra")]
    public void Handwritten_digits_are_learned_as_well_as_elsewhere()
    {
        ComparisonResult result = Comparison.Run(DataSources.Open(DataFactAttribute.Find("optdigits/optdigits.tra")!, new DataOptions()), new()
        {
            Activations = Activation.ParseList("sigmoid, tanh, relu, identity"),
            Network = "mlp:64,32",
            Epochs = 30,
            BatchSize = 32,
            LearningRate = 0.001,
        });
        double Mean(string name) => result.Candidates.Single(candidate => candidate.Name == name).Mean!.Value;
        Mean("relu").ShouldBeGreaterThanOrEqualTo(0.975);
        Mean("tanh").ShouldBeGreaterThanOrEqualTo(0.975);
        Mean("sigmoid").ShouldBeGreaterThanOrEqualTo(0.965);
        Mean("identity").ShouldBeInRange(0.95, 0.975);
        result.Recommended.ShouldBe("relu");
    }

    [DataFact("uci/abalone.csv")]
    public void The_age_of_abalones_is_told_as_well_as_elsewhere()
    {
        ComparisonResult result = Comparison.Run(
            DataSources.Open(DataFactAttribute.Find("uci/abalone.csv")!, new DataOptions()), new() { Activations = Activation.ParseList("relu, identity") });
        result.Data.Task.ShouldBe(TaskKind.Regression);
        result.Candidates[0].Name.ShouldBe("relu");
        result.Candidates[0].Mean!.Value.ShouldBeGreaterThanOrEqualTo(0.52);

        // The rings' standard deviation is 3.22 (abalone.names), so an R² of 0.57 is an error of about 2.1 rings.
        result.Candidates[0].SecondaryMean!.Value.ShouldBe(3.22 * Math.Sqrt(1 - result.Candidates[0].Mean!.Value), 0.1);
    }

    private string LedgerPath => Path.Combine(_folder.Path, "out", Ledger.FileName);

    private string[] LedgerIds() =>
        [.. File.ReadLines(LedgerPath).Skip(1).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("entry").GetProperty("id").GetString()!)];

    /// <summary>A trial to the last bit, times aside.</summary>
    private static string Text(TrialResult trial) =>
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(trial with { Seconds = 0, TrainingSeconds = 0, SecondsPerEpoch = 0 }, LedgerJson.Default.TrialResult));

    /// <summary>A result to the last bit, times and what was resumed aside.</summary>
    private static string Text(ComparisonResult result)
    {
        StringBuilder text = new();
        text.AppendLine(result.Recommended).AppendLine(result.Reason).AppendJoin('\n', result.Remarks).AppendJoin('\n', result.Warnings).AppendLine();
        foreach (CandidateResult candidate in result.Candidates)
        {
            text.Append(candidate.Name).AppendLine(string.Join(' ', new[]
            {
                candidate.Mean, candidate.StandardDeviation, candidate.Low, candidate.High, candidate.SecondaryMean, candidate.PValue,
                candidate.LearningRate, candidate.Dead, candidate.Saturated, candidate.Sparsity, candidate.GradientRatio,
            }));
            text.AppendJoin('\n', candidate.Layers).AppendLine().AppendJoin('\n', candidate.Parameters.SelectMany(parameter => parameter.Learned)).AppendLine();
            text.AppendJoin('\n', candidate.Trials.Select(Text)).AppendLine();
        }

        return text.ToString();
    }

    /// <summary>Is told on the reporting thread at once, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Told(Action<ComparisonProgress> tell) : IProgress<ComparisonProgress>
    {
        public void Report(ComparisonProgress value) => tell(value);
    }
}
