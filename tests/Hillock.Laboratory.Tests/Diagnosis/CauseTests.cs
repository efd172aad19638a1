using Hillock.Activations;
using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests.Diagnosis;

/// <summary>Causes are told only where they are known, and networks that work well are not called sick.</summary>
public class CauseTests
{
    private static readonly DataSource Digits = DataSources.Open("digits", new DataOptions { Samples = 1500, Seed = 1 });

    /// <summary>A third to a half of the dense layer of such a network is dead, a part of it from the start; it reaches 99 % with the others when trained for longer.</summary>
    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    public void Convolutions_on_digits_with_the_usual_settings_are_healthy(ulong seed)
    {
        ModelTrainingResult result = Train("cnn", 3, 0.001, OptimizerKind.Adam, seed: seed);
        result.Test!.Scores.Accuracy!.Value.ShouldBeGreaterThan(0.85);
        result.Diagnosis.Findings.ShouldBeEmpty(string.Join("\n", result.Diagnosis.Findings));
    }

    [Fact]
    public void A_learning_rate_that_moved_nothing_killed_no_unit()
    {
        ModelTrainingResult result = Train("cnn", 1, 1e-9, OptimizerKind.Adam, seed: 2);
        Finding finding = result.Diagnosis.Findings.First(found => found.Code == FindingCodes.DeadUnits);
        finding.Cause.ShouldContain("before the training");
        finding.ToString().ShouldNotContain("too long");
        finding.ToString().ShouldNotContain("learning rate");
        finding.Remedies.ShouldAllBe(remedy => remedy.LearningRate == null);
    }

    [Fact]
    public void Units_that_the_training_killed_are_its_doing_and_where_nobody_looked_on_both_causes_are_told()
    {
        ModelTrainingResult result = Train("mlp:32,16", 4, 0.6, OptimizerKind.Sgd);
        Finding finding = result.Diagnosis.Findings[0];
        finding.Code.ShouldBe(FindingCodes.DeadUnits);
        finding.Cause.ShouldContain("before the training: steps at a learning rate of 0.6 were too long");

        // Where nobody looked on, both are possible.
        Finding unknown = ModelDiagnosis.Of(new TrainedModel(result.Model.Network, result.Model.Preparation, result.Model.Settings), Digits).Findings[0];
        unknown.Cause.ShouldContain("either weights and biases were so from the beginning, or steps at a learning rate of 0.6");
    }

    /// <summary>The file of a model says how its network stood before the training, in its epochs and on what was held out.</summary>
    [Fact]
    public void A_saved_model_has_the_findings_of_its_training()
    {
        ModelTrainingResult result = Train("mlp:32,16", 4, 0.6, OptimizerKind.Sgd);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            result.Model.Save(path);
            TrainedModel model = TrainedModel.Load(path);
            (model.History!.HeldOut, model.History.Start!.Loss).ShouldBe((result.Model.History!.HeldOut, result.Model.History.Start!.Loss));
            model.History.Losses.ShouldBe(result.Training.Epochs.Select(epoch => epoch.TrainingLoss));
            model.History.Write().ShouldBe(result.Model.History.Write());
            Finding finding = ModelDiagnosis.Of(model, Digits).Findings[0];
            finding.Code.ShouldBe(FindingCodes.DeadUnits);
            finding.Cause.ShouldContain("before the training: steps at a learning rate of 0.6 were too long");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("nonsense")]
    [InlineData("{\"epochs\":null}")]
    [InlineData("{\"epochs\":[{\"epoch\":1,\"loss\":2,\"layers\":[null]}]}")]
    [InlineData("{\"start\":{\"loss\":2}}")]
    [InlineData("{\"losses\":[\"x\"]}")]
    public void A_history_that_cannot_be_is_told_in_one_line(string json)
    {
        string message = Should.Throw<FormatException>(() => TrainingHistory.Read(json)).Message;
        message.ShouldStartWith("the history of the training");
        message.ShouldNotContain("\n");
    }

    /// <summary>exp' is 1 at 0, where the sums of a fresh network lie, and has no greatest value to compare that with.</summary>
    [Theory]
    [InlineData("exp")]
    [InlineData("x * x")]
    [InlineData("squared_relu")]
    public void Slopes_without_a_bound_are_compared_with_those_near_zero(string name)
    {
        NetworkDescription description = NetworkText.Parse("mlp:32", TensorShape.Features(256), Activation.Parse(name), 10, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, Activations.Random.RandomKey.FromSeed(1));
        Dataset samples = Digits.Fit([.. Enumerable.Range(0, Digits.Count)]).Apply(Digits, [.. Enumerable.Range(0, Digits.Count)]);
        LayerDiagnosis layer = NetworkDiagnosis.Measure(network, samples).Layers[0];
        layer.Dead!.Value.ShouldBeLessThan(0.1);
        layer.Saturated!.Value.ShouldBeLessThan(0.6);
    }

