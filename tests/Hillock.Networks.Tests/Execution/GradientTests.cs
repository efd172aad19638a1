using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Execution;

/// <summary>Gradients of whole networks against central differences of a plain double-precision forward pass.</summary>
public class GradientTests
{
    private const int Rows = 9;
    private const int Inputs = 5;

    public static TheoryData<string, Loss> Cases()
    {
        TheoryData<string, Loss> cases = [];
        IEnumerable<string> names = ActivationCatalogue.All.Select(definition => definition.Facts.Name);
        string[] learned =
        [
            "prelu", "rrelu", "leaky_relu(alpha=learn(channel))", "swish(beta=learn)", "swish(beta=learn(channel))", "elu(alpha=learn)",
            "leaky_relu(alpha=0.3)", "elu(alpha=uniform(0.5, 1.5))", "elu(alpha=normal(1, 0.1))", "rrelu_paper",
        ];
        foreach (string activation in names.Concat(learned))
        {
            cases.Add(activation, Loss.SoftmaxCrossEntropy);
        }

        foreach (string activation in new[] { "tanh", "prelu" })
        {
            cases.Add(activation, Loss.BinaryCrossEntropy);
            cases.Add(activation, Loss.MeanSquaredError);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_agree_with_differences_in_double(string activation, Loss loss) =>
        // An exponential of an exponential leaves little room above.
        Check([new DenseLayer(7, Activation.Parse(activation)), new DenseLayer(6, Activation.Parse(activation))], loss, reach: activation == "exp" ? 0.25f : 2);

    [Fact]
    public void Gradients_agree_where_every_layer_has_another_activation() =>
        Check(
            [
                new DenseLayer(17, Activation.Parse("mish")), new DenseLayer(3, Activation.Parse("leaky_relu(alpha=learn(channel))")),
                new DenseLayer(1, Activation.Parse("tanh")), new DenseLayer(33, Activation.Parse("rrelu")),
            ],
            Loss.SoftmaxCrossEntropy);

    [Fact]
    public void Gradients_of_a_linear_model_agree() => Check([], Loss.SoftmaxCrossEntropy);

    private static unsafe void Check(DenseLayer[] hidden, Loss loss, float reach = 2)
    {
        NetworkDescription description = new(Inputs, hidden, loss == Loss.SoftmaxCrossEntropy ? 4 : 1, loss);
        RandomKey key = RandomKey.FromSeed(11);
        Network network = Network.Create(description, key);
        RandomStream random = new(key.Derive("data"));
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            random.FillUniform(network.Biases(layer), -0.5f, 0.5f);
        }

        AlignedBuffer inputs = new(Rows * Inputs);
        random.FillUniform(inputs.Span, -reach, reach);
        int classes = Math.Max(2, description.Outputs);
        int[] labels = loss == Loss.MeanSquaredError ? [] : [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt32(classes))];
        float[] targets = new float[loss == Loss.MeanSquaredError ? Rows : 0];
        random.FillUniform(targets, -1, 1);

        // What the library says.
        NetworkPlan plan = new(network, Rows + 3, trains: true);
        AlignedBuffer gradients = new(network.Layout.Length);
        ReadOnlySpan<float> outputs = plan.Forward(inputs.Pointer, Rows, new RandomStream(key.Derive("draws")));
        double sum = new LossFunction(description, Rows + 3).Sum(outputs, labels, targets, plan.Layers[^1].Gradient(Rows));
        plan.Backward(inputs.Pointer, Rows, gradients.Pointer);

        // What plain arithmetic says.
        ReferenceNetwork reference = new(
            description, [.. inputs.Span.ToArray().Select(x => (double)x)], labels, [.. targets.Select(x => (double)x)], key.Derive("draws"));
        (double[][][] parameters, int[][] offsets) = Unpack(network);
        double expectedLoss = reference.Loss(parameters);
        (sum / Rows).ShouldBe(expectedLoss, 1e-6 * Math.Max(1, expectedLoss));
        List<(double Expected, double Actual, string Where)> pairs = [];
        const double step = 1e-5;
        for (int layer = 0; layer < parameters.Length; layer++)
        {
            for (int part = 0; part < parameters[layer].Length; part++)
            {
                double[] values = parameters[layer][part];
                for (int i = 0; i < values.Length; i++)
                {
                    double value = values[i];
                    values[i] = value + step;
                    double above = reference.Loss(parameters);
                    values[i] = value - step;
                    double below = reference.Loss(parameters);
                    values[i] = value;
                    pairs.Add(((above - below) / (2 * step), gradients.Span[offsets[layer][part] + i], $"layer {layer}, part {part}, element {i}"));
                }
            }
        }

        double scale = pairs.Max(pair => Math.Abs(pair.Expected));
        scale.ShouldBeGreaterThan(1e-3);
        foreach ((double expected, double actual, string where) in pairs)
        {
            actual.ShouldBe(expected, 3e-6 * scale, where);
        }
    }

    private static (double[][][] Parameters, int[][] Offsets) Unpack(Network network)
    {
        List<double[][]> parameters = [];
        List<int[]> offsets = [];
        foreach (LayerLayout layer in network.Layout.Layers)
        {
            List<(int Offset, int Length)> parts = [(layer.Weights, layer.Inputs * layer.Units), (layer.Biases, layer.Units)];
            for (int p = 0; p < layer.Learned.Length; p++)
            {
                if (layer.Learned[p] >= 0)
                {
                    parts.Add((layer.Learned[p], layer.LearnedCount(p)));
                }
            }

            parameters.Add([.. parts.Select(part => network.Parameters.Span.Slice(part.Offset, part.Length).ToArray().Select(x => (double)x).ToArray())]);
            offsets.Add([.. parts.Select(part => part.Offset)]);
        }

        return ([.. parameters], [.. offsets]);
    }
}
