using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Every sample's own linear map, and how many of them there are along a line.</summary>
internal static class LocalMaps
{
    private const int Inputs = 16;
    private const double BiasDeviation = 0.1;

    private static readonly string[] Activations = ["relu", "leaky_relu", "prelu"];

    /// <summary>Layers and units of each: four times as many units on the way, in nets of one layer and of eight.</summary>
    private static readonly (int Layers, int Units)[] Shapes = [(1, 64), (2, 32), (4, 16), (1, 256), (4, 64), (8, 32)];

    public static Claim Claim { get; } = new(
        6,
        "linear_regions",
        "A ReLU network is a different linear map for every sample, exactly; along a line the number of these maps grows with the number of units, whatever the depth",
        "Hanin & Rolnick, Complexity of linear regions in deep networks, 2019",
        "f(x) = A(x)·x + c(x); about half a border per unit")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(5, 10);
        int lines = run.Pick(5, 100, 400);
        double[][] exact = run.MapSeeds("local maps", Activations.Length, seeds, (activation, seed) => Exactness(run, Activations[activation], seed));
        double[][] borders = run.MapSeeds("borders on lines", Shapes.Length, seeds, (shape, seed) => BordersPerUnit(run, Shapes[shape], seed, lines));
        double[] means = [.. borders.Select(b => b.Average())];
        return new ClaimFindings(
            seeds,
            [
                .. Shapes.Select((s, i) => new ClaimFigure($"borders per unit on a line, {s.Layers} × {s.Units}", ".44 to .53 (measured elsewhere)", borders[i])),
                .. Activations.Select((name, i) => new ClaimFigure($"greatest difference of A(x)·x + c(x) from the network, relative, {name}", "rounding", exact[i])),
            ],
            [
                new("A(x)·x + c(x) is the network's output within 1e-5, for relu, leaky_relu and prelu, on every sample", exact.All(e => e.Max() <= 1e-5)),
                new("there are 0.4 to 0.6 borders per unit in every network", means.All(mean => mean is >= 0.4 and <= 0.6)),
                new("eight layers of 32 have as many borders as one of 256, within a fifth", Math.Abs(means[5] - means[3]) <= 0.2 * means[3]),
            ])
        {
            Remarks = [$"Lines between two samples of N(0, 1) in {Inputs} dimensions, {lines} a seed; He initialisation, biases N(0, 0.1²). Borders are found exactly, in double precision."],
            Chart = new ClaimChart("Borders per unit on a line; regions on a plane through a network of 2 × 16", "layers × units", "borders per unit",
                [new("measured", [.. borders.Select((b, i) => ClaimPoint.Of(i, b))]) { IsLine = false }])
            {
                Places = [.. Shapes.Select(s => $"{s.Layers} × {s.Units}")],
                Regions = Plane(run),
            },
        };
    }

    private static double Exactness(ClaimRun run, string activation, int seed)
    {
        (Dataset data, Dataset test) = run.BuiltIn("digits", run.Pick(200, 1000, 2000), (ulong)seed);
        Network network = Network.Create(ClaimRun.Mlp(data, [64, 32], activation), run.Seed(seed));
        Trainer.Train(network, data, null, new TrainingOptions { Epochs = run.Pick(1, 5, 10) }, run.Seed(seed), cancellationToken: run.Token);
        double greatest = 0;
        double difference = 0;
        Dataset some = test.Subset([.. Enumerable.Range(0, Math.Min(test.Count, run.Pick(10, 50, 100)))]);
        Outputs.Run(network, some, (row, outputs) =>
        {
            ReadOnlySpan<float> sample = some.Inputs.Slice(row * some.Features, some.Features);
            double[] expected = LocalLinearMap.At(network, sample).Apply([.. sample.ToArray().Select(x => (double)x)]);
            for (int k = 0; k < expected.Length; k++)
            {
                greatest = Math.Max(greatest, Math.Abs(expected[k]));
                difference = Math.Max(difference, Math.Abs(outputs[k] - expected[k]));
            }
        });
        return difference / greatest;
    }

    private static double BordersPerUnit(ClaimRun run, (int Layers, int Units) shape, int seed, int lines)
    {
        RandomKey key = run.Seed(seed).Derive(shape.Layers).Derive(shape.Units);
        Network network = WithBiases(Inputs, shape, key);
        long borders = 0;
        for (int line = 0; line < lines; line++)
        {
            run.Token.ThrowIfCancellationRequested();
            float[] ends = Moments.Normal(key.Derive("lines").Derive(line), 2 * Inputs);
            borders += LinearRegions.Borders(network, ends.AsSpan(0, Inputs), ends.AsSpan(Inputs)).Count;
        }

        return (double)borders / lines / (shape.Layers * shape.Units);
    }

    private static Network WithBiases(int inputs, (int Layers, int Units) shape, RandomKey key)
    {
        Network network = Network.Create(
            NetworkDescription.Mlp(inputs, [.. Enumerable.Repeat(shape.Units, shape.Layers)], Activation.Parse("relu"), 1, Loss.MeanSquaredError), key);
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            new RandomStream(key.Derive("biases").Derive(layer)).FillNormal(network.Biases(layer), 0, BiasDeviation);
        }

        return network;
    }

    private static RegionMap Plane(ClaimRun run)
    {
        Network network = WithBiases(2, (2, 16), run.Common);
        return LinearRegions.OnPlane(network, [0, 0], [0.5f, 0], [0, 0.5f], run.Pick(20, 120, 120));
    }
}
