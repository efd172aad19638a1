using Hillock.Activations;
using Hillock.Activations.Elementary;
using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>The gradient that reaches each layer of sigmoid networks of Nielsen's book, before a step is taken.</summary>
internal static class VanishingGradients
{
    private const int Units = 30;
    private const int Images = 1000;
    private const int MostLayers = 6;

    /// <summary>Nielsen's norms of networks of 2, 3 and 4 hidden layers, first epoch.</summary>
    private static readonly double[][] Published = [[0.0657, 0.309], [0.0118, 0.0600, 0.283], [0.0030, 0.0170, 0.0695, 0.285]];

    private static readonly string[] PublishedAccuracies = ["96.48 %", "96.90 %", "96.57 %", "96.53 %"];

    public static Claim Claim { get; } = new(
        1,
        "vanishing_gradients",
        "Sigmoid's slope is at most 0.25, so gradients vanish with depth",
        "Nielsen, Neural Networks and Deep Learning, 2015, ch. 5",
        "‖δ‖ by hidden layer, one network each: 2 layers .0657, .309; 3: .0118, .0600, .283; 4: .0030, .0170, .0695, .285")
    {
        Data = ["mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(40, 100);
        Dataset images = run.Images("mnist", Images);
        double[][][] norms = run.MapSeeds("norms", MostLayers, seeds, (layers, seed) => Norms(run, images, seed, layers + 1, sigmoid: true));
        double[] relu = [.. run.Map("norms of ReLU", seeds, seed => Norms(run, images, seed, 4, sigmoid: false)).Select(n => n[^1] / n[0])];
        double[][] ratios = [.. norms.Skip(1).Select(depth => depth.Select(n => n[^1] / n[0]).ToArray())];
        double[] perLayer = [.. norms[^1].Select(n => FifthRoot(n[^1] / n[0]))];
        double[] accuracies = Accuracies(run);
        float[] slope = [0];
        Activation.Parse("sigmoid").Slope([0f], slope);
        return new ClaimFindings(
            seeds,
            [
                new($"factor of the norm from layer to layer, {MostLayers} layers", "about 5", perLayer),
                .. Published.SelectMany((depth, i) => depth.Select((value, layer) => new ClaimFigure(
                    $"‖δ‖ in layer {layer + 1} of {depth.Length}", $"{value:.0000}", [.. norms[i + 1].Select(n => n[layer])]))),
                .. ratios.Select((r, i) => new ClaimFigure($"last over first of {i + 2} layers", "", r)),
                new("last over first of 4 layers, ReLU with He initialisation", "about flat", relu),
                .. accuracies.Select((a, i) => new ClaimFigure($"validation accuracy after 30 epochs, {i + 1} hidden layers", PublishedAccuracies[i], [a], IsShare: true)),
            ],
            [
                new("sigmoid's slope at 0, its greatest, is 0.25", slope[0] == 0.25f),
                new("each of the nine published norms lies in the 5 to 95 % band of the seeds", Published.Select((depth, i) => depth.Select((value, layer) =>
                    value >= Band(norms[i + 1], layer, 0.05) && value <= Band(norms[i + 1], layer, 0.95)).All(inside => inside)).All(inside => inside)),
                new("the median norm grows 3 to 8 times from layer to layer of six", new ClaimFigure("", "", perLayer).Median is > 3 and < 8),
                new("with ReLU and He initialisation it stays within a factor of 3 over four layers (median)", new ClaimFigure("", "", relu).Median is > 1.0 / 3 and < 3),
            ])
        {
            Remarks =
            [
                $"Hidden layers of {Units}, W ~ N(0, 1/n), b ~ N(0, 1), ten sigmoid outputs with cross entropy, the mean gradient over the first {Images} training images.",
                .. accuracies.Length == 0 ? Array.Empty<string>() : ["Accuracies: 30 epochs of SGD, rate 0.1, batches of 10, λ = 5, 50,000 training images; softmax in place of ten sigmoids, one seed."],
            ],
            Chart = new ClaimChart("How much of the gradient reaches each layer before training", "hidden layer", "‖δ‖",
                [
                    .. norms.Skip(1).Select((depth, i) => new ClaimSeries($"{i + 2} layers",
                        [.. Enumerable.Range(0, i + 2).Select(layer => ClaimPoint.Of(layer + 1, [.. depth.Select(n => n[layer])]))])),
                    new("Nielsen, 4 layers", [.. Published[2].Select((y, i) => new ClaimPoint(i + 1, y, y, y))]) { IsPublished = true },
                ])
            {
                IsLogarithmicUpwards = true,
            },
        };
    }

    private static double Band(double[][] norms, int layer, double share) => Moments.Quantile(norms.Select(n => n[layer]), share);

    /// <summary>The root that five layers multiply to a ratio, found by halving.</summary>
    private static double FifthRoot(double ratio)
    {
        double low = 0;
        double high = Math.Max(1, ratio);
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = middle * middle * middle * middle * middle < ratio ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double[] Norms(ClaimRun run, Dataset images, int seed, int layers, bool sigmoid)
    {
        RandomKey key = run.Seed(seed).Derive(layers);
        Network network = Network.Create(ClaimRun.Mlp(images, [.. Enumerable.Repeat(Units, layers)], sigmoid ? "sigmoid" : "relu"), key);
        for (int layer = 0; layer <= layers && sigmoid; layer++)
        {
            RandomStream random = new(key.Derive("nielsen").Derive(layer));
            int inputs = network.Weights(layer).Length / network.Biases(layer).Length;
            random.FillNormal(network.Weights(layer), 0, Math.Sqrt(1.0 / inputs));
            random.FillNormal(network.Biases(layer), 0, 1);
        }

        LayerTrace trace = new(network, images.Count);
        trace.Run(images.Inputs, images.Count, (outputs, gradient) =>
        {
            // Cross entropy of sigmoid outputs: dC/dz is the output less the target.
            ElementaryFunctions.Sigmoid(outputs, gradient);
            for (int i = 0; i < gradient.Length; i++)
            {
                float target = images.Labels[i / images.Classes] == i % images.Classes ? 1 : 0;
                gradient[i] = (gradient[i] - target) / images.Count;
            }
        });
        return [.. Enumerable.Range(0, layers).Select(trace.SignalNorm)];
    }

    private static double[] Accuracies(ClaimRun run)
    {
        if (run.Pick(true, true, false))
        {
            return [];
        }

        Dataset training = run.Images("mnist", 50_000);
        Dataset validation = run.Images("mnist", 10_000, first: 50_000);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 0.1, BatchSize = 10, Epochs = 30, WeightDecay = 5.0 / 50_000 };
        return run.Map("30 epochs", PublishedAccuracies.Length, layers => 1 - Epochs.Error(
            run,
            Epochs.Train(run, ClaimRun.Mlp(training, [.. Enumerable.Repeat(Units, layers + 1)], "sigmoid"), training, options, run.Seed(0).Derive("training")).Network,
            validation));
    }
}
