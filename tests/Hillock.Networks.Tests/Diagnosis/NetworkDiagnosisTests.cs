using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;

namespace Hillock.Networks.Tests.Diagnosis;

public class NetworkDiagnosisTests
{
    [Fact]
    public void Dead_saturated_and_silent_relu_units_are_counted()
    {
        // One input of -1 and one of 1; four units: always active, never active, active on one sample each.
        Network network = OneLayer("relu", [0, 0, 1, -1], [1, -1, 0, 0]);
        LayerDiagnosis layer = NetworkDiagnosis.Measure(network, TwoSamples()).Layers.ShouldHaveSingleItem();
        layer.Units.ShouldBe(4);
        layer.ActivationName.ShouldBe("relu");
        layer.Dead.ShouldBe(0.25);
        layer.Saturated.ShouldBe(0.5);
        layer.Sparsity.ShouldBe(0.5);
    }

    [Fact]
    public void Leaky_units_do_not_die_and_identity_does_nothing()
    {
        DiagnosisResult leaky = NetworkDiagnosis.Measure(OneLayer("leaky_relu(alpha=0.01)", [0, 0, 1, -1], [1, -1, 0, 0]), TwoSamples());
        leaky.Dead.ShouldBe(0);
        leaky.Saturated.ShouldBe(0.5); // a slope of 0.01 is below 5 % of the greatest
        leaky.Sparsity.ShouldBe(0);
        DiagnosisResult identity = NetworkDiagnosis.Measure(OneLayer("identity", [1, 1], [0, 0]), TwoSamples());
        identity.Dead.ShouldBe(0);
        identity.Saturated.ShouldBe(0);
    }

    [Fact]
    public void Slopes_are_compared_with_the_greatest_slope_of_the_activation()
    {
        // σ'(x) = σ(x)·σ(-x): its greatest value is 1/4 at 0, 5 % of it is passed at |x| = 4.357, 10⁻⁴ of it at |x| = 10.6.
        Network network = OneLayer("sigmoid", [0, 0, 0, 0], [4.3f, -4.4f, 10.5f, 10.7f]);
        DiagnosisResult result = NetworkDiagnosis.Measure(network, TwoSamples());
        result.Saturated.ShouldBe(0.75);
        result.Dead.ShouldBe(0.25);
    }

    [Theory]
    [InlineData("sigmoid", 0.25)]
    [InlineData("tanh", 1)]
    [InlineData("relu", 1)]
    [InlineData("leaky_relu(alpha=2)", 2)]
    [InlineData("selu", 1.7580993408473766)] // λα, just left of 0
    [InlineData("gelu", 1.12890)]
    [InlineData("swish", 1.09984)]
    [InlineData("mish", 1.08850)] // Misra 2019 prints 1.0885
    [InlineData("softplus", 1)]
    [InlineData("leaky_relu(alpha=learn(layer, init=3))", 3)]
    public void Greatest_slopes_are_found(string activation, double expected)
    {
        Network network = OneLayer(activation, [0], [0]);
        ((double)GreatestSlope.OfChannels(network, FirstActivation(network))[0]).ShouldBe(expected, 2e-4);
    }

    [Fact]
    public void Every_channel_has_a_greatest_slope_of_its_own()
    {
        Network network = OneLayer("leaky_relu(alpha=learn(channel))", [0, 0, 0], [0, 0, 0]);
        new float[] { -4, 0.5f, 2 }.CopyTo(network.ActivationParameter(0, 0));
        GreatestSlope.OfChannels(network, FirstActivation(network)).ShouldBe([4, 1, 2]);
        DiagnosisResult result = NetworkDiagnosis.Measure(network, TwoSamples());
        result.Layers[0].LearnedParameters.ShouldHaveSingleItem().Values.ShouldBe([-4, 0.5f, 2]);
    }