    [Fact]
    public void What_does_worse_than_a_guess_on_samples_held_out_is_told()
    {
        // Targets that have nothing to do with the inputs, learned by heart.
        Random random = new(1);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            File.WriteAllLines(path, ["a,b,c,d,y", .. Enumerable.Range(0, 100).Select(_ => string.Join(',', Enumerable.Range(0, 5).Select(_ => random.NextDouble().ToString("0.0000", null))))]);
            DataSource data = DataSources.Open(path);
            ModelTrainingResult result = ModelTraining.Create(
                data, new ModelTrainingOptions { Network = "mlp:64,64", Activation = Activation.Parse("tanh"), Epochs = 200, LearningRate = 0.01 }).Run();
            result.Test!.Scores.R2!.Value.ShouldBeLessThan(0);
            Finding finding = result.Diagnosis.Findings.Single(found => found.Code == FindingCodes.WorseThanGuessing);
            finding.Cause.ShouldContain("by heart");
            finding.Advice.ShouldContain("end the training early (after epoch");
            result.Diagnosis.Findings.ShouldNotContain(found => found.Code == FindingCodes.Overfitting);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(0.4, 1.1, 0.1, FindingCodes.WorseThanGuessing)]
    [InlineData(0.7, 1.1, 0.1, FindingCodes.Overfitting)]
    [InlineData(0.8, 0.4, 0.1, FindingCodes.Overfitting)]
    [InlineData(0.9, 0.2, 0.1, null)]
    [InlineData(0.98, 0.06, 0.01, null)]
    public void Samples_held_out_are_judged_by_accuracy_and_loss(double accuracy, double loss, double trainingLoss, string? code)
    {
        ModelTrainingResult result = Train("mlp:16", 3, 0.01, OptimizerKind.Adam);
        TrainingHistory history = new() { HeldOut = new HeldOutResult(100, loss, Math.Log(2), accuracy, 0.5, trainingLoss, loss, 3) { IsClassification = true } };
        IReadOnlyList<Finding> findings = NetworkFindings.Find(result.Model.Network.Description, result.Diagnosis.Measures, history: history, settings: result.Model.Settings);
        findings.Select(finding => finding.Code).FirstOrDefault().ShouldBe(code);
    }

    [Fact]
    public void A_great_momentum_and_a_great_decay_are_named_as_causes()
    {
        ModelTrainingOptions options = new() { Network = "mlp:64,32", Activation = Activation.Parse("relu"), Optimizer = OptimizerKind.Sgd, Epochs = 8 };
        ModelTrainingResult momentum = ModelTraining.Create(Digits, options with { LearningRate = 0.05, Momentum = 0.999 }).Run();
        string.Join("\n", momentum.Diagnosis.Findings).ShouldContain("with a momentum of 0.999, which makes them up to 1000 times as long,");

        ModelTrainingResult decay = ModelTraining.Create(Digits, options with { LearningRate = 0.05, WeightDecay = 1 }).Run();
        Finding finding = decay.Diagnosis.Findings.ShouldHaveSingleItem();
        finding.Code.ShouldBe(FindingCodes.DecayedWeights);
        finding.Remedies.Select(remedy => remedy.WeightDecay).ShouldBe([0.001, 0]);
        RemedyCheck.Run(decay.Model, Digits, decay.Diagnosis.Findings).Single(trial => trial.Text == "no weight decay").Verdict
            .ShouldBeOneOf(RemedyVerdict.Cured, RemedyVerdict.Helped);
    }

    [Fact]
    public void Advice_that_was_tried_says_what_came_of_it()
    {
        Finding finding = new()
        {
            Code = FindingCodes.DeadUnits,
            Value = 1,
            Threshold = 0.2,
            Text = "text",
            Cause = "cause",
            Advice = "lower it",
            Remedies = [new Remedy("a"), new Remedy("b")],
        };
        RemedyTrial Trial(string text, RemedyVerdict verdict) => new(text, 1, 1, [], verdict);
        string Advice(params RemedyTrial[] trials) => RemedyCheck.WithOutcomes([finding], [Trial("as it is", RemedyVerdict.Comparison), .. trials])[0].Advice;
        Advice(Trial("a", RemedyVerdict.NoHelp), Trial("b", RemedyVerdict.Diverged)).ShouldBe("lower it (tried, and of no help: a, b)");
        Advice(Trial("a", RemedyVerdict.Cured), Trial("b", RemedyVerdict.NoHelp)).ShouldBe("lower it (tried, and of help: a; of no help: b)");
        Advice(Trial("a", RemedyVerdict.Helped)).ShouldBe("lower it (tried, and of help: a)");
        Advice(Trial("c", RemedyVerdict.Helped)).ShouldBe("lower it");
    }

    private static ModelTrainingResult Train(string network, int epochs, double rate, OptimizerKind optimizer, ulong seed = 1) =>
        ModelTraining.Create(Digits, new ModelTrainingOptions
        {
            Network = network,
            Activation = Activation.Parse("relu"),
            Optimizer = optimizer,
            LearningRate = rate,
            Epochs = epochs,
            Seed = seed,
        }).Run();
}
