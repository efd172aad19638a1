using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Units that no training image activates any more, by learning rate, and whether they come back.</summary>
internal static class DyingRelu
{
    private const double DeadlyRate = 0.8;
    private const double GentleRate = 0.05;

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
            Network network = Train(run, activation == 0 ? "relu" : "leaky_relu", images, DeadlyRate, seed);
            double before = Silent(run, network, images);
            Trainer.Train(network, images, null, Options(GentleRate), run.Seed(seed).Derive("recovery"), cancellationToken: run.Token);
            return (before, Silent(run, network, images));
        });
        double[][] dead = [.. found.Select(f => f.Select(r => r.Dead).ToArray())];
        double[] means = [.. dead.Select(d => d.Average())];
        double[][] back = [.. recovery.Select(r => r.Where(s => s.Before > 0 && double.IsFinite(s.After)).Select(s => 1 - (s.After / s.Before)).DefaultIfEmpty(0).ToArray())];
        int[] high = [.. Enumerable.Range(0, Rates.Length).Where(i => Rates[i] >= DeadlyRate)];
        return new ClaimFindings(
            seeds,
            [
                new("dead units of the first layer at the worst learning rate from 0.8 to 1.0", "40 %", dead[high.MaxBy(i => means[i])], IsShare: true),
                .. Rates.Select((rate, i) => new ClaimFigure($"dead units of the first layer, learning rate {rate}", $"{Measured[i]} (measured elsewhere)", dead[i], IsShare: true)),
                .. Rates.Select((rate, i) => new ClaimFigure($"test accuracy, learning rate {rate}", "", [.. found[i].Select(f => f.Accuracy)], IsShare: true)),
                new($"of the units dead after an epoch at {DeadlyRate}, back after one at {GentleRate}, ReLU", "none", back[0], IsShare: true),
                new("the same, Leaky ReLU (never above 0 counts as dead)", "some", back[1], IsShare: true),
            ],
            [
                new("no unit is dead at learning rates up to 0.3, with every seed", Enumerable.Range(0, Rates.Length).Where(i => Rates[i] <= 0.3).All(i => dead[i].Max() == 0)),
                new("the mean share of dead units passes 40 % between 0.8 and 1.0", high.Any(i => means[i] > 0.4) && means[high[0]] < 0.6),
                new("of Leaky ReLU's silent units more come back than of ReLU's (mean over the seeds)", back[1].Average() > back[0].Average()),
            ])
        {
            Remarks =
            [
                "MNIST, 784-256-256-10, He initialisation, SGD without momentum, batches of 64, one epoch; dead: not above 0 on any of the training images.",
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
        Network rectified = Network.Create(
            ClaimRun.Mlp(images, [.. network.Description.Layers.OfType<DenseLayer>().SkipLast(1).Select(layer => layer.Units)], "relu"), run.Common);
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            network.Weights(layer).CopyTo(rectified.Weights(layer));
            network.Biases(layer).CopyTo(rectified.Biases(layer));
        }

        return NetworkDiagnosis.Measure(rectified, images, cancellationToken: run.Token).Layers[0].Dead ?? double.NaN;
    }
}
