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
        LayerDiagnosis layer = NetworkDiagnosis.Measure(network, TwoSamples()).Hidden.ShouldHaveSingleItem();
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
    public void Gradient_norms_are_of_the_mean_gradient_and_of_a_sample()
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

        // Of a sample they are 2.5 and -1 long, whose root mean square is √3.625: opposite signs do not cancel.
        result.Layers[1].SampleGradientNorm.ShouldBe(Math.Sqrt(3.625), 1e-6);
        result.GradientRatio!.Value.ShouldBe(0.2, 1e-6);
        DiagnosisResult balanced = NetworkDiagnosis.Measure(network, Dataset.Regression([1, 2], 1, [1, 9.5f]));
        balanced.Layers[1].GradientNorm.ShouldBe(0, 1e-6);
        balanced.GradientRatio!.Value.ShouldBe(0.2, 1e-6);
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
        linear.Hidden.ShouldBeEmpty();
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

    [Fact]
    public void Numbers_that_are_not_finite_are_named_and_nothing_is_measured()
    {
        Network network = OneLayer("relu", [1, -1], [0, 0]);
        network.Weights(1)[2] = float.NaN;
        network.Biases(0).Fill(float.PositiveInfinity);
        DiagnosisResult result = NetworkDiagnosis.Measure(network, TwoSamples());
        result.NotFinite.ShouldBe([new NotFiniteTensor("0.bias", "dense:2", 2, 2), new NotFiniteTensor("2.weight", "dense:2", 1, 4)]);
        result.Layers.ShouldBeEmpty();
        result.GradientRatio.ShouldBeNull();
    }

    [Fact]
    public void Overflow_inside_of_a_finite_network_is_counted_and_spoils_no_figure()
    {
        Network network = OneLayer("relu", [3e38f, 1], [0, 0]);
        network.Weights(1).Fill(2);
        Dataset data = Dataset.Classification([-1, 1, 4], 1, [0, 1, 0], 2);
        DiagnosisResult result = NetworkDiagnosis.Measure(network, data);
        result.Layers[0].NotFinite.ShouldBe(2); // 4·3e38, and what relu makes of it
        result.Layers[0].Output.Mean.ShouldBeInRange(0, 3.5e38);
    }

    [Fact]
    public void Units_are_told_one_by_one()
    {
        // Inputs -1 and 1: a leaky unit that is always active, one that never is, one that is on one sample, twice.
        Network network = OneLayer("leaky_relu(alpha=0.2)", [0, 0, 1, 1], [1, -1, 0, 0]);
        LayerDiagnosis layer = NetworkDiagnosis.Measure(network, TwoSamples()).Layers[0];
        layer.UnitDetails.Select(unit => unit.Active).ShouldBe([1, 0, 0.5f, 0.5f]);
        layer.UnitDetails.Select(unit => unit.Linear).ShouldBe([true, false, false, false]);
        layer.UnitDetails.Select(unit => unit.Stuck).ShouldBe([false, true, false, false]);
        layer.UnitDetails.Select(unit => unit.Mean).ShouldBe([1, -0.2f, 0.4f, 0.4f], 1e-6f);
        layer.UnitDetails.Select(unit => unit.Deviation).ShouldBe([0, 0, 0.6f, 0.6f], 1e-6f);
        layer.Linear.ShouldBe(0.25);
        layer.Stuck.ShouldBe(0.25);
        layer.Identical.ShouldBe(0.5);
        layer.Sums.ShouldBe(new SignalMoments(0, 1, 0.5));
        layer.Output.Mean.ShouldBe(0.4, 1e-6);
        layer.WeightNorm!.Value.ShouldBe(Math.Sqrt(2), 1e-6);
    }

    [Fact]
    public void Weights_normalisation_and_activation_are_one_layer()
    {
        NetworkDescription description = NetworkText.Parse(
            "conv:4x3,batchnorm,activation,pool:2,conv:6x3,activation,dense:5,dense:3", TensorShape.Image(6, 6, 1), Activation.Parse("relu"), 3, Loss.SoftmaxCrossEntropy);
        float[] inputs = new float[20 * 36];
        new RandomStream(RandomKey.FromSeed(2)).FillUniform(inputs, -1, 1);
        Dataset data = Dataset.Classification(inputs, TensorShape.Image(6, 6, 1), [.. Enumerable.Range(0, 20).Select(i => i % 3)], 3);
        DiagnosisResult result = NetworkDiagnosis.Measure(Network.Create(description, RandomKey.FromSeed(1)), data);
        result.Layers.Select(layer => (layer.Layer, layer.Text, layer.Normalisation, layer.ActivationName)).ShouldBe(
        [
            (1, "conv:4x3", "batchnorm", "relu"), (2, "conv:6x3", null, "relu"), (3, "dense:5", null, null), (4, "dense:3", null, null),
        ]);
        result.Layers[0].Histogram.Total.ShouldBe(20 * 36 * 4);
        result.Inputs!.Variance.ShouldBe(1.0 / 3, 0.02);
        result.Loss.ShouldBe(Evaluator.Evaluate(Network.Create(description, RandomKey.FromSeed(1)), data).Loss, 1e-9);
    }

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
