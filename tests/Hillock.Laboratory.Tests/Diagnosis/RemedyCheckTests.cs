using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests.Diagnosis;

public class RemedyCheckTests
{
    [Fact]
    public void A_lower_rate_cures_what_a_high_one_killed()
    {
        DataSource data = DataSources.Open("digits", new DataOptions { Samples = 1500, Seed = 1 });
        ModelTraining training = ModelTraining.Create(data, new ModelTrainingOptions
        {
            Network = "mlp:32,16",
            Activation = Activation.Parse("relu"),
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 0.6,
            Epochs = 4,
        });
        ModelTrainingResult result = training.Run();
        result.Diagnosis.Findings[0].Code.ShouldBe(FindingCodes.DeadUnits);
        float[] before = result.Model.Network.Weights(0).ToArray();
        IReadOnlyList<RemedyTrial> trials = RemedyCheck.Run(result.Model, data, result.Diagnosis.Findings);
        result.Model.Network.Weights(0).ToArray().ShouldBe(before);
        trials[0].Verdict.ShouldBe(RemedyVerdict.Comparison);
        RemedyTrial lower = trials.Single(trial => trial.Text == "a learning rate of 0.1");
        lower.Verdict.ShouldBeOneOf(RemedyVerdict.Cured, RemedyVerdict.Helped);
        lower.Score!.Value.ShouldBeGreaterThan(trials[0].Score!.Value + 0.2);

        // The same once more: the same numbers.
        IReadOnlyList<RemedyTrial> again = RemedyCheck.Run(result.Model, data, result.Diagnosis.Findings);
        again.Select(trial => (trial.Text, trial.Loss, trial.Verdict)).ShouldBe(trials.Select(trial => (trial.Text, trial.Loss, trial.Verdict)));
    }

    [Fact]
    public void Remedies_change_layers_inside_of_branches_too()
    {
        NetworkDescription network = NetworkText.Parse(
            "dense:8,activation,residual(dense:8,batchnorm,activation,dense:8),activation", TensorShape.Features(5), Activation.Parse("sigmoid"), 3, Loss.SoftmaxCrossEntropy);
        NetworkText.Write(RemedyCheck.Changed(network, new Remedy("relu") { Activation = Activation.Parse("relu") }))
            .ShouldBe("dense:8,relu,residual(dense:8,batchnorm,relu,dense:8),relu,dense:3");
        NetworkText.Write(RemedyCheck.Changed(network, new Remedy("batchnorm") { Normalise = true }))
            .ShouldBe("dense:8,batchnorm,sigmoid,residual(dense:8,batchnorm,sigmoid,dense:8),batchnorm,sigmoid,dense:3");
        RemedyCheck.Changed(network, new Remedy("nothing")).ShouldBe(network);
    }

