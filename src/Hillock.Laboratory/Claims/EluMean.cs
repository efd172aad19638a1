using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Where the mean outputs of units lie, by activation.</summary>
internal static class EluMean
{
    private static readonly string[] Activations = ["elu", "relu", "leaky_relu(alpha=0.1)", "selu"];
    private static readonly int[] Hidden = [.. Enumerable.Repeat(128, 8)];

    public static Claim Claim { get; } = new(
        11,
        "elu_mean",
        "ELU's mean activation is nearest zero",
        "Clevert, Unterthiner & Hochreiter, Fast and accurate deep network learning by exponential linear units, 2016, fig. 2",
        "the median over the units of the mean activation stays nearest 0 with ELU, against ReLU and Leaky ReLU(.1)")
    {
        Data = ["mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(2, 5);
        int epochs = run.Pick(1, 4, 15);
        Dataset training = run.Images("mnist", run.Pick(100, 20_000, 60_000));
        Dataset some = training.Subset([.. Enumerable.Range(0, Math.Min(1000, training.Count))]);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 0.01, BatchSize = 64, Epochs = epochs };
        double[][][] medians = run.MapSeeds("trainings", Activations.Length, seeds, (activation, seed) =>
        {
            Network network = Network.Create(ClaimRun.Mlp(training, run.Pick([16, 16], Hidden, Hidden), Activations[activation]), run.Seed(seed));
            double[] course = new double[epochs + 1];
            course[0] = MedianOfMeans(network, some);
            Epochs.Until(run, network, training, options, run.Seed(seed), (epoch, _) =>
            {
                course[epoch] = MedianOfMeans(network, some);
                return false;
            });
            return course;
        });
        double[] Last(int activation) => [.. medians[activation].Select(m => m[^1])];
        return new ClaimFindings(
            seeds,
            [.. Activations.Select((name, i) => new ClaimFigure($"median unit's mean output after training, {name}", i == 0 ? "nearest 0" : "", Last(i)))],
            [
                new("ELU's median is nearer 0 than ReLU's and Leaky ReLU's, with every seed",
                    Enumerable.Range(0, seeds).All(seed => Math.Abs(Last(0)[seed]) < Math.Min(Math.Abs(Last(1)[seed]), Math.Abs(Last(2)[seed])))),
            ])
        {
            Remarks = [$"MNIST, 8 hidden layers of 128, SGD 0.01, batches of 64, {epochs} epochs; means over {some.Count} training images. SELU, which came later, is shown beside."],
            Chart = new ClaimChart("Median over all units of their mean output", "epoch", "median of means",
                [
                    .. Activations.Select((name, a) => new ClaimSeries(name,
                        [.. Enumerable.Range(0, epochs + 1).Select(epoch => ClaimPoint.Of(epoch, [.. medians[a].Select(m => m[epoch])]))])),
                ]),
        };
    }

    /// <summary>The median over all hidden units of the mean of what they give.</summary>
    private static double MedianOfMeans(Network network, Dataset data)
    {
        LayerTrace trace = new(network, data.Count);
        trace.Run(data.Inputs, data.Count);
        List<double> means = [];
        for (int layer = 0; layer < trace.Layers; layer++)
        {
            ReadOnlySpan<float> outputs = trace.Outputs(layer);
            double[] sums = new double[outputs.Length / data.Count];
            for (int i = 0; i < outputs.Length; i++)
            {
                sums[i % sums.Length] += outputs[i];
            }

            means.AddRange(sums.Select(sum => sum / data.Count));
        }

        return Moments.Quantile(means, 0.5);
    }
}
