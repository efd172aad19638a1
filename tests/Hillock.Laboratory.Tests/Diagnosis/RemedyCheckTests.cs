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

    [Fact]
    public void Settings_travel_with_a_model()
    {
        TrainingSettings settings = new(OptimizerKind.RmsProp, 0.003, 17, 5);
        TrainingSettings.Read(settings.Write()).ShouldBe(settings);
        Should.Throw<FormatException>(() => TrainingSettings.Read("{\"optimizer\":\"Adam\",\"learning_rate\":-1,\"batch_size\":3,\"epochs\":1}"));
        Should.Throw<FormatException>(() => TrainingSettings.Read("{}"));
        Should.Throw<FormatException>(() => TrainingSettings.Read("nonsense"));
    }
}
