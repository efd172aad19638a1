using Hillock.Activations;
using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests;

public sealed class ComparisonPlanTests : IDisposable
{
    private static readonly ComparisonOptions Options = new() { Activations = Activation.ParseList("relu, tanh"), Folds = 3 };

    private readonly TemporaryFolder _folder = new();
    private readonly DataSource _clouds;

    public ComparisonPlanTests() => _clouds = _folder.Clouds();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_is_a_trial_for_each_candidate_repeat_and_fold()
    {
        ComparisonPlan plan = ComparisonPlan.Create(_clouds, Options with { Repeats = 2 });
        plan.Trials.Select(trial => (trial.Repeat, trial.Fold, trial.Activation.Name)).ShouldBe([
            (1, 1, "relu"), (1, 1, "tanh"), (1, 2, "relu"), (1, 2, "tanh"), (1, 3, "relu"), (1, 3, "tanh"),
            (2, 1, "relu"), (2, 1, "tanh"), (2, 2, "relu"), (2, 2, "tanh"), (2, 3, "relu"), (2, 3, "tanh")]);
        plan.Trials.Select(trial => trial.Id).ShouldBeUnique();
    }

    [Theory]
    [InlineData("log")]
    [InlineData("sqrt")]
    public void A_function_without_values_left_of_zero_is_no_candidate(string name)
    {
        string expected = $"{name} is defined on {Activation.Parse(name).Definition.Facts.Domain.Text} only, and the sums of a layer lie on both sides of 0";
        ComparisonOptions options = Options with { Activations = Activation.ParseList($"relu, {name}") };
        Should.Throw<LaboratoryException>(() => ComparisonPlan.Create(_clouds, options)).Message.ShouldBe(expected);
        ComparisonPlan plan = ComparisonPlan.Create(_clouds, options with { LeavesOutUnfit = true });
        plan.Trials.ShouldAllBe(trial => trial.Activation.Name == "relu");
        Should.Throw<LaboratoryException>(() => ModelTraining.Create(_clouds, new() { Activation = Activation.Parse(name) })).Message.ShouldBe(expected);
    }

    [Fact]
    public void A_plan_is_pure() => Ids(Options).ShouldBe(Ids(Options));