    /// <summary>The first trial is that of a training by hand with the same momentum, schedule, decay and bounds.</summary>
    [Fact]
    public void Trials_are_trained_as_the_model_was()
    {
        DataSource data = DataSources.Open("digits", new DataOptions { Samples = 300, Seed = 1 });
        ModelTrainingOptions options = new()
        {
            Network = "mlp:16",
            Activation = Activation.Parse("relu"),
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 0.05,
            Momentum = 0.5,
            Nesterov = true,
            Schedule = LearningRateSchedule.Parse("step(1, 0.5)"),
            WeightDecay = 0.01,
            ClipNorm = 0.5,
            LabelSmoothing = 0.1,
            Augmentation = new ImageAugmentation { Shift = 1 },
            BatchSize = 10,
            Epochs = 2,
        };
        TrainedModel model = ModelTraining.Create(data, options).Run().Model;
        model.Settings.ShouldBe(TrainingSettings.Read(model.Settings!.Write()));

        RandomKey key = RandomKey.FromSeed(1).Derive("remedies");
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        new RandomStream(key.Derive("samples")).Shuffle(rows);
        Network network = model.Network.Clone();
        Trainer.Train(
            network,
            model.Preparation.Apply(data, rows.AsSpan(60)),
            null,
            new TrainingOptions
            {
                Optimizer = OptimizerKind.Sgd,
                LearningRate = 0.05,
                Momentum = 0.5,
                Nesterov = true,
                Schedule = LearningRateSchedule.Parse("step(1, 0.5)"),
                WeightDecay = 0.01,
                ClipNorm = 0.5,
                LabelSmoothing = 0.1,
                Augmentation = new ImageAugmentation { Shift = 1 },
                BatchSize = 10,
                Epochs = 3,
            },
            key.Derive("training"));
        double expected = Evaluator.Evaluate(network, model.Preparation.Apply(data, rows.AsSpan(0, 60))).Loss;
        RemedyCheck.Run(model, data, [], epochs: 3)[0].Loss.ShouldBe(expected);

        // Each of these settings is used: another one gives another network.
        foreach (TrainingSettings other in new[]
        {
            model.Settings! with { Momentum = 0.6 }, model.Settings with { Nesterov = false }, model.Settings with { Schedule = LearningRateSchedule.Constant },
            model.Settings with { WeightDecay = 0.02 }, model.Settings with { ClipNorm = null }, model.Settings with { LabelSmoothing = 0 }, model.Settings with { Augmentation = null },
        })
        {
            RemedyCheck.Run(new TrainedModel(model.Network, model.Preparation, other), data, [], epochs: 3)[0].Loss.ShouldNotBe(expected);
        }
    }

    [Fact]
    public void Settings_of_older_files_are_read_and_known_to_be_a_part()
    {
        TrainingSettings old = TrainingSettings.Read("{\"optimizer\":\"Sgd\",\"learning_rate\":0.1,\"batch_size\":32,\"epochs\":5}");
        old.ShouldBe(new TrainingSettings(OptimizerKind.Sgd, 0.1, 32, 5) { IsComplete = false });
        (old.Momentum, old.Schedule.Text, old.WeightDecay).ShouldBe((0.9, "constant", 0));
        TrainingSettings.Read(old.Write()).ShouldBe(old);
    }

    [Theory]
    [InlineData("{\"optimizer\":\"Adam\",\"learning_rate\":-1,\"batch_size\":3,\"epochs\":1}", "LearningRate is -1")]
    [InlineData("{\"optimizer\":\"Sgd\",\"learning_rate\":1,\"batch_size\":3,\"epochs\":1,\"schedule\":\"constant\",\"momentum\":2}", "Momentum is 2")]
    [InlineData("{\"optimizer\":\"Adam\",\"learning_rate\":1,\"batch_size\":3,\"epochs\":1,\"schedule\":\"sideways\"}", "schedule 'sideways'")]
    [InlineData("{\"optimizer\":\"Adam\",\"learning_rate\":1,\"batch_size\":3,\"epochs\":1,\"schedule\":\"constant\",\"nesterov\":true}", "Nesterov")]
    [InlineData("{}", "optimizer")]
    [InlineData("null", "null")]
    [InlineData("nonsense", "not understood")]
    public void Settings_that_cannot_be_are_told_in_one_line(string json, string part)
    {
        string message = Should.Throw<FormatException>(() => TrainingSettings.Read(json)).Message;
        message.ShouldContain(part);
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void Settings_that_do_not_fit_the_samples_are_refused()
    {
        DataSource data = DataSources.Open("moons", new DataOptions { Samples = 60, Seed = 1 });
        TrainedModel model = ModelTraining.Create(data, new ModelTrainingOptions { Network = "mlp:4", Activation = Activation.Parse("relu"), Epochs = 1 }).Run().Model;
        Should.Throw<ArgumentException>(() => new TrainedModel(model.Network, model.Preparation, model.Settings! with { Augmentation = new ImageAugmentation { Flip = true } }));
        Should.Throw<ArgumentException>(() => new TrainedModel(model.Network, model.Preparation, model.Settings! with { LabelSmoothing = 0.1 }));
    }
}
