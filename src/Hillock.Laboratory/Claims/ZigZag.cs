using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>How often all incoming weights of a unit are pushed the same way.</summary>
internal static class ZigZag
{
    private static readonly string[] Activations = ["sigmoid", "tanh"];
    private static readonly int[] Batches = [1, 8, 64];

    public static Claim Claim { get; } = new(
        15,
        "zigzag",
        "Sigmoid's outputs are never negative, so that all weights of a unit behind it are pushed the same way at once: the zig-zag; tanh's are not",
        "LeCun, Bottou, Orr & Müller, Efficient backprop, 1998; CS231n notes",
        "all gradients of a unit's incoming weights share one sign for a sample; none given for batches")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(4, 10);
        int steps = run.Pick(5, 500, 1000);
        double[][] shares = run.MapSeeds(
            "steps", Activations.Length * Batches.Length, seeds,
            (i, seed) => Share(run, seed, Activations[i / Batches.Length], Batches[i % Batches.Length], steps));
        double[] sigmoid = shares[0];
        double[] tanh = shares[Batches.Length];
        return new ClaimFindings(
            seeds,
            [
                .. shares.Select((s, i) => new ClaimFigure(
                    $"units whose incoming gradients share one sign, {Activations[i / Batches.Length]}, batches of {Batches[i % Batches.Length]}",
                    i == 0 ? "100 %" : "", s, IsShare: true)),
            ],
            [
                new("with sigmoid, sample by sample, more than 99 % share one sign, with every seed", sigmoid.All(s => s > 0.99)),
                new("with tanh fewer than 1 %, with every seed", tanh.All(s => s < 0.01)),
            ])
        {
            Remarks = ["Second hidden layer of a network of 2 × 20 units on the built-in digits, SGD with learning rate 0.1; the share of pairs of step and unit."],
            Chart = new ClaimChart("Units whose incoming weights are all pushed the same way", "samples of a step", "share of units and steps",
                [.. Activations.Select((name, a) => new ClaimSeries(name, [.. Batches.Select((_, b) => ClaimPoint.Of(b, shares[(a * Batches.Length) + b]))]))])
            {
                Places = [.. Batches.Select(b => $"{b}")],
            },
        };
    }

    private static double Share(ClaimRun run, int seed, string activation, int batch, int steps)
    {
        (Dataset data, _) = run.BuiltIn("digits", run.Pick(100, 1000, 2000), (ulong)seed);
        Network network = Network.Create(ClaimRun.Mlp(data, [20, 20], activation), run.Seed(seed));
        NetworkTensor weights = network.Tensors.Where(t => t.Kind == TensorKind.Weight).ElementAt(1);
        LayerTrace trace = new(network, batch);
        BatchGradient gradient = new(network.Description, batch);
        long agree = 0;
        long pairs = 0;
        for (int step = 0; step < steps; step++)
        {
            run.Token.ThrowIfCancellationRequested();
            gradient.Run(trace, data, step * batch % (data.Count - batch + 1), batch);
            Span<float> gradients = trace.GradientOf(weights);
            int units = weights.Dimensions[1];
            for (int unit = 0; unit < units; unit++)
            {
                bool up = false;
                bool down = false;
                for (int i = unit; i < gradients.Length; i += units)
                {
                    up |= gradients[i] > 0;
                    down |= gradients[i] < 0;
                }

                agree += up != down ? 1 : 0;
                pairs++;
            }

            trace.Descend(0.1);
        }

        return (double)agree / pairs;
    }
}
