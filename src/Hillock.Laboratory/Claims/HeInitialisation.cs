using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Signals and gradients of deep rectifier networks under three initialisations, and the slopes that PReLU learns.</summary>
internal static class HeInitialisation
{
    private const int Depth = 30;
    private const int Width = 256;
    private const double PublishedRatio = 1.7e4;
    private const double SmallDeviation = 0.01;

    /// <summary>The filters of the ten convolutions of the paper's example, model B of VGG.</summary>
    private static readonly int[] Filters = [64, 64, 128, 128, 256, 256, 512, 512, 512, 512];

    private const int Kernel = 3;

    private static readonly string[] Schemes = ["He", "Xavier"];

    public static Claim Claim { get; } = new(
        8,
        "he_initialisation",
        "He initialisation keeps the signals of rectifiers alive in depth, where Xavier's halves them layer by layer; with std .01 the gradient of a ten-layer network is lost",
        "He, Zhang, Ren & Sun, Delving deep into rectifiers, 2015",
        "forward variance flat with std √(2/n), 2^-L with Xavier; gradient at conv2 of ten convolutions 1/(1.7·10^4) of He's with std .01; PReLU's first slope .681 (shared), deeper ones mostly .01 to .3")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(5, 20);
        double[][][] courses = run.MapSeeds("forward variance", 2, seeds, (scheme, seed) => Course(run.Seed(seed), scheme == 0 ? 2 : 1, run.Pick(16, 256, 256)));
        double[] ratios = run.Map("gradients of ten convolutions", run.Pick(1, Math.Min(seeds, 5), Math.Min(seeds, 10)), seed => GradientRatio(run, run.Seed(seed)));
        double[][] slopes = run.Map("PReLU", run.Pick(1, Math.Min(seeds, 2), Math.Min(seeds, 5)), seed => LearnedSlopes(run, seed));
        double[] kept = [.. courses[0].Select(c => c[^1] / c[0])];
        double[] factors = [.. courses[1].Select(c => Factor(c[^1] / c[0]))];
        double keptMedian = new ClaimFigure("", "", kept).Median;
        double ratioMedian = new ClaimFigure("", "", ratios).Median;
        return new ClaimFindings(
            seeds,
            [
                new("gradient at conv2 with std .01, He's over it", "1.7·10^4", ratios),
                new($"variance in layer {Depth} over that in layer 1, He", "1", kept),
                new("factor of the variance from layer to layer, Xavier", "0.5", factors),
                .. Enumerable.Range(0, slopes[0].Length).Select(layer => new ClaimFigure(
                    $"slope that PReLU learned in layer {layer + 1} of {slopes[0].Length}", layer == 0 ? ".681 (first of 14 layers)" : ".01 to .3 mostly",
                    [.. slopes.Select(s => s[layer])])),
            ],
            [
                new($"with He initialisation the variance in layer {Depth} is between a third and three times that in layer 1 (median)", keptMedian is > 1.0 / 3 and < 3),
                new("with Xavier's it is multiplied by 0.45 to 0.55 from layer to layer (every seed)", factors.All(f => f is > 0.45 and < 0.55)),
                new("with std .01 the gradient at conv2 of ten convolutions is 1/(1.7·10^4) of He's within a factor of 1.5 (median)",
                    ratioMedian is > PublishedRatio / 1.5 and < PublishedRatio * 1.5),
            ])
        {
            Remarks =
            [
                $"{Depth} layers of {Width} ReLU units on inputs N(0, 1); ten convolutions 3×3 of {string.Join(", ", Filters)} filters without pooling, weights by the number of filters as in the paper.",
                slopes.All(s => s[0] > s.Skip(1).Average())
                    ? "PReLU learned a larger slope in the first layer than deeper ones have on average, with every seed (a convolutional network on digits): the trend of the paper."
                    : "PReLU's slopes show no trend from the first layer to deeper ones here (a convolutional network on digits).",
            ],
            Chart = new ClaimChart("Mean square of a ReLU layer's outputs, layer by layer", "layer", "mean square over that of layer 1",
                [
                    .. Schemes.Select((name, i) => new ClaimSeries(name,
                        [.. Enumerable.Range(0, Depth).Select(layer => ClaimPoint.Of(layer + 1, [.. courses[i].Select(c => c[layer] / c[0])]))])),
                    new("2^-L", [.. Enumerable.Range(0, Depth).Select(layer => Math.ScaleB(1, -layer)).Select((y, i) => new ClaimPoint(i + 1, y, y, y))]) { IsPublished = true },
                ])
            {
                IsLogarithmicUpwards = true,
            },
        };
    }

    /// <summary>The root that brings a ratio of <see cref="Depth"/> - 1 layers down to one, found by halving so that it has the same bits everywhere.</summary>
    private static double Factor(double ratio)
    {
        double low = 0;
        double high = 2;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            double power = 1;
            for (int layer = 1; layer < Depth; layer++)
            {
                power *= middle;
            }

            (low, high) = power < ratio ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The mean square of every layer's outputs with weights of variance gain/n.</summary>
    private static double[] Course(RandomKey key, double gain, int rows)
    {
        Network network = Network.Create(
            NetworkDescription.Mlp(Width, [.. Enumerable.Repeat(Width, Depth)], Activation.Parse("relu"), 1, Loss.MeanSquaredError), key);
        for (int layer = 0; layer < Depth; layer++)
        {
            new RandomStream(key.Derive("weights").Derive(layer)).FillNormal(network.Weights(layer), 0, Math.Sqrt(gain / Width));
        }

        LayerTrace trace = new(network, rows);
        trace.Run(Moments.Normal(key.Derive("inputs"), rows * Width), rows);
        return [.. Enumerable.Range(0, Depth).Select(layer => Moments.MeanSquare(trace.Outputs(layer)))];
    }

    /// <summary>The size of the gradient where conv2 reads, He's over that with small weights, for the same gradient behind conv10.</summary>
    private static double GradientRatio(ClaimRun run, RandomKey key)
    {
        int size = run.Pick(3, 6, 8);
        int[] filters = run.Pick([4, 4, 8], Filters, Filters);
        double[] gradients =
        [
            Gradient(key.Derive("he"), filters, size, count => Math.Sqrt(2.0 / (Kernel * Kernel * count))),
            Gradient(key.Derive("small"), filters, size, _ => SmallDeviation),
        ];
        return gradients[0] / gradients[1];
    }

    private static double Gradient(RandomKey key, int[] filters, int size, Func<int, double> deviation)
    {
        List<LayerDescription> layers = [];
        foreach (int count in filters)
        {
            layers.Add(new ConvolutionLayer(count, Kernel));
            layers.Add(new ActivationLayer(Activation.Parse("relu")));
        }

        // The last activation is left away: the gradient begins behind conv10.
        Network network = Network.Create(new NetworkDescription(TensorShape.Image(size, size, 3), layers[..^1], Loss.SoftmaxCrossEntropy), key);
        for (int layer = 0; layer < filters.Length; layer++)
        {
            new RandomStream(key.Derive("weights").Derive(layer)).FillNormal(network.Weights(layer), 0, deviation(filters[layer]));
        }

        const int rows = 2;
        LayerTrace trace = new(network, rows);
        trace.Run(Moments.Normal(key.Derive("inputs"), rows * size * size * 3), rows, (_, gradient) => new RandomStream(key.Derive("gradient")).FillNormal(gradient, 0, 1));
        return Math.Sqrt(Moments.MeanSquare(trace.Signal(0)));
    }

    private static double[] LearnedSlopes(ClaimRun run, int seed)
    {
        (Dataset data, _) = run.BuiltIn("digits", run.Pick(100, 1500, 2500), (ulong)seed);
        NetworkDescription description = NetworkText.Parse(
            "conv:8x3,activation,conv:16x3,activation,pool:2,conv:16x3,activation,pool:2,dense:64,activation",
            data.Shape, Activation.Parse("prelu"), data.Classes, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, run.Seed(seed));
        Trainer.Train(network, data, null, new TrainingOptions { Epochs = run.Pick(1, 6, 15), LearningRate = 0.003 }, run.Seed(seed), cancellationToken: run.Token);
        return [.. network.LearnedParameters.Select(p => (double)p.Values[0])];
    }
}
