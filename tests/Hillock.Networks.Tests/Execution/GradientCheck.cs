using Hillock.Activations.Random;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Tests.Execution;

/// <summary>Compares the loss and all gradients of a network with central differences of <see cref="ReferenceNetwork"/>.</summary>
internal static class GradientCheck
{
    /// <summary>Checks a network on random samples.</summary>
    /// <param name="description">The network.</param>
    /// <param name="rows">The samples of the batch.</param>
    /// <param name="reach">The greatest input.</param>
    /// <param name="training">Whether the pass is one of training.</param>
    /// <param name="most">The most elements of a tensor that are compared.</param>
    /// <param name="tolerance">What a gradient may be off, as a share of the largest gradient of its network.</param>
    /// <param name="lengths">The real positions of each sample, behind which is nothing to compute with; null where all are.</param>
    public static unsafe void Run(
        NetworkDescription description, int rows = 9, float reach = 2, bool training = true, int most = int.MaxValue, double tolerance = 3e-6, int[]? lengths = null)
    {
        RandomKey key = RandomKey.FromSeed(11);
        Network network = Network.Create(description, key);
        RandomStream random = new(key.Derive("data"));
        foreach (NetworkTensor tensor in network.Tensors.Where(tensor => tensor.Name.EndsWith(".bias", StringComparison.Ordinal)))
        {
            random.FillUniform(network.Values(tensor), -0.5f, 0.5f);
        }

        AlignedBuffer inputs = new(rows * description.Inputs);
        Fill(inputs.Span, description.Input, reach, random);
        int count = rows * description.Output.Positions;
        bool regression = description.Loss == Loss.MeanSquaredError;
        int classes = Math.Max(2, description.Output.Channels);
        int[] labels = regression ? [] : [.. Enumerable.Range(0, count).Select(_ => random.NextInt32(classes))];
        float[] targets = new float[regression ? count : 0];
        random.FillUniform(targets, -1, 1);
        RandomKey? draws = training ? key.Derive("draws") : null;

        // What plain arithmetic says, before a pass changes any statistics.
        Dictionary<string, double[]> parameters = network.Tensors.ToDictionary(
            tensor => tensor.Name, tensor => network.Values(tensor).ToArray().Select(x => (double)x).ToArray());
        ReferenceNetwork reference = new(
            description, [.. inputs.Span.ToArray().Select(x => (double)x)], labels, [.. targets.Select(x => (double)x)], parameters, draws)
        {
            Lengths = lengths,
        };
        double expectedLoss = reference.Loss();

        // What the library says, in a plan for more than the batch.
        NetworkPlan plan = new(network, rows + 3, trains: true);
        AlignedBuffer gradients = new(network.Layout.Length);
        gradients.Span.Fill(float.NaN);
        LossFunction loss = new(description.Loss, description.Output.Channels, count);
        for (int row = 0; row < lengths?.Length; row++)
        {
            int channels = description.Input.IsTokens ? 1 : description.Input.Channels;
            inputs.Span[(row * description.Inputs + lengths[row] * channels)..((row + 1) * description.Inputs)].Fill(float.NaN);
        }

        double sum;
        fixed (int* given = lengths)
        {
            sum = loss.Sum(plan.Forward(inputs.Pointer, rows, draws, given), labels, targets, plan.OutputGradient(rows));
            plan.Backward(gradients.Pointer);
        }

        (sum / count + plan.Penalty).ShouldBe(expectedLoss, 1e-6 * Math.Max(1, expectedLoss));

        Compare(network, reference, parameters, gradients, most, tolerance);
    }

    private static void Fill(Span<float> inputs, TensorShape shape, float reach, RandomStream random)
    {
        if (!shape.IsTokens)
        {
            random.FillUniform(inputs, -reach, reach);
            return;
        }

        foreach (ref float token in inputs)
        {
            token = random.NextInt32(shape.Vocabulary);
        }
    }

    private static void Compare(
        Network network, ReferenceNetwork reference, Dictionary<string, double[]> parameters, AlignedBuffer gradients, int most, double tolerance)
    {
        List<(double Expected, double Actual, string Where)> pairs = [];
        const double step = 1e-6;
        foreach (NetworkTensor tensor in network.Tensors.Where(tensor => tensor.Kind != TensorKind.State))
        {
            double[] values = parameters[tensor.Name];
            int stride = Math.Max(1, values.Length / most);
            for (int i = 0; i < values.Length; i += stride)
            {
                double value = values[i];
                values[i] = value + step;
                double above = reference.Loss();
                values[i] = value - step;
                double below = reference.Loss();
                values[i] = value;
                pairs.Add(((above - below) / (2 * step), gradients.Span[(int)tensor.Offset + i], $"{tensor.Name}[{i}]"));
            }
        }

        double scale = pairs.Max(pair => Math.Abs(pair.Expected));
        scale.ShouldBeGreaterThan(1e-3);
        foreach ((double expected, double actual, string where) in pairs)
        {
            actual.ShouldBe(expected, tolerance * scale, where);
        }
    }
}
