using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Diagnosis;

/// <summary>Gates whose sums are known: without weights they are biases, with one weight of 1 they are the inputs.</summary>
public class GateDiagnosisTests
{
    // Sigmoid passes 5 % of its greatest slope at 4.357, 10⁻⁴ of it at 10.6; tanh passes 5 % at atanh(√0.95) = 2.178. A gate that always
    // is the same where its slope is less than half of the greatest is stuck.
    [Fact]
    public void Gates_of_an_lstm_are_told_by_name()
    {
        Network network = Recurrent("lstm:2");
        Set(network, "0.bias", 4.4f, 4.3f, 0, 0, -10.7f, -10.7f, 1, 3);
        LayerDiagnosis layer = NetworkDiagnosis.Measure(network, Samples()).Layers[0];
        layer.Gates.Select(gate => (gate.Name, gate.Saturated, gate.Dead, gate.Stuck)).ShouldBe(
        [
            (GateNames.Input, 0.5, 0, 1), (GateNames.Forget, 0, 0, 0), (GateNames.Output, 1, 1, 0), (GateNames.Candidate, 0.5, 0, 1),
        ]);
        layer.Gates.Select(gate => gate.Activation.Name).ShouldBe(["sigmoid", "sigmoid", "sigmoid", "tanh"]);
        layer.Gates[0].Input.Mean.ShouldBe(4.35, 1e-6);
        layer.Gates[1].Output.ShouldBe(new SignalMoments(0.5, 0, 0));
        layer.Gates[3].Output.Mean.ShouldBe((Math.Tanh(1) + Math.Tanh(3)) / 2, 1e-6);
        layer.Gates[2].UnitDetails.ShouldAllBe(unit => unit.Active == 0);
    }

    [Fact]
    public void Gates_of_a_gru_are_told_by_name_and_the_candidate_has_the_reset_state()
    {
        // The state becomes tanh(1) at once, since the update gate is closed; the candidate's sum is 1 at first, then 1 + r·2·tanh(1) with r = σ(0).
        Network network = Recurrent("gru:1", channels: 1, positions: 2);
        Set(network, "0.bias", 1, 0, -40, 0);
        Set(network, "0.recurrent_weight", 0, 0, 2);
        LayerDiagnosis layer = NetworkDiagnosis.Measure(network, Samples(channels: 1, positions: 2)).Layers[0];
        layer.Gates.Select(gate => (gate.Name, gate.Saturated)).ShouldBe([(GateNames.Reset, 0), (GateNames.Update, 1), (GateNames.Candidate, 0)]);
        layer.Gates[2].Input.Mean.ShouldBe(1 + Math.Tanh(1) / 2, 1e-6);
    }

    [Theory]
    [InlineData("rnn:1/activation=sigmoid", GateNames.State)]
    [InlineData("rnn:1/activation=swish(beta=learn)", GateNames.State)]
    [InlineData("rnn:1/activation=relu/reverse", GateNames.State)]
    [InlineData("rnn:1/activation=relu/sequence", GateNames.State)]
    public void Every_position_counts_and_padding_does_not(string layer, string name)
    {
        // Sums are the inputs; padding holds what would be saturated, and dead for relu.
        Network network = Recurrent(layer, channels: 1, positions: 4, then: layer.Contains("sequence") ? ",globalavgpool" : "");
        Set(network, "0.weight", 1);
        float[] inputs = [5, 1, -5, -100, 2, -100, -100, -100];
        Dataset data = Dataset.Classification(inputs, TensorShape.Sequence(4, 1), [0, 1], 2).WithLengths([3, 1]);
        GateDiagnosis gate = NetworkDiagnosis.Measure(network, data).Layers[0].Gates.ShouldHaveSingleItem();
        gate.Name.ShouldBe(name);
        gate.Input.Mean.ShouldBe((5 + 1 - 5 + 2) / 4.0, 1e-6);
        gate.UnitDetails[0].Active.ShouldBe(0.75f);
        double expected = layer.Contains("sigmoid") ? 0.5 : 0.25; // swish'(-5) = -0.026, 2.4 % of the greatest
        gate.Saturated.ShouldBe(expected);
    }

    [Fact]
    public void Both_directions_are_told()
    {
        Network network = Recurrent("lstm:1/bidirectional");
        Set(network, "0.reverse_bias", 20, 20, 20, 20);
        IReadOnlyList<GateDiagnosis> gates = NetworkDiagnosis.Measure(network, Samples()).Layers[0].Gates;
        gates.Count.ShouldBe(8);
        gates.Select(gate => gate.SecondDirection).ShouldBe([false, false, false, false, true, true, true, true]);
        gates.Skip(4).ShouldAllBe(gate => gate.Saturated == 1);
        gates.Take(4).ShouldAllBe(gate => gate.Saturated == 0);
    }

    [Fact]
    public void A_probe_sees_what_a_pass_over_the_same_samples_sees()
    {
        Network network = Network.Create(
            NetworkText.Parse("lstm:5,activation,dense:2", TensorShape.Sequence(6, 3), Activation.Parse("tanh"), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        Dataset data = Samples(count: 50, random: true);
        IReadOnlyList<GateDiagnosis> expected = NetworkDiagnosis.Measure(network, data).Layers[0].Gates;
        TrainingProbe probe = new(1);
        Trainer.Train(network, data, null, new TrainingOptions { Epochs = 1, BatchSize = 50 }, RandomKey.FromSeed(2), probe);
        IReadOnlyList<GateDiagnosis> seen = probe.Epochs[0].Layers[0].Gates;
        foreach ((GateDiagnosis a, GateDiagnosis b) in seen.Zip(expected))
        {
            a.Name.ShouldBe(b.Name);
            a.Saturated.ShouldBe(b.Saturated, 1e-6);
            a.Input.Variance.ShouldBe(b.Input.Variance, 1e-6);
            a.Output.Mean.ShouldBe(b.Output.Mean, 1e-6);
        }
    }

    private static Network Recurrent(string layer, int channels = 3, int positions = 6, string then = "")
    {
        Network network = Network.Create(
            NetworkText.Parse(layer + then, TensorShape.Sequence(positions, channels), Activation.Parse("tanh"), 2, Loss.SoftmaxCrossEntropy), RandomKey.FromSeed(1));
        foreach (NetworkTensor tensor in network.Tensors.Where(tensor => tensor.Name.StartsWith("0.", StringComparison.Ordinal) && !tensor.Name.Contains("beta", StringComparison.Ordinal)))
        {
            network.Values(tensor).Clear();
        }

        return network;
    }

    private static void Set(Network network, string name, params float[] values)
    {
        Span<float> tensor = network.Values(network.Tensors.First(tensor => tensor.Name == name));
        tensor.Length.ShouldBe(values.Length, name);
        values.CopyTo(tensor);
    }

    private static Dataset Samples(int channels = 3, int positions = 6, int count = 70, bool random = false)
    {
        float[] inputs = new float[count * channels * positions];
        if (random)
        {
            new RandomStream(RandomKey.FromSeed(3)).FillUniform(inputs, -1, 1);
        }

        return Dataset.Sequences(inputs, TensorShape.Sequence(positions, channels), [.. Enumerable.Range(0, count).Select(i => i % 2)], 1, 2);
    }
}
