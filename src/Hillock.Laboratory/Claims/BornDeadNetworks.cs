using Hillock.Activations;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Counts deep and narrow networks that say the same of every sample before they learned anything.</summary>
internal static class BornDeadNetworks
{
    /// <summary>Width, depth and what was measured elsewhere, 4000 networks each.</summary>
    private static readonly (int Width, int Depth, string Measured)[] Networks =
        [(2, 10, ".873"), (3, 10, ".588"), (4, 10, ".294"), (5, 10, ".123"), (10, 10, ".0012"), (3, 20, ".891")];

    private const int Samples = 32;

    public static Claim Claim { get; } = new(
        3,
        "born_dead",
        "A deep and narrow ReLU network can be born dead: its output is the same for every input before anything is learned",
        "Lu, Shin, Su & Karniadakis, Dying ReLU and initialization: theory and numerical examples, 2019",
        "about 60 % of networks of width 3, above 10 % of width 5, below 1 % of width 10 (depth 10); bound 1 - (1 - 2^-N)^(L-1)")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(4, 10);
        int networks = run.Pick(100, 1000, 2000);

        // Without biases a network of one input is linear on either side of 0: a few inputs on both tell as much as many.
        double[][] shares = run.MapSeeds("born dead", Networks.Length, seeds, (configuration, seed) =>
        {
            (int width, int depth, _) = Networks[configuration];
            NetworkDescription description = NetworkDescription.Mlp(
                1, [.. Enumerable.Repeat(width, depth - 1)], Activation.Parse("relu"), 1, Loss.MeanSquaredError);
            float[] inputs = Moments.Uniform(run.Seed(seed).Derive("inputs"), Samples, -Math.Sqrt(3), Math.Sqrt(3));
            return (double)BornDead.Count(description, inputs, networks, run.Seed(seed).Derive(configuration), run.Token) / networks;
        });
        double[] means = [.. shares.Select(s => s.Average())];
        double[] bounds = [.. Networks.Select(n => BornDead.UpperBound(n.Width, n.Depth - 1))];
        return new ClaimFindings(
            seeds,
            [
                .. Networks.Select((n, i) => new ClaimFigure(
                    $"born dead, width {n.Width}, depth {n.Depth}", $"{n.Measured} (measured elsewhere), at most {bounds[i]:0.####}", shares[i], IsShare: true)),
            ],
            [
                new("the share is below the bound for every width and depth", means.Zip(bounds).All(pair => pair.First <= pair.Second)),
                new("of width 3 and depth 10, 50 to 70 % are born dead", means[1] is >= 0.5 and <= 0.7),
                new("of width 5 and depth 10 more than 10 %, of width 10 fewer than 1 %", means[3] > 0.1 && means[4] < 0.01),
            ])
        {
            Remarks = [$"{networks} networks a seed, inputs uniform in [-√3, √3], He initialisation, zero biases."],
            Chart = new ClaimChart(
                "Networks that are born dead, and the bound", "width × depth", "share of networks",
                [
                    new("measured", [.. shares.Select((s, i) => ClaimPoint.Of(i, s))]) { IsLine = false },
                    new("upper bound", [.. bounds.Select((b, i) => new ClaimPoint(i, b, b, b))]) { IsLine = false, IsPublished = true },
                ])
            {
                Places = [.. Networks.Select(n => $"{n.Width} × {n.Depth}")],
            },
        };
    }
}