    [Fact]
    public void Whatever_changes_the_outcome_of_a_trial_changes_its_id()
    {
        ComparisonOptions[] others =
        [
            Options with { Folds = 4 }, Options with { Epochs = 21 }, Options with { BatchSize = 7 }, Options with { Network = "mlp:5" },
            Options with { Optimizer = OptimizerKind.AdamW }, Options with { LearningRate = 0.001 }, Options with { LearningRate = 0.002 }, Options with { Seed = 2 },
        ];
        others.SelectMany(Ids).Concat(Ids(Options)).ShouldBeUnique();
        ComparisonPlan.Create(_folder.Clouds(93), Options).Trials.Select(trial => trial.Id).Intersect(Ids(Options)).ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_does_not_keeps_it()
    {
        Ids(Options with { Threads = 3, OutputFolder = "elsewhere" }).ShouldBe(Ids(Options));
        Ids(Options with { Repeats = 2 })[..6].ShouldBe(Ids(Options));
        Ids(Options).ShouldBeSubsetOf(Ids(Options with { Activations = Activation.ParseList("relu, tanh, elu") }));
        Ids(Options with { Activations = Activation.ParseList("prelu") }).ShouldBe(
            Ids(Options with { Activations = Activation.ParseList("leaky_relu(alpha=learn(layer, init=0.25))") }));
    }

    [Fact]
    public void Two_names_of_one_function_are_trained_once_with_a_warning()
    {
        ComparisonPlan plan = ComparisonPlan.Create(_clouds, Options with { Activations = Activation.ParseList("silu, relu, swish") });
        plan.Trials.Count.ShouldBe(6);
        plan.Warnings.ShouldBe(["silu and swish are the same function, swish(beta=1), trained once"]);
    }

    [Fact]
    public void A_class_rarer_than_the_folds_is_a_warning()
    {
        DataSource rare = _folder.Table("rare.csv", 40, (random, i) => TemporaryFolder.Row(random.NextDouble(), i * 7 % 40, i < 2 ? "rare" : i % 2 == 0 ? "even" : "odd"));
        ComparisonPlan.Create(rare, Options).Warnings.ShouldBe(["class 'rare' has 2 samples, fewer than the 3 folds: some test parts hold none of it"]);
    }

    [Fact]
    public void Of_many_rare_classes_three_are_named()
    {
        DataSource rare = _folder.Table("many.csv", 40, (random, i) =>
            TemporaryFolder.Row(random.NextDouble(), i * 7 % 40, i switch { < 2 => "a", < 3 => "b", < 5 => "c", < 6 => "d", _ => i % 2 == 0 ? "even" : "odd" }));
        ComparisonPlan.Create(rare, Options).Warnings.ShouldBe(
            ["class 'a' has 2 samples, class 'b' has 1 sample, class 'c' has 2 samples and 1 more, fewer than the 3 folds: some test parts hold none of them"]);
    }

    [Fact]
    public void Fewer_rows_than_folds_is_an_error()
    {
        DataSource few = _folder.Table("few.csv", 4, (random, i) => TemporaryFolder.Row(random.NextDouble(), i, i % 2 == 0 ? "even" : "odd"));
        Should.Throw<LaboratoryException>(() => ComparisonPlan.Create(few, Options with { Folds = 5 })).Message
            .ShouldBe("few.csv has too few samples, 4: at least 5 are needed for 5 folds");
    }

    [Fact]
    public void A_holdout_needs_a_test_part() =>
        Should.Throw<LaboratoryException>(() => ComparisonPlan.Create(_clouds, Options with { Holdout = true })).Message
            .ShouldBe("clouds.csv has no test part of its own to hold out; compare by folds instead");

    [Fact]
    public void Options_out_of_range_are_named_with_what_is_allowed()
    {
        Message(Options with { Folds = 1 }).ShouldStartWith("Folds is 1, and must be at least 2");
        Message(Options with { Activations = [] }).ShouldStartWith("Activations is 0, and must be at least one candidate");
        Message(Options with { Repeats = 0 }).ShouldStartWith("Repeats is 0, and must be at least 1");
        Message(Options with { Epochs = 0 }).ShouldStartWith("Epochs is 0, and must be at least 1");
        Message(Options with { BatchSize = 0 }).ShouldStartWith("BatchSize is 0, and must be at least 1");
        Message(Options with { LearningRate = -1 }).ShouldStartWith("LearningRate is -1, and must be a number above 0");
        Message(Options with { LearningRate = double.NaN }).ShouldStartWith("LearningRate is NaN, and must be a number above 0");
        Message(Options with { Threads = -1 }).ShouldStartWith("Threads is -1, and must be at least 1, or 0");
        string Message(ComparisonOptions options) => Should.Throw<ArgumentException>(() => ComparisonPlan.Create(_clouds, options)).Message;
    }

    [Fact]
    public void The_protocol_fits_the_task()
    {
        Protocol classes = ComparisonPlan.Create(_clouds, Options).Protocol;
        (classes.Loss, classes.Outputs, classes.Metric, classes.SecondaryMetric).ShouldBe((Loss.SoftmaxCrossEntropy, 3, "accuracy", "log_loss"));
        (classes.Network, classes.BatchSize, classes.SearchEpochs).ShouldBe(("mlp:32,32", 16, 10));
        Protocol two = ComparisonPlan.Create(_folder.Corners(), Options).Protocol;
        (two.Loss, two.Outputs, two.Metric, two.SecondaryMetric).ShouldBe((Loss.BinaryCrossEntropy, 1, "accuracy", "log_loss"));
        Protocol number = ComparisonPlan.Create(_folder.Plane(), Options with { LearningRate = 0.01, Network = "linear", Activations = Activation.ParseList("identity") }).Protocol;
        (number.Loss, number.Outputs, number.Metric, number.SecondaryMetric).ShouldBe((Loss.MeanSquaredError, 1, "r2", "rmse"));
        (number.Network, number.SearchEpochs, number.SearchRates.Count).ShouldBe(("linear", 0, 0));
    }

    private string[] Ids(ComparisonOptions options) => [.. ComparisonPlan.Create(_clouds, options).Trials.Select(trial => trial.Id)];
}
