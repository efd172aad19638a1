using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests;

public class NetworkTests
{
    private static readonly Activation Relu = Activation.Parse("relu");

    [Theory]
    [InlineData("relu", 2.0)]
    [InlineData("leaky_relu(alpha=0.5)", 2 / 1.25)]
    [InlineData("leaky_relu(alpha=learn(layer, init=1))", 1.0)]
    [InlineData("leaky_relu(alpha=uniform(0.25, 0.75))", 2 / 1.25)]
    [InlineData("selu", 1.0)]
    public void Normal_weights_have_the_variance_that_suits_the_activation(string activation, double varianceTimesInputs)
    {
        const int inputs = 200, units = 500;
        Network network = Network.Create(
            NetworkDescription.Mlp(inputs, [units], Activation.Parse(activation), 10, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(3));
        ReadOnlySpan<float> weights = network.Weights(0);
        double mean = 0, variance = 0, fourth = 0;
        foreach (float w in weights)
        {
            mean += w / (double)weights.Length;
            variance += (double)w * w / weights.Length;
            fourth += (double)w * w * w * w / weights.Length;
        }

        // Five standard errors over 100,000 weights; the kurtosis of 3 tells normal from uniform numbers (1.8).
        double expected = varianceTimesInputs / inputs;
        mean.ShouldBe(0, 5 * Math.Sqrt(expected / weights.Length));
        variance.ShouldBe(expected, 5 * expected * Math.Sqrt(2.0 / weights.Length));
        (fourth / (variance * variance)).ShouldBe(3, 0.1);
        network.Biases(0).ToArray().ShouldAllBe(b => b == 0);
    }

    [Fact]
    public void Uniform_weights_fill_the_range_of_Glorot_in_hidden_and_last_layers()
    {
        Network network = Network.Create(
            NetworkDescription.Mlp(300, [100], Activation.Parse("tanh"), 50, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(4));
        foreach ((int layer, double bound) in new[] { (0, Math.Sqrt(6.0 / 400)), (1, Math.Sqrt(6.0 / 150)) })
        {
            double largest = network.Weights(layer).ToArray().Max(Math.Abs);
            largest.ShouldBeInRange(0.998 * bound, bound);
            network.Weights(layer).ToArray().Average(w => w * w).ShouldBe((float)(bound * bound / 3), (float)(0.05 * bound * bound));
        }
    }

    [Fact]
    public void Weights_depend_on_the_key_and_on_nothing_else()
    {
        NetworkDescription description = NetworkDescription.Mlp(5, [4, 3], Relu, 2, Loss.SoftmaxCrossEntropy);
        Network first = Network.Create(description, RandomKey.FromSeed(5));
        Network second = Network.Create(description, RandomKey.FromSeed(5));
        Network other = Network.Create(description, RandomKey.FromSeed(6));
        for (int layer = 0; layer < first.LayerCount; layer++)
        {
            second.Weights(layer).ToArray().ShouldBe(first.Weights(layer).ToArray());
            other.Weights(layer).ToArray().ShouldNotBe(first.Weights(layer).ToArray());
        }
    }

    [Fact]
    public void Learned_parameters_start_where_they_are_told_to()
    {
        Network network = Network.Create(
            new NetworkDescription(
                TensorShape.Features(2),
                [
                    new DenseLayer(3), new ActivationLayer(Activation.Parse("leaky_relu(alpha=learn(channel, init=0.125))")),
                    new DenseLayer(4), new ActivationLayer(Activation.Parse("prelu")), new DenseLayer(1),
                ],
                Loss.MeanSquaredError),
            RandomKey.FromSeed(1));
        network.LearnedParameters.Count.ShouldBe(2);
        network.LearnedParameters[0].Layer.ShouldBe(0);
        network.LearnedParameters[0].Name.ShouldBe("alpha");
        network.LearnedParameters[0].Values.ShouldBe([0.125f, 0.125f, 0.125f]);
        network.LearnedParameters[1].ActivationName.ShouldBe("prelu");
        network.LearnedParameters[1].Values.ShouldBe([0.25f]);
        network.Description.ParameterCount.ShouldBe((2 * 3) + 3 + 3 + (3 * 4) + 4 + 1 + 4 + 1);
    }

    [Fact]
    public void Predictions_are_probabilities_of_the_classes()
    {
        Network network = Network.Create(NetworkDescription.Mlp(2, [], Activation.Parse("relu"), 3, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        new float[] { 1, 2, 3, 0, 0, 0 }.CopyTo(network.Weights(0));
        float[] predictions = network.Predict(Dataset.Classification([1, 9, 1000, 9], 2, [0, 0], 3));
        predictions[0].ShouldBe(0.0900305732f, 1e-7f);
        predictions[1].ShouldBe(0.2447284711f, 1e-7f);
        predictions[2].ShouldBe(0.6652409558f, 1e-7f);
        predictions[3..].ShouldBe([0, 0, 1]);
    }

    [Fact]
    public void A_binary_prediction_is_the_probability_of_class_1_and_a_regression_the_value()
    {
        Network binary = Network.Create(NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.BinaryCrossEntropy), RandomKey.FromSeed(1));
        binary.Weights(0)[0] = 1;
        binary.Predict(Dataset.Classification([0, -1000], 1, [0, 1], 2)).ShouldBe([0.5f, 0]);
        Network regression = Network.Create(NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        regression.Weights(0)[0] = -2;
        regression.Biases(0)[0] = 1;
        regression.Predict(Dataset.Regression([0, 3], 1, [0, 0])).ShouldBe([1, -5]);
    }

    [Fact]
    public void Predictions_do_not_depend_on_the_samples_beside_them()
    {
        Network network = Network.Create(NetworkDescription.Mlp(7, [33, 9], Activation.Parse("gelu"), 4, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(2));
        float[] inputs = new float[301 * 7];
        new RandomStream(RandomKey.FromSeed(3)).FillUniform(inputs, -1, 1);
        Dataset all = Dataset.Classification(inputs, 7, new int[301], 4);
        float[] together = network.Predict(all);
        foreach (int row in new[] { 0, 7, 255, 256, 300 })
        {
            network.Predict(all.Subset([row])).ShouldBe(together[(row * 4)..(row * 4 + 4)]);
        }
    }

    [Fact]
    public void A_clone_has_weights_of_its_own()
    {
        Network network = Network.Create(NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        network.Weights(0)[0] = 5;
        Network clone = network.Clone();
        clone.Weights(0)[0].ShouldBe(5);
        clone.Weights(0)[0] = 6;
        network.Weights(0)[0].ShouldBe(5);
    }

    [Theory]
    [InlineData("mlp:128,64", new[] { 128, 64 })]
    [InlineData("mlp:7", new[] { 7 })]
    [InlineData("mlp: 3, 4", new[] { 3, 4 })]
    [InlineData("mlp:", new int[0])]
    [InlineData("linear", new int[0])]
    public void Networks_are_read_from_text(string text, int[] units) => NetworkDescription.ParseMlp(text).ShouldBe(units);

    [Theory]
    [InlineData("")]
    [InlineData("cnn:3")]
    [InlineData("128,64")]
    [InlineData("mlp:0")]
    [InlineData("mlp:-3")]
    [InlineData("mlp:3,")]
    [InlineData("mlp:3.5")]
    [InlineData("mlp:999999999999")]
    public void Text_that_is_no_network_is_refused_in_one_line(string text)
    {
        string message = Should.Throw<FormatException>(() => NetworkDescription.ParseMlp(text)).Message;
        message.ShouldContain($"'{text}'");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_network_writes_itself_as_text()
    {
        NetworkDescription.MlpText([128, 64]).ShouldBe("mlp:128,64");
        NetworkDescription.MlpText([]).ShouldBe("linear");
    }

    [Fact]
    public void Impossible_networks_and_samples_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new DenseLayer(0));
        Should.Throw<ArgumentNullException>(() => new ActivationLayer(null!));
        Should.Throw<ArgumentOutOfRangeException>(() => NetworkDescription.Mlp(0, [], Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy));
        Should.Throw<ArgumentOutOfRangeException>(() => NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 1, Loss.SoftmaxCrossEntropy)).Message.ShouldContain("at least 2");
        Should.Throw<ArgumentOutOfRangeException>(() => NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 2, Loss.BinaryCrossEntropy)).Message.ShouldContain("exactly 1");
        Network network = Network.Create(NetworkDescription.Mlp(3, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        Should.Throw<ArgumentException>(() => network.Predict(Dataset.Regression([1, 2], 2, [1]))).Message.ShouldContain("2 features");
        Should.Throw<ArgumentOutOfRangeException>(() => network.Weights(1));
        Should.Throw<ArgumentException>(() => network.ActivationParameter(0, 0));
    }

    [Fact]
    public void Datasets_refuse_what_does_not_fit()
    {
        Should.Throw<ArgumentException>(() => Dataset.Classification([1, 2, 3], 2, [0, 1], 2)).Message.ShouldContain("4 inputs");
        Should.Throw<ArgumentException>(() => Dataset.Classification([1, 2], 1, [0, 2], 2)).Message.ShouldContain("label 2 of sample 1");
        Should.Throw<ArgumentException>(() => Dataset.Classification([1], 1, [-1], 2));
        Should.Throw<ArgumentOutOfRangeException>(() => Dataset.Classification([1], 1, [0], 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Dataset.Regression([], 0, []));
        Should.Throw<ArgumentException>(() => Dataset.Regression([1], 1, [1, 2]));
        Should.Throw<ArgumentOutOfRangeException>(() => Dataset.Regression([1], 1, [1]).Subset([1])).Message.ShouldContain("1 samples");
    }

    [Fact]
    public void A_subset_takes_rows_in_the_order_given()
    {
        Dataset subset = Dataset.Classification([1, 2, 3, 4, 5, 6], 2, [0, 1, 2], 3).Subset([2, 0, 2]);
        subset.Inputs.ToArray().ShouldBe([5, 6, 1, 2, 5, 6]);
        subset.Labels.ToArray().ShouldBe([2, 0, 2]);
        subset.Classes.ShouldBe(3);
        Dataset.Regression([1, 2], 1, [3, 4]).Subset([1]).Targets.ToArray().ShouldBe([4]);
    }
}
