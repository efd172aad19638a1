using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks.Tests.Execution;

namespace Hillock.Networks.Tests.Diagnosis;

public class TrainingProbeTests
{
    public static TheoryData<string> Names => LayerNetworks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_probe_changes_no_bit_of_a_training(string name)
    {
        NetworkDescription description = LayerNetworks.Named(name);
        Dataset data = Samples(description, 70);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Adam, LearningRate = 0.01, Epochs = 3, BatchSize = 9, ClipNorm = 1 };
        Network expected = Network.Create(description, RandomKey.FromSeed(1));
        TrainingResult plain = Trainer.Train(expected, data, null, options, RandomKey.FromSeed(2));
        foreach ((int every, int threads) in new[] { (1, 1), (3, 2), (1000, 1) })
        {
            Network probed = Network.Create(description, RandomKey.FromSeed(1));
            TrainingProbe probe = new(every);
            TrainingResult result = Trainer.Train(probed, data, null, options with { Threads = threads }, RandomKey.FromSeed(2), probe);
            probed.Parameters.Span.ToArray().ShouldBe(expected.Parameters.Span.ToArray(), $"every {every} steps");
            result.Epochs.ShouldBe(plain.Epochs);
            probe.Epochs.Select(epoch => epoch.Epoch).ShouldBe([1, 2, 3]);
            probe.Epochs.SelectMany(epoch => epoch.Layers).ShouldAllBe(layer => layer.NotFinite == 0 && layer.Output.Size > 0);
        }
    }

    [Theory]
    [InlineData("mlp:12,9", "relu")]
    [InlineData("mlp:12,9", "swish(beta=learn(channel))")]
    [InlineData("dense:9,batchnorm,activation", "tanh")]
    public void One_step_over_all_samples_sees_what_a_pass_over_all_samples_sees(string text, string activation)
    {
        NetworkDescription description = NetworkText.Parse(text, TensorShape.Features(5), Activation.Parse(activation), 3, Loss.SoftmaxCrossEntropy);
        Dataset data = Samples(description, 60);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        DiagnosisResult expected = NetworkDiagnosis.Measure(network, data);
        TrainingProbe probe = new(1);
        Trainer.Train(network, data, null, new TrainingOptions { Epochs = 1, BatchSize = 60, LearningRate = 1e-3 }, RandomKey.FromSeed(2), probe);
        DiagnosisResult seen = probe.Epochs.ShouldHaveSingleItem();
        probe.Start!.Layers.Select(layer => (layer.Sums, layer.Output, layer.SampleGradientNorm)).ShouldBe(seen.Layers.Select(layer => (layer.Sums, layer.Output, layer.SampleGradientNorm)));
        probe.Start.Loss.ShouldBe(seen.Loss);
        bool normalised = text.Contains("batchnorm", StringComparison.Ordinal);
        foreach ((LayerDiagnosis actual, LayerDiagnosis layer) in seen.Layers.Zip(expected.Layers))
        {
            actual.Histogram.Total.ShouldBe(layer.Histogram.Total);
            if (normalised && layer.Layer > 1)
            {
                continue; // in evaluation the running statistics stand in for those of the batch
            }

            actual.Sums.Variance.ShouldBe(layer.Sums.Variance, 1e-5);
            if (normalised)
            {
                continue;
            }

            actual.Dead.ShouldBe(layer.Dead);
            actual.Saturated.ShouldBe(layer.Saturated);
            actual.Sparsity.ShouldBe(layer.Sparsity);
            actual.Output.UnitVariance.ShouldBe(layer.Output.UnitVariance, 1e-5);
            actual.SampleGradientNorm.ShouldBe(layer.SampleGradientNorm, 1e-5 * layer.SampleGradientNorm);
            actual.GradientNorm.ShouldBe(layer.GradientNorm, 1e-4 * layer.SampleGradientNorm);
            actual.WeightGradientNorm!.Value.ShouldBe(layer.WeightGradientNorm!.Value, 1e-4 * layer.WeightGradientNorm.Value);
        }
    }

    /// <summary>Where there are sixteen channels masks are kept; keras_relu is the same function, and has a third slope that no mask can tell.</summary>
    [Theory]
    [InlineData("dense:16,activation,dense:32,activation", "leaky_relu(alpha=0.01)", "keras_relu(slope=0.01)")]
    [InlineData("dense:16,activation,dense:32,activation", "relu", "keras_relu")]
    [InlineData("conv:16x3,activation,pool:2,conv:32x3,batchnorm,activation,residual(conv:32x1,activation),activation,globalavgpool", "relu", "keras_relu")]
    public void What_is_seen_in_masks_is_what_is_seen_in_inputs(string text, string masked, string plain)
    {
        (DiagnosisResult[] epochs, float[] parameters) = Train(masked);
        (DiagnosisResult[] expected, float[] expectedParameters) = Train(plain);
        parameters.ShouldBe(expectedParameters);
        epochs.SelectMany(epoch => epoch.Layers).Select(Shares).ShouldBe(expected.SelectMany(epoch => epoch.Layers).Select(Shares));
        epochs[0].Layers[0].Saturated!.Value.ShouldBeGreaterThan(0.1);

        (DiagnosisResult[] Epochs, float[] Parameters) Train(string activation)
        {
            TensorShape shape = text.StartsWith("conv", StringComparison.Ordinal) ? TensorShape.Image(6, 6, 2) : TensorShape.Features(5);
            NetworkDescription description = NetworkText.Parse(text, shape, Activation.Parse(activation), 3, Loss.SoftmaxCrossEntropy);
            Network network = Network.Create(description, RandomKey.FromSeed(1));
            network.Biases(0)[..3].Fill(-9); // units that are never seen alive
            TrainingProbe probe = new(1);
            Trainer.Train(network, Samples(description, 60), null, new TrainingOptions { Epochs = 2, BatchSize = 20 }, RandomKey.FromSeed(2), probe);
            return ([probe.Start!, .. probe.Epochs], network.Parameters.Span.ToArray());
        }

        static (double?, double?, double?, double?, double, double) Shares(LayerDiagnosis layer) =>
            (layer.Dead, layer.Saturated, layer.Stuck, layer.Linear, layer.Sparsity, layer.GradientNorm);
    }

    [Fact]
    public void The_way_of_the_weights_is_measured_by_step_and_by_epoch()
    {
        // One weight, no bias: with the target 0 every step of SGD multiplies w by 1 - η·2·x² = 0.9, for η = 0.05 and x = ±1.
        NetworkDescription description = new(TensorShape.Features(1), [new DenseLayer(1, Bias: false)], Loss.MeanSquaredError);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        network.Weights(0)[0] = 2;
        TrainingProbe probe = new(3);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 0.05, Epochs = 2, BatchSize = 1 };
        Trainer.Train(network, Dataset.Regression([1, -1, 1, -1, 1], 1, new float[5]), null, options, RandomKey.FromSeed(2), probe);
        network.Weights(0)[0].ShouldBe(2 * (float)Math.Pow(0.9, 10), 1e-5f);
        foreach (DiagnosisResult epoch in probe.Epochs)
        {
            LayerDiagnosis layer = epoch.Layers.ShouldHaveSingleItem();
            layer.UpdateRatio!.Value.ShouldBe(0.1, 1e-6);
            layer.LearningSpeed!.Value.ShouldBe(1 - Math.Pow(0.9, 5), 1e-6);
            layer.Histogram.Total.ShouldBe(2); // steps 0 and 3
        }

        probe.Start!.Layers[0].Histogram.Total.ShouldBe(1);
        probe.Start.Loss.ShouldBe(4, 1e-6);

        // The gradient of a step is 2·w: w is 2 and 2·0.9³ at the first two looks.
        probe.Epochs[0].Layers[0].WeightGradientNorm!.Value.ShouldBe(Math.Sqrt((16 + 16 * Math.Pow(0.9, 6)) / 2), 1e-5);
    }

    [Fact]
    public void Units_that_die_are_missed_from_the_next_epoch_on()
    {
        // The first unit sees inputs above zero only, and a great gradient drives it far below at the very first step; the second stays linear.
        NetworkDescription description = NetworkDescription.Mlp(1, [2], Activation.Parse("relu"), 1, Loss.MeanSquaredError);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        new float[] { 1, 0.01f }.CopyTo(network.Weights(0));
        new float[] { 0, 1 }.CopyTo(network.Biases(0));
        new float[] { 1, 0 }.CopyTo(network.Weights(1));
        TrainingProbe probe = new(2);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 0.1, Epochs = 3, BatchSize = 4, ClipValue = 100 };
        Trainer.Train(network, Dataset.Regression([1, 2, 1, 2], 1, [-99, -99, -99, -99]), null, options, RandomKey.FromSeed(2), probe);
        probe.Epochs.Select(epoch => epoch.Hidden.First().Dead).ShouldBe([0, 0.5, 0.5]);
        network.Weights(0)[0].ShouldBeLessThan(0);
    }

    /// <summary>A step of a tiny network costs less than a look at it: then only some epochs are looked at, and the training's share decides how many.</summary>
    [Fact]
    public void The_usual_probe_looks_less_often_where_steps_cost_next_to_nothing()
    {
        int[] Seen(string text, int features, int samples, int epochs, int threads, bool everyEpoch = false)
        {
            NetworkDescription description = NetworkText.Parse(text, TensorShape.Features(features), Activation.Parse("relu"), 3, Loss.SoftmaxCrossEntropy);
            TrainingProbe probe = new() { EveryEpoch = everyEpoch };
            TrainingOptions options = new() { Epochs = epochs, BatchSize = 64, Threads = threads };
            Trainer.Train(Network.Create(description, RandomKey.FromSeed(1)), Samples(description, samples), null, options, RandomKey.FromSeed(2), probe);
            probe.Epochs.Count.ShouldBe(everyEpoch ? epochs : probe.Summaries.Count);
            return [.. probe.Summaries.Select(epoch => epoch.Epoch!.Value)];
        }

        int[] tiny = Seen("mlp:8", 5, 60, 60, threads: 1);
        tiny[0].ShouldBe(1);
        tiny.Length.ShouldBeInRange(1, 6);
        Seen("mlp:8", 5, 60, 60, threads: 2).ShouldBe(tiny);
        Seen("mlp:8", 5, 60, 60, threads: 1, everyEpoch: true).ShouldBe(tiny);
        Seen("mlp:256,256", 100, 2560, 4, threads: 1).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Of_long_trainings_ever_fewer_epochs_are_summed_up()
    {
        NetworkDescription description = LayerNetworks.Named("dense");
        TrainingProbe probe = new(1);
        Trainer.Train(Network.Create(description, RandomKey.FromSeed(1)), Samples(description, 4), null, new TrainingOptions { Epochs = 140 }, RandomKey.FromSeed(2), probe);
        probe.Epochs.Count.ShouldBe(140);
        probe.Summaries.Select(epoch => epoch.Epoch!.Value).ShouldBe(
            [.. Enumerable.Range(1, 32), .. Enumerable.Range(17, 16).Select(i => 2 * i), .. Enumerable.Range(17, 16).Select(i => 4 * i), 136]);
    }

    [Fact]
    public void A_probe_is_for_one_training()
    {
        NetworkDescription description = LayerNetworks.Named("dense");
        TrainingProbe probe = new();
        void Train() => Trainer.Train(
            Network.Create(description, RandomKey.FromSeed(1)), Samples(description, 4), null, new TrainingOptions { Epochs = 1 }, RandomKey.FromSeed(2), probe);
        Train();
        Should.Throw<InvalidOperationException>(Train).Message.ShouldContain("another");
        Should.Throw<ArgumentOutOfRangeException>(() => new TrainingProbe(0));
    }

    private static Dataset Samples(NetworkDescription description, int count)
    {
        RandomStream random = new(RandomKey.FromSeed(3));
        float[] inputs = new float[count * description.Inputs];
        random.FillUniform(inputs, -1, 1);
        if (description.Input.IsTokens)
        {
            inputs = [.. inputs.Select(_ => (float)random.NextInt32(description.Input.Vocabulary))];
        }

        int labels = description.Output.Positions;
        return Dataset.Sequences(inputs, description.Input, [.. Enumerable.Range(0, count * labels).Select(i => i % 3)], labels, 3);
    }
}
