using Hillock.Activations;
using Hillock.Activations.Random;
using MathNet.Numerics.LinearAlgebra;

namespace Hillock.Networks.Tests.Analysis;

/// <summary>Local linear maps, linear regions, Jacobians: against plain arithmetic on the network's weights, and against MathNet.</summary>
public sealed class AnalysisTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [Theory]
    [InlineData("relu")]
    [InlineData("leaky_relu")]
    [InlineData("prelu")]
    [InlineData("leaky_relu(alpha=learn(channel, init=0.3))")]
    [InlineData("hard_tanh")]
    [InlineData("relu6")]
    [InlineData("abs")]
    public void A_network_is_its_local_map_at_every_sample(string activation)
    {
        Network network = Mlp(6, [17, 9, 12], activation, outputs: 4);
        RandomStream random = new(Key.Derive("samples"));
        for (int i = 0; i < 50; i++)
        {
            float[] sample = Normal(random, 6, i < 25 ? 1 : 10);
            double[] mapped = LocalLinearMap.At(network, sample).Apply([.. sample.Select(v => (double)v)]);
            double[] expected = Forward(network, sample);
            for (int k = 0; k < 4; k++)
            {
                mapped[k].ShouldBe(expected[k], 1e-10 * (1 + Math.Abs(expected[k])));
            }
        }
    }

    [Fact]
    public void The_map_holds_in_the_neighbourhood_and_not_beyond_it()
    {
        Network network = Mlp(3, [20, 20], "relu", outputs: 2);
        float[] sample = [0.3f, -0.7f, 1.1f];
        AffineMap map = LocalLinearMap.At(network, sample);
        double[] near = [0.3 + 1e-6, -0.7 - 1e-6, 1.1];
        double[] far = [-3, 2, 0.5];
        map.Apply(near)[0].ShouldBe(Forward(network, near)[0], 1e-11);
        Math.Abs(map.Apply(far)[0] - Forward(network, far)[0]).ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void Convolutions_and_normalisations_are_written_out_as_matrices()
    {
        NetworkDescription description = NetworkText.Parse(
            "conv:3x3,batchnorm,activation,avgpool:2,conv:4x3/stride=2,activation,dense:5,activation",
            TensorShape.Image(8, 8, 2), Activation.Parse("leaky_relu"), 3, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, Key);
        RandomStream random = new(Key.Derive("parameters"));
        foreach (NetworkTensor tensor in network.Tensors.Where(t => t.Dimensions.Count == 1))
        {
            random.FillUniform(network.Values(tensor), 0.2f, 1.2f);
        }

        float[] sample = Normal(random, 128, 1);
        AffineMap map = LocalLinearMap.At(network, sample);
        double[] mapped = map.Apply([.. sample.Select(v => (double)v)]);
        Softmax(mapped).Zip(network.Predict(Dataset.Classification(sample, description.Input, [0], 3)))
            .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
    }

    [Fact]
    public void Layers_without_activation_collapse_into_the_product_of_their_matrices()
    {
        NetworkDescription description = new(
            TensorShape.Features(5), [new DenseLayer(7), new DropoutLayer(0.5), new DenseLayer(6), new DenseLayer(3)], Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, Key);
        network.Biases(1).Fill(0.25f);
        Matrix<double> product = Weights(network, 0) * Weights(network, 1) * Weights(network, 2);
        AffineMap map = LocalLinearMap.Collapse(network);
        for (int i = 0; i < 5; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                map.Matrix[(k * 5) + i].ShouldBe(product[i, k], 1e-13);
            }
        }

        map.Offset.ToArray().ShouldBe(Forward(network, new double[5]), 1e-13);
        Should.Throw<ArgumentException>(() => LocalLinearMap.Collapse(Mlp(5, [4], "relu", 3))).Message
            .ShouldStartWith("layer 2 (relu) bends");
    }

    [Fact]
    public void What_has_no_pieces_is_named()
    {
        Should.Throw<ArgumentException>(() => LocalLinearMap.At(Mlp(2, [3], "tanh", 2), [0, 0])).Message.ShouldStartWith("layer 2 (tanh) is no continuous function");
        Should.Throw<ArgumentException>(() => LocalLinearMap.At(Mlp(2, [4], "glu", 2), [0, 0])).Message.ShouldContain("function of whole rows");
        NetworkDescription pooled = NetworkText.Parse("conv:2x3,pool:2,dense:2", TensorShape.Image(4, 4, 1), Activation.Parse("relu"), 2, Loss.SoftmaxCrossEntropy);
        Should.Throw<ArgumentException>(() => LocalLinearMap.At(Network.Create(pooled, Key), new float[16])).Message.ShouldContain("layer 2 (pool:2)");
        Should.Throw<ArgumentException>(() => LocalLinearMap.At(Mlp(2, [3], "relu", 2), [0])).Message.ShouldContain("reads 2 numbers, and 1 were given");
    }

    [Theory]
    [InlineData("relu", new[] { 40 })]
    [InlineData("relu", new[] { 12, 12, 12 })]
    [InlineData("hard_tanh", new[] { 10, 10 })]
    public void Borders_on_a_line_are_where_units_bend(string activation, int[] units)
    {
        Network network = Mlp(4, units, activation, 2);
        RandomStream random = new(Key.Derive("line"));
        float[] from = Normal(random, 4, 2);
        float[] to = Normal(random, 4, 2);
        IReadOnlyList<double> borders = LinearRegions.Borders(network, from, to);
        borders.ShouldBe(borders.Order());

        // Between two borders the map does not change, from one to the next it does; found by the slope along the line.
        double[] places = [0, .. borders, 1];
        double? before = null;
        for (int i = 1; i < places.Length; i++)
        {
            double width = places[i] - places[i - 1];
            double first = SlopeAlong(network, from, to, places[i - 1] + (0.1 * width), 0.3 * width);
            double second = SlopeAlong(network, from, to, places[i - 1] + (0.6 * width), 0.3 * width);
            if (width > 1e-4)
            {
                first.ShouldBe(second, 1e-6 * (1 + Math.Abs(first)));
                before = first;
            }
        }

        before.ShouldNotBeNull();
        borders.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void One_hidden_layer_has_one_border_for_each_unit_that_changes_its_sign()
    {
        Network network = Mlp(3, [50], "relu", 2);
        RandomStream random = new(Key.Derive("signs"));
        random.FillNormal(network.Biases(0), 0, 0.5);
        float[] from = Normal(random, 3, 1);
        float[] to = Normal(random, 3, 1);
        int changes = Enumerable.Range(0, 50).Count(unit => (Sum(network, unit, from) > 0) != (Sum(network, unit, to) > 0));
        LinearRegions.Borders(network, from, to).Count.ShouldBe(changes);
    }

    [Fact]
    public void A_plane_through_an_xor_network_has_four_regions()
    {
        Network network = Mlp(2, [2], "relu", 2);
        new float[] { 1, 0, 0, 1 }.CopyTo(network.Weights(0));
        RegionMap map = LinearRegions.OnPlane(network, [0, 0], [1, 0], [0, 1], 10);
        map.Count.ShouldBe(4);
        map.Regions[0].ShouldBe(0);
        map.Regions[9].ShouldBe(1);
        map.Regions[90].ShouldBe(2);
        map.Regions[99].ShouldBe(3);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(3, 11)]
    [InlineData(40, 17)]
    public void Singular_values_are_mathnets(int rows, int columns)
    {
        RandomStream random = new(Key.Derive(rows));
        double[] matrix = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextNormal())];
        double[] expected = [.. Matrix<double>.Build.DenseOfRowMajor(rows, columns, matrix).Svd(computeVectors: false).S];
        SingularValueDecomposition.Values(matrix, rows, columns).ShouldBe(expected, 1e-10);
    }

    [Fact]
    public void Singular_values_of_singular_matrices_are_zero()
    {
        SingularValueDecomposition.Values(new double[12], 3, 4).ShouldBe([0, 0, 0]);
        double[] twice = SingularValueDecomposition.Values([1, 2, 2, 4], 2, 2);
        twice[0].ShouldBe(5, 1e-12);
        twice[1].ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Jacobians_of_layers_are_slopes_times_weights()
    {
        Network network = Mlp(4, [6, 5], "tanh", 3);
        float[] sample = [0.5f, -1, 2, 0.1f];
        IReadOnlyList<double[]> found = LayerJacobians.SingularValues(network, sample);
        found.Select(values => values.Length).ShouldBe([4, 5, 3]);
        Vector<double> input = Vector<double>.Build.Dense([.. sample.Select(v => (double)v)]);
        for (int layer = 0; layer < 3; layer++)
        {
            Matrix<double> weights = Weights(network, layer).Transpose();
            Vector<double> sums = weights * input;
            Matrix<double> jacobian = layer == 2 ? weights : Matrix<double>.Build.DiagonalOfDiagonalVector(sums.Map(s => 1 - (Math.Tanh(s) * Math.Tanh(s)))) * weights;
            found[layer].ShouldBe([.. jacobian.Svd(computeVectors: false).S], 1e-10);
            input = sums.Map(Math.Tanh);
        }
    }

    [Fact]
    public void Born_dead_bounds_are_those_of_the_paper()
    {
        // N and L - 1 of the bounds that Lu et al. give; the last by hand: 1 - (1 - 1/8)^19.
        BornDead.UpperBound(2, 9).ShouldBe(0.925, 0.0005);
        BornDead.UpperBound(3, 9).ShouldBe(0.699, 0.0005);
        BornDead.UpperBound(5, 9).ShouldBe(0.249, 0.0005);
        BornDead.UpperBound(10, 9).ShouldBe(0.0088, 0.00005);
        BornDead.UpperBound(3, 19).ShouldBe(0.921, 0.0005);
    }

    [Fact]
    public void Born_dead_networks_are_those_whose_rectifiers_are_silent()
    {
        NetworkDescription description = NetworkDescription.Mlp(1, [2, 2, 2], Activation.Parse("relu"), 1, Loss.MeanSquaredError);
        int dead = 0;
        for (int i = 0; i < 200; i++)
        {
            // Without biases the network is linear on either side of 0: it is constant where neither side gets through.
            Network network = Network.Create(description, Key.Derive(i));
            dead += Forward(network, [1.0])[0] == 0 && Forward(network, [-1.0])[0] == 0 ? 1 : 0;
        }

        dead.ShouldBeInRange(20, 120);
        BornDead.Count(description, [-1.5f, -0.2f, 0.7f, 1.5f], 200, Key).ShouldBe(dead);
        BornDead.Count(NetworkDescription.Mlp(1, [2, 2], Activation.Parse("tanh"), 1, Loss.MeanSquaredError), [-1, 1], 50, Key).ShouldBe(0);
        Should.Throw<ArgumentException>(() => BornDead.Count(description, [1f], 10, Key)).Message.ShouldContain("two or more samples");
    }

    private static Network Mlp(int inputs, int[] units, string activation, int outputs)
    {
        Network network = Network.Create(
            NetworkDescription.Mlp(inputs, units, Activation.Parse(activation), outputs, outputs == 1 ? Loss.MeanSquaredError : Loss.SoftmaxCrossEntropy), Key);
        for (int layer = 0; layer < network.LayerCount && activation != "tanh"; layer++)
        {
            new RandomStream(Key.Derive("biases").Derive(layer)).FillNormal(network.Biases(layer), 0, units.Length == 1 && units[0] == 2 ? 0 : 0.3);
        }

        return network;
    }

    /// <summary>The network in plain double arithmetic, its activations one number at a time.</summary>
    private static double[] Forward(Network network, float[] sample) => Forward(network, [.. sample.Select(v => (double)v)]);

    private static double[] Forward(Network network, double[] sample)
    {
        Vector<double> values = Vector<double>.Build.Dense(sample);
        int activations = network.Description.Layers.OfType<ActivationLayer>().Count();
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            values = values * Weights(network, layer);
            for (int unit = 0; unit < values.Count; unit++)
            {
                values[unit] += network.Biases(layer)[unit];
                values[unit] = layer < activations ? Unit(network, layer, unit, values[unit]) : values[unit];
            }
        }

        return [.. values];
    }

    private static double Unit(Network network, int layer, int unit, double x)
    {
        string name = network.Description.Layers.OfType<ActivationLayer>().ElementAt(layer).Activation.Name;
        return name switch
        {
            "relu" => Math.Max(0, x),
            "leaky_relu" => x > 0 ? x : (float)0.01 * x,
            "prelu" => x > 0 ? x : 0.25 * x,
            "hard_tanh" => Math.Clamp(x, -1, 1),
            "relu6" => Math.Clamp(x, 0, 6),
            "abs" => Math.Abs(x),
            _ => x > 0 ? x : network.ActivationParameter(layer, 0)[unit] * (double)x,
        };
    }

    private static double Sum(Network network, int unit, float[] sample) =>
        sample.Select((v, i) => (double)v * network.Weights(0)[(i * 50) + unit]).Sum() + network.Biases(0)[unit];

    private static double SlopeAlong(Network network, float[] from, float[] to, double place, double width)
    {
        double[] At(double t) => [.. from.Select((v, i) => v + (t * ((double)to[i] - v)))];
        return (Forward(network, At(place + width))[0] - Forward(network, At(place))[0]) / width;
    }

    private static Matrix<double> Weights(Network network, int layer)
    {
        Span<float> weights = network.Weights(layer);
        int units = network.Biases(layer).Length;
        return Matrix<double>.Build.DenseOfRowMajor(weights.Length / units, units, [.. weights.ToArray().Select(w => (double)w)]);
    }

    private static IEnumerable<double> Softmax(double[] values)
    {
        double sum = values.Sum(Math.Exp);
        return values.Select(v => Math.Exp(v) / sum);
    }

    private static float[] Normal(RandomStream random, int length, double deviation)
    {
        float[] values = new float[length];
        random.FillNormal(values, 0, deviation);
        return values;
    }
}
