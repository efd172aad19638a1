using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Units that no training image activates any more, by learning rate, and whether they come back.</summary>
internal static class DyingRelu
{
    /// <summary>A rate at which many die, and networks seldom diverge.</summary>
    private const double DeadlyRate = 0.9;

    private const double GentleRate = 0.1;

    private static readonly double[] Rates = [0.1, 0.3, 0.6, 0.8, 0.9, 1.0];
    private static readonly string[] Measured = ["0", "0", "4 to 9 %", "27 to 29 %", "28 to 47 %", "44 to 66 %"];
    private static readonly int[] Hidden = [256, 256];

    public static Claim Claim { get; } = new(
        2,
        "dying_relu",
        "Up to 40 % of ReLUs die when the learning rate is too high, and do not come back; leaky ones do",
        "CS231n, Convolutional Neural Networks for Visual Recognition, Stanford, notes on neural networks",
        "\"as much as 40 %\"; no experiment given")
    {
        Data = ["mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(3, 8);
        Dataset images = run.Images("mnist");
        Dataset test = run.Images("mnist", test: true);
        (double Dead, double Accuracy)[][] found = run.MapSeeds("learning rates", Rates.Length, seeds, (rate, seed) =>
        {
            Network network = Train(run, "relu", images, Rates[rate], seed);
            return (Silent(run, network, images), Evaluator.Evaluate(network, test, run.Token).Accuracy ?? 0);
        });
        (double Before, double After)[][] recovery = run.MapSeeds("recovery", 2, seeds, (activation, seed) =>
        {
            Network network = Train(run, "relu", images, DeadlyRate, seed);
            double before = Silent(run, network, images);
            Network gentle = Copy(run, network, images, activation == 0 ? "relu" : "leaky_relu");
            Trainer.Train(gentle, images, null, Options(GentleRate) with { Epochs = run.Pick(1, 3, 5) }, run.Seed(seed).Derive("recovery"), cancellationToken: run.Token);
            return (before, Silent(run, gentle, images));
        });
        double[][] dead = [.. found.Select(f => f.Select(r => r.Dead).Where(double.IsFinite).DefaultIfEmpty(0).ToArray())];
        double[] means = [.. dead.Select(d => d.Average())];
        int diverged = found.Sum(f => f.Count(r => !double.IsFinite(r.Dead)));
        double[][] kept =
        [
            .. recovery.Select(r => r.Where(s => s.Before > 0 && double.IsFinite(s.After)).Select(s => s.After / s.Before).DefaultIfEmpty(1).ToArray()),
        ];
        int[] high = [.. Enumerable.Range(0, Rates.Length).Where(i => Rates[i] >= 0.8)];
        return new ClaimFindings(
            seeds,
            [
                new("dead units of the first layer at the worst learning rate from 0.8 to 1.0", "40 %", dead[high.MaxBy(i => means[i])], IsShare: true),
                .. Rates.Select((rate, i) => new ClaimFigure($"dead units of the first layer, learning rate {rate}", $"{Measured[i]} (measured elsewhere)", dead[i], IsShare: true)),
                .. Rates.Select((rate, i) => new ClaimFigure($"test accuracy, learning rate {rate}", "", [.. found[i].Where(f => double.IsFinite(f.Dead)).Select(f => f.Accuracy).DefaultIfEmpty(0)], IsShare: true)),
                new($"dead units after more epochs at {GentleRate} over those after one at {DeadlyRate}", "they do not come back", kept[0], IsShare: true),
                new("the same, when Leaky ReLU takes the place of ReLU", "they do", kept[1], IsShare: true),
            ],
            [
                new("no unit is dead at learning rates up to 0.3, with every seed", Enumerable.Range(0, Rates.Length).Where(i => Rates[i] <= 0.3).All(i => dead[i].Max() == 0)),
                new("the mean share of dead units is below 40 % at 0.6 and passes it between 0.8 and 1.0", means[2] < 0.4 && high.Any(i => means[i] > 0.4)),
                new("at a low rate no dead ReLU comes back, and some do when Leaky ReLU takes its place (mean over the seeds)", kept[0].Min() >= 1 && kept[1].Average() < 1),
            ])
        {
            Remarks =
            [
                "MNIST, 784-256-256-10, He initialisation, SGD without momentum, batches of 64, one epoch; dead: not above 0 on any of the training images.",
                $"Trainings that diverged are left out: {diverged} of {Rates.Length * seeds}.",
                "A dead ReLU of the first layer has no gradient; it can only come back if its input changes, and the images do not.",
            ],
            Chart = new ClaimChart("Dead units of the first layer after one epoch", "learning rate", "share of dead units",
                [new("ReLU", [.. Rates.Select((rate, i) => ClaimPoint.Of(rate, dead[i]))])]),
        };
    }

    private static TrainingOptions Options(double rate) =>
        new() { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = rate, BatchSize = 64, Epochs = 1 };

    private static Network Train(ClaimRun run, string activation, Dataset images, double rate, int seed)
    {
        RandomKey key = run.Seed(seed);
        return Epochs.Train(run, ClaimRun.Mlp(images, run.Pick([16, 16], Hidden, Hidden), activation), images, Options(rate), key).Network;
    }

    /// <summary>
    /// The share of units of the first layer that are above 0 on no image. What they read does not depend on the activation, so a network of ReLUs with the
    /// same weights tells it.
    /// </summary>
    private static double Silent(ClaimRun run, Network network, Dataset images)
    {
        Network rectified = Copy(run, network, images, "relu");

        // A network that diverged has no layers to look into.
        return NetworkDiagnosis.Measure(rectified, images, cancellationToken: run.Token).Layers is [{ Dead: { } dead }, ..] ? dead : double.NaN;
    }

    /// <summary>A network with the same weights and another activation.</summary>
    private static Network Copy(ClaimRun run, Network network, Dataset images, string activation)
    {
        Network copy = Network.Create(
            ClaimRun.Mlp(images, [.. network.Description.Layers.OfType<DenseLayer>().SkipLast(1).Select(layer => layer.Units)], activation), run.Common);
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            network.Weights(layer).CopyTo(copy.Weights(layer));
            network.Biases(layer).CopyTo(copy.Biases(layer));
        }

        return copy;
    }
}
