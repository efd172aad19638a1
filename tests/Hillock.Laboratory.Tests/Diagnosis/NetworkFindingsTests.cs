using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests.Diagnosis;

public class NetworkFindingsTests
{
    public static TheoryData<string> Names => [.. Ward.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_right_finding_comes_first_and_healthy_networks_have_none(string name)
    {
        Ward.Bed bed = Ward.Open(name);
        IReadOnlyList<Finding> findings = Ward.Diagnose(bed);
        findings.Select(finding => finding.Code).FirstOrDefault().ShouldBe(Ward.CodeOf(name), string.Join("\n", findings));
        findings.Select(finding => finding.Code).ShouldBeUnique();
        foreach (Finding finding in findings)
        {
            finding.ToString().ShouldNotContain("NaN %");
            finding.ToString().ShouldNotContain("∞");
            finding.Text.ShouldNotEndWith(".");

            // Thresholds from below are small: what is to be about 1 has shrunk.
            (finding.Threshold <= 0.01 ? finding.Value <= finding.Threshold : finding.Value >= finding.Threshold).ShouldBeTrue($"{finding.Value} against {finding.Threshold}: {finding}");
        }
    }

    /// <summary>CS231n's notes and claim 2 of the reference: at a learning rate of 1 a great part of the first layer is dead after one epoch of MNIST.</summary>
    [DataFact("mnist/train-images-idx3-ubyte.gz")]
    public void On_handwritten_digits_a_learning_rate_of_1_kills_units_and_a_network_that_reaches_98_percent_is_healthy()
    {
        DataSource source = DataSources.Open("mnist", new DataOptions { DataDirectory = Path.GetDirectoryName(DataFactAttribute.Find("mnist/train-images-idx3-ubyte.gz")) });
        Preparation preparation = source.Fit([.. Enumerable.Range(0, source.Count)]);
        Dataset training = preparation.Apply(source, [.. Enumerable.Range(0, source.Count)]);
        Dataset test = preparation.Apply(source.TestPart!, [.. Enumerable.Range(0, source.TestPart!.Count)]);

        // The claim's pixels are from 0 to 1.
        float[] pixels = training.Inputs.ToArray();
        (float least, float greatest) = (pixels.Min(), pixels.Max());
        Dataset scaled = Dataset.Classification([.. pixels.Select(pixel => (pixel - least) / (greatest - least))], training.Shape, training.Labels.ToArray(), 10);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 1, Epochs = 1, BatchSize = 64, Threads = 2 };

        (IReadOnlyList<Finding> findings, _) = Train("mlp:256,256", "relu", scaled, test, options);
        findings[0].Code.ShouldBe(FindingCodes.DeadUnits);
        findings[0].ToString().ShouldContain("learning rate of 0.1");

        options = new() { Optimizer = OptimizerKind.Adam, LearningRate = 0.001, Epochs = 6, BatchSize = 128, Threads = 2, Schedule = LearningRateSchedule.Parse("cosine") };
        (findings, double accuracy) = Train("mlp:256,128", "relu", training, test, options);
        accuracy.ShouldBeGreaterThan(0.98);
        findings.ShouldBeEmpty(string.Join("\n", findings));

        options = options with { Epochs = 1, Optimizer = OptimizerKind.Sgd, LearningRate = 0.1, Momentum = 0 };
        (findings, _) = Train("mlp:" + string.Join(',', Enumerable.Repeat(30, 10)), "sigmoid", training, test, options);
        findings[0].Code.ShouldBe(FindingCodes.VanishingGradient);
    }

    /// <summary>
    /// Adam gets ten sigmoid layers going, late, and then their gradients are in order: what the start looked like tells. Nielsen, chapter 5: every layer of sigmoids
    /// divides the gradient by 4 and more.
    /// </summary>
    [Fact]
    public void Gradients_that_had_vanished_before_Adam_made_weights_grow_are_told_with_the_epochs_that_it_cost()
    {
        DataSource source = DataSources.Open("digits", new DataOptions { Seed = 1 });
        Dataset digits = source.Fit([.. Enumerable.Range(0, source.Count)]).Apply(source, [.. Enumerable.Range(0, source.Count)]);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Adam, LearningRate = 0.001, Epochs = 20, BatchSize = 64 };
        NetworkDescription description = NetworkText.Parse("mlp:" + string.Join(',', Enumerable.Repeat(30, 10)), digits.Shape, Activation.Parse("sigmoid"), 10, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        DiagnosisResult untrained = NetworkDiagnosis.Measure(network, digits);
        TrainingProbe probe = new();
        TrainingResult result = Trainer.Train(network, digits, null, options, RandomKey.FromSeed(2), probe);
        DiagnosisResult now = NetworkDiagnosis.Measure(network, digits);
        LayerDiagnosis[] hidden = [.. now.Hidden];
        (hidden[^1].SampleGradientNorm / hidden[0].SampleGradientNorm).ShouldBeLessThan(10);

        Finding finding = NetworkFindings.Find(description, now, digits, TrainingHistory.Of(probe, result)).ShouldHaveSingleItem();
        finding.Code.ShouldBe(FindingCodes.VanishingGradient);
        finding.Value.ShouldBeLessThan(Math.Pow(4, -9));
        hidden = [.. untrained.Hidden];
        finding.Value.ShouldBe(hidden[0].SampleGradientNorm / hidden[^1].SampleGradientNorm, 0.2 * finding.Value);
        int still = result.Epochs.TakeWhile(epoch => epoch.TrainingLoss >= 0.97 * Math.Log(10)).Count();
        still.ShouldBeGreaterThan(5);
        finding.Text.ShouldContain($"the loss stood still in the first {still} epochs");

        // A loss that fell from the first epoch on takes nothing amiss.
        NetworkFindings.Find(description, now, digits, new TrainingHistory { Start = DiagnosisSummary.Of(untrained), Losses = [2, 1.9] }).ShouldBeEmpty();
    }

    private static (IReadOnlyList<Finding> Findings, double Accuracy) Train(string text, string activation, Dataset training, Dataset test, TrainingOptions options)
    {
        NetworkDescription description = NetworkText.Parse(text, training.Shape, Activation.Parse(activation), 10, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        TrainingProbe probe = new();
        TrainingResult result = Trainer.Train(network, training, null, options, RandomKey.FromSeed(2), probe);
        return (NetworkFindings.Find(description, NetworkDiagnosis.Measure(network, training), training, TrainingHistory.Of(probe, result), TrainingSettings.Of(options)),
            Evaluator.Evaluate(network, test).Accuracy!.Value);
    }
}