    [Fact]
    public void Gradient_norms_are_of_the_mean_gradient_over_the_samples()
    {
        // Identity layers make the gradient by hand possible: dC/ds₂ = 2(z - t)·w₃ and dC/ds₁ = dC/ds₂·W₂ᵀ.
        Activation identity = Activation.Parse("identity");
        Network network = Network.Create(NetworkDescription.Mlp(1, [2, 1], identity, 1, Loss.MeanSquaredError), RandomKey.FromSeed(1));
        new float[] { 1, 1 }.CopyTo(network.Weights(0));
        new float[] { 3, 4 }.CopyTo(network.Weights(1));
        network.Weights(2)[0] = 0.5f;

        // z = 3.5·x; errors 3.5 - 1 = 2.5 and 7 - 8 = -1: mean of 2(z - t)·0.5 is 0.75.
        DiagnosisResult result = NetworkDiagnosis.Measure(network, Dataset.Regression([1, 2], 1, [1, 8]));
        result.Layers[1].GradientNorm.ShouldBe(0.75, 1e-6);
        result.Layers[0].GradientNorm.ShouldBe(0.75 * 5, 1e-6);
        result.GradientRatio!.Value.ShouldBe(0.2, 1e-6);
    }

    [Fact]
    public void Gradients_vanish_with_depth_in_sigmoid_networks_and_not_in_relu_networks()
    {
        // Nielsen, ch. 5: about five times for every layer with weights of variance 1/n; here at initialisation with five hidden layers.
        float[] inputs = new float[600 * 30];
        new RandomStream(RandomKey.FromSeed(2)).FillUniform(inputs, -1, 1);
        Dataset data = Dataset.Classification(inputs, 30, [.. Enumerable.Range(0, 600).Select(i => inputs[i * 30] > 0 ? 1 : 0)], 2);
        double Ratio(string activation) => NetworkDiagnosis.Measure(
            Network.Create(
                NetworkDescription.Mlp(30, [30, 30, 30, 30, 30], Activation.Parse(activation), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(3)),
            data).GradientRatio!.Value;
        Ratio("sigmoid").ShouldBeInRange(50, 5000);
        Ratio("relu").ShouldBeInRange(0.2, 5);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_blocks()
    {
        // 256 rows are measured at a time: three copies of 200 samples say the same as one.
        Network network = Network.Create(
            NetworkDescription.Mlp(4, [6, 5], Activation.Parse("gelu"), 3, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(3));
        float[] inputs = new float[200 * 4];
        new RandomStream(RandomKey.FromSeed(4)).FillUniform(inputs, -4, 4);
        Dataset once = Dataset.Classification(inputs, 4, [.. Enumerable.Range(0, 200).Select(i => i % 3)], 3);
        int[] thrice = [.. Enumerable.Range(0, 600).Select(i => i % 200)];
        DiagnosisResult first = NetworkDiagnosis.Measure(network, once);
        DiagnosisResult second = NetworkDiagnosis.Measure(network, once.Subset(thrice));
        second.Saturated!.Value.ShouldBe(first.Saturated!.Value, 1e-12);
        second.Layers[0].GradientNorm.ShouldBe(first.Layers[0].GradientNorm, 1e-7);
        second.GradientRatio!.Value.ShouldBe(first.GradientRatio!.Value, 1e-5);
    }

    [Fact]
    public void What_does_not_exist_is_null()
    {
        DiagnosisResult linear = NetworkDiagnosis.Measure(
            Network.Create(NetworkDescription.Mlp(1, [], Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1)), TwoSamples());
        linear.Layers.ShouldBeEmpty();
        linear.Dead.ShouldBeNull();
        linear.Saturated.ShouldBeNull();
        linear.Sparsity.ShouldBeNull();
        linear.GradientRatio.ShouldBeNull();

        DiagnosisResult rows = NetworkDiagnosis.Measure(OneLayer("softmax", [1, 2], [0, 0]), TwoSamples());
        rows.Dead.ShouldBeNull();
        rows.Layers[0].Saturated.ShouldBeNull();
        rows.Sparsity.ShouldBe(0);
        rows.GradientRatio.ShouldBeNull();
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused() =>
        Should.Throw<ArgumentException>(() => NetworkDiagnosis.Measure(OneLayer("relu", [1], [0]), Dataset.Regression([1], 1, [1])));

    private static Dataset TwoSamples() => Dataset.Classification([-1, 1], 1, [0, 1], 2);

    private static ActivationUnit FirstActivation(Network network) =>
        new NetworkPlan(network, 1, trains: true).Steps.ToArray().First(step => step.Activation != null).Activation!;

    private static Network OneLayer(string activation, float[] weights, float[] biases)
    {
        NetworkDescription description = NetworkDescription.Mlp(1, [weights.Length], Activation.Parse(activation), 2, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, RandomKey.FromSeed(1));
        weights.CopyTo(network.Weights(0));
        biases.CopyTo(network.Biases(0));
        return network;
    }
}
