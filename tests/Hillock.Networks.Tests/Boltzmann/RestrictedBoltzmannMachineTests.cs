using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Boltzmann;

/// <summary>Restricted Boltzmann machines against plain arithmetic, and small ones against sums over all their states.</summary>
public sealed class RestrictedBoltzmannMachineTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    public static TheoryData<VisibleUnits, HiddenUnits, bool> Kinds
    {
        get
        {
            TheoryData<VisibleUnits, HiddenUnits, bool> kinds = [];
            foreach (VisibleUnits visible in Enum.GetValues<VisibleUnits>())
            {
                foreach (HiddenUnits hidden in Enum.GetValues<HiddenUnits>())
                {
                    kinds.Add(visible, hidden, false);
                    kinds.Add(visible, hidden, true);
                }
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reconstruction_improves_whatever_the_units(VisibleUnits visible, HiddenUnits hidden, bool persistent)
    {
        Dataset data = BarsAndStripes(4);
        RestrictedBoltzmannMachine machine = new(16, 24, visible, hidden, Key);
        List<double> told = [];
        double rate = hidden == HiddenUnits.Binary && visible == VisibleUnits.Binary ? 0.1 : 0.01;
        BoltzmannOptions options = new() { Epochs = 300, BatchSize = 10, LearningRate = rate, Persistent = persistent, Steps = persistent ? 1 : 2 };
        IReadOnlyList<double> errors = machine.Train(data, options, Key, new Told(told));
        told.ShouldBe(errors);
        errors.ShouldAllBe(error => double.IsFinite(error));
        errors.TakeLast(10).Average().ShouldBeLessThan(0.9 * errors.Take(10).Average());

        float[] reconstruction = machine.Reconstruct(data);
        double mean = Enumerable.Range(0, reconstruction.Length).Average(i => Math.Pow(reconstruction[i] - data.Inputs[i], 2));
        mean.ShouldBeLessThan(errors[0]);
    }

    [Fact]
    public void A_step_is_the_difference_of_the_statistics()
    {
        // Rectified units draw nothing, so a step can be followed in plain double arithmetic.
        const int visible = 3, hidden = 2;
        float[] inputs = [0.2f, 0.9f, 0.4f, 1f, 0f, 0.7f];
        RestrictedBoltzmannMachine machine = new(visible, hidden, VisibleUnits.Binary, HiddenUnits.Rectified, Key);
        new float[] { 0.5f, -0.3f, 0.2f, 0.8f, -0.6f, 0.4f }.CopyTo(machine.Weights);
        new float[] { 0.1f, -0.2f }.CopyTo(machine.HiddenBiases);
        new float[] { 0.3f, 0f, -0.1f }.CopyTo(machine.VisibleBiases);
        double[] weights = [.. machine.Weights.ToArray().Select(w => (double)w)];
        double[] hiddenBiases = [.. machine.HiddenBiases.ToArray().Select(w => (double)w)];
        double[] visibleBiases = [.. machine.VisibleBiases.ToArray().Select(w => (double)w)];
        double[] Up(double[] v) => [.. Enumerable.Range(0, hidden).Select(j => Math.Max(0, hiddenBiases[j] + Enumerable.Range(0, visible).Sum(i => v[i] * weights[(i * hidden) + j])))];
        double[] Down(double[] h) => [.. Enumerable.Range(0, visible).Select(i => Sigmoid(visibleBiases[i] + Enumerable.Range(0, hidden).Sum(j => h[j] * weights[(i * hidden) + j])))];
        double[] change = new double[weights.Length];
        double[] biasChange = new double[visible];
        double error = 0;
        foreach (float[] sample in inputs.Chunk(visible))
        {
            double[] v = [.. sample.Select(x => (double)x)];
            double[] h = Up(v);
            double[] reconstructed = Down(h);
            double[] again = Up(reconstructed);
            error += v.Zip(reconstructed, (x, y) => (x - y) * (x - y)).Sum() / inputs.Length;
            for (int i = 0; i < visible; i++)
            {
                biasChange[i] += (v[i] - reconstructed[i]) / 2;
                for (int j = 0; j < hidden; j++)
                {
                    change[(i * hidden) + j] += ((v[i] * h[j]) - (reconstructed[i] * again[j])) / 2;
                }
            }
        }

        IReadOnlyList<double> errors = machine.Train(
            Dataset.Regression(inputs, visible, new float[2]), new BoltzmannOptions { Epochs = 1, LearningRate = 0.5, WeightDecay = 0.01 }, Key);
        errors.ShouldHaveSingleItem().ShouldBe(error, 1e-6);
        for (int i = 0; i < weights.Length; i++)
        {
            machine.Weights[i].ShouldBe((float)(weights[i] + (0.5 * (change[i] - (0.01 * weights[i])))), 1e-6f);
        }

        for (int i = 0; i < visible; i++)
        {
            machine.VisibleBiases[i].ShouldBe((float)(visibleBiases[i] + (0.5 * biasChange[i])), 1e-6f);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_makes_the_data_more_likely(bool persistent)
    {
        // The likelihood of a machine of 9 and 8 binary units is a sum over all states.
        Dataset data = BarsAndStripes(3);
        RestrictedBoltzmannMachine machine = new(9, 8, VisibleUnits.Binary, HiddenUnits.Binary, Key);
        double before = LogLikelihood(machine, data);
        machine.Train(data, new BoltzmannOptions { Epochs = 400, BatchSize = 14, LearningRate = 0.1, Persistent = persistent }, Key);
        double after = LogLikelihood(machine, data);
        before.ShouldBe(-9 * Math.Log(2), 0.1);
        after.ShouldBeGreaterThan(before + 1);
        after.ShouldBeLessThanOrEqualTo(-Math.Log(14));
    }

    [Theory]
    [InlineData(HiddenUnits.Rectified)]
    [InlineData(HiddenUnits.NoisyRectified)]
    public void Rectified_features_are_intensity_equivariant_without_biases(HiddenUnits hidden)
    {
        RestrictedBoltzmannMachine machine = new(16, 20, VisibleUnits.Gaussian, hidden, Key);
        Dataset data = BarsAndStripes(4);
        machine.Train(data, new BoltzmannOptions { Epochs = 20, LearningRate = 0.01 }, Key);
        machine.HiddenBiases.Clear();
        float[] features = machine.Features(data).Inputs.ToArray();
        features.ShouldContain(f => f > 0);
        features.ShouldContain(0f);
        foreach (float intensity in new[] { 0.125f, 0.5f, 4, 1024 })
        {
            machine.Features(Scaled(data, intensity)).Inputs.ToArray().ShouldBe(features.Select(f => intensity * f));
        }

        float[] odd = machine.Features(Scaled(data, 1.7f)).Inputs.ToArray();
        for (int i = 0; i < odd.Length; i++)
        {
            odd[i].ShouldBe(1.7f * features[i], 1e-5f);
        }
    }

    [Fact]
    public void Noisy_units_have_the_sigmoid_for_their_variance()
    {
        // With weights of zero a unit reads its bias alone; its mean over many drawings is that of max(0, s + N(0, σ(s))).
        const int count = 20_000;
        RestrictedBoltzmannMachine machine = new(1, 1, VisibleUnits.Gaussian, HiddenUnits.NoisyRectified, Key);
        machine.Weights[0] = 0;
        machine.HiddenBiases[0] = 0.5f;
        machine.VisibleBiases[0] = 0;
        Dataset data = Dataset.Regression([.. Enumerable.Repeat(1f, count)], 1, new float[count]);

        // The weight's change is the mean of v·h over the data, less that over reconstructions of 0.
        machine.Train(data, new BoltzmannOptions { Epochs = 1, BatchSize = count, LearningRate = 1, Momentum = 0, WeightDecay = 0 }, Key);
        double deviation = Math.Sqrt(Sigmoid(0.5));
        double expected = Integrate(z => Math.Max(0, 0.5 + (deviation * z)));
        machine.Weights[0].ShouldBe((float)expected, 0.03f);
    }

    [Fact]
    public void A_classifier_begins_where_the_machine_ended()
    {
        Dataset data = BarsAndStripes(4);
        RestrictedBoltzmannMachine machine = new(16, 12, VisibleUnits.Binary, HiddenUnits.NoisyRectified, Key);
        machine.Train(data, new BoltzmannOptions { Epochs = 30, LearningRate = 0.01 }, Key);
        Network network = Network.Create(NetworkDescription.Mlp(16, [12], Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy), Key);
        machine.CopyTo(network);
        network.Weights(0).ToArray().ShouldBe(machine.Weights.ToArray());
        network.Biases(0).ToArray().ShouldBe(machine.HiddenBiases.ToArray());

        // What the hidden layer gives are the machine's features: a linear layer alone says the same of them.
        Network linear = Network.Create(NetworkDescription.Mlp(12, [], Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy), Key);
        network.Weights(1).CopyTo(linear.Weights(0));
        Dataset features = machine.Features(data);
        features.Labels.ToArray().ShouldBe(data.Labels.ToArray());
        linear.Predict(features).Zip(network.Predict(data)).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
        Should.Throw<ArgumentException>(() => machine.CopyTo(network, 1)).Message.ShouldContain("layer 1 has 24 weights and 2 biases, and the machine 192 and 12");
    }

    [Fact]
    public void The_same_key_gives_the_same_machine()
    {
        RestrictedBoltzmannMachine[] machines = [.. new[] { 1, 1, 2 }.Select(seed =>
        {
            RestrictedBoltzmannMachine machine = new(9, 6, VisibleUnits.Binary, HiddenUnits.Binary, Key);
            machine.Train(BarsAndStripes(3), new BoltzmannOptions { Epochs = 3, BatchSize = 4 }, RandomKey.FromSeed((ulong)seed));
            return machine;
        })];
        machines[1].Weights.ToArray().ShouldBe(machines[0].Weights.ToArray());
        machines[2].Weights.ToArray().ShouldNotBe(machines[0].Weights.ToArray());
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        RestrictedBoltzmannMachine machine = new(9, 6, VisibleUnits.Binary, HiddenUnits.Binary, Key);
        Should.Throw<ArgumentException>(() => machine.Features(BarsAndStripes(4))).Message.ShouldContain("reads samples of 9 numbers, and 30 of 16 were given");
        Should.Throw<ArgumentOutOfRangeException>(() => machine.Train(BarsAndStripes(3), new BoltzmannOptions { Steps = 0 }, Key)).Message.ShouldContain("Steps is 0, and must be at least 1");
        Should.Throw<ArgumentOutOfRangeException>(() => machine.Train(BarsAndStripes(3), new BoltzmannOptions { LearningRate = double.NaN }, Key));
        Should.Throw<ArgumentOutOfRangeException>(() => new RestrictedBoltzmannMachine(0, 6, VisibleUnits.Binary, HiddenUnits.Binary, Key));
        Should.Throw<OperationCanceledException>(() => machine.Train(BarsAndStripes(3), new BoltzmannOptions(), Key, null, new CancellationToken(canceled: true)));
    }

    /// <summary>The pictures whose rows, or whose columns, are all of one colour (MacKay 2003): 14 of size 3, 30 of size 4; labelled by which.</summary>
    private static Dataset BarsAndStripes(int size)
    {
        List<float[]> pictures = [];
        List<int> labels = [];
        for (int pattern = 0; pattern < 1 << size; pattern++)
        {
            pictures.Add([.. Enumerable.Range(0, size * size).Select(i => (float)((pattern >> (i / size)) & 1))]);
            labels.Add(0);
            if (pattern > 0 && pattern < (1 << size) - 1)
            {
                pictures.Add([.. Enumerable.Range(0, size * size).Select(i => (float)((pattern >> (i % size)) & 1))]);
                labels.Add(1);
            }
        }

        return Dataset.Classification([.. pictures.SelectMany(p => p)], size * size, [.. labels], 2);
    }

    private static Dataset Scaled(Dataset data, float intensity) =>
        Dataset.Classification([.. data.Inputs.ToArray().Select(x => intensity * x)], data.Shape, data.Labels.ToArray(), data.Classes);

    /// <summary>The mean over the data of ln p(v) = b·v + Σ ln(1 + e^(c + W·v)) - ln Z.</summary>
    private static double LogLikelihood(RestrictedBoltzmannMachine machine, Dataset data)
    {
        double[] weights = [.. machine.Weights.ToArray().Select(w => (double)w)];
        double[] b = [.. machine.VisibleBiases.ToArray().Select(w => (double)w)];
        double[] c = [.. machine.HiddenBiases.ToArray().Select(w => (double)w)];
        double Free(double[] v) => v.Zip(b, (x, y) => x * y).Sum()
            + Enumerable.Range(0, c.Length).Sum(j => Math.Log(1 + Math.Exp(c[j] + Enumerable.Range(0, v.Length).Sum(i => v[i] * weights[(i * c.Length) + j]))));
        double partition = Math.Log(Enumerable.Range(0, 1 << b.Length).Sum(state => Math.Exp(Free([.. Enumerable.Range(0, b.Length).Select(i => (double)((state >> i) & 1))]))));
        return data.Inputs.ToArray().Chunk(b.Length).Average(v => Free([.. v.Select(x => (double)x)]) - partition);
    }

    private static double Integrate(Func<double, double> f)
    {
        double sum = 0;
        for (double z = -8; z <= 8; z += 0.001)
        {
            sum += 0.001 * f(z) * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        }

        return sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private sealed class Told(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
