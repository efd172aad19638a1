using Hillock.Activations.Random;
using Hillock.Laboratory.Statistics;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Three statements about Leaky ReLU that articles repeat, each as a paired test.</summary>
internal static class LeakyFolklore
{
    private const double Significant = 0.05;

    private static readonly string[] Activations = ["relu", "leaky_relu"];

    private static readonly string[] Tasks =
        ["digits in (0, 1)", "digits standardised", "moons, 5 % outliers", "moons, noise", "spirals"];

    public static Claim Claim { get; } = new(
        19,
        "leaky_folklore",
        "Leaky ReLU is no use where inputs are positive or scaled to (0, 1), is sturdier on outliers and noise, and is weak on hard tasks",
        "articles on activation functions, without source",
        "no figures")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(8, 20);
        double[][] gains = run.MapSeeds("trainings", Tasks.Length, seeds, (task, seed) => Gain(run, task, seed));
        double?[] p = [.. gains.Select(g => ResampledTTest.PValue(g, 0, 1e-3))];
        bool Better(int task) => p[task] < Significant && gains[task].Average() > 0;
        bool Worse(int task) => p[task] < Significant && gains[task].Average() < 0;
        return new ClaimFindings(
            seeds,
            [
                .. Tasks.Select((name, i) => new ClaimFigure(
                    $"test accuracy of leaky_relu less that of relu, {name} (p = {(p[i] is { } value ? $"{value:0.000}" : "none")})", "", gains[i], IsShare: true)),
            ],
            [
                new("on inputs in (0, 1) leaky_relu is not significantly better (p below 0.05), on standardised ones it is", !Better(0) && Better(1)),
                new("with outliers it is significantly better", Better(2)),
                new("with noise it is significantly better", Better(3)),
                new("on spirals it is significantly worse", Worse(4)),
            ])
        {
            Remarks =
            [
                "Paired t-tests over the seeds: the same data, weights and batches for both. Two hidden layers of 32, Adam. Moons: the built-in points, 5 % of the "
                + "values replaced by numbers from U(-20, 20), or N(0, 0.5²) added, in the training samples only.",
            ],
            Chart = new ClaimChart("What Leaky ReLU gains over ReLU", "", "difference of test accuracy",
                [new("leaky_relu less relu", [.. gains.Select((g, i) => ClaimPoint.Of(i, g))]) { IsLine = false }])
            {
                Places = Tasks,
            },
        };
    }

    private static double Gain(ClaimRun run, int task, int seed)
    {
        (Dataset training, Dataset test) = Data(run, task, seed);
        TrainingOptions options = new() { LearningRate = 0.005, BatchSize = 32, Epochs = run.Pick(1, task < 2 ? 10 : 40, task < 2 ? 20 : 80) };
        double[] errors =
        [
            .. Activations.Select(name => Epochs.Error(
                run, Epochs.Train(run, ClaimRun.Mlp(training, [32, 32], name), training, options, run.Seed(seed)).Network, test))
        ];
        return errors[0] - errors[1];
    }

    private static (Dataset Training, Dataset Test) Data(ClaimRun run, int task, int seed)
    {
        string name = task < 2 ? "digits" : task < 4 ? "moons" : "spirals";
        (Dataset training, Dataset test) = run.BuiltIn(name, run.Pick(60, 600, 1000), (ulong)seed);
        RandomStream random = new(run.Seed(seed).Derive("disturbance"));
        return task switch
        {
            0 => (Scaled(training, training), Scaled(test, training)),
            2 => (Changed(training, x => random.NextDouble() < 0.05 ? (random.NextDouble() * 40) - 20 : x), test),
            3 => (Changed(training, x => x + (0.5 * random.NextNormal())), test),
            _ => (training, test),
        };
    }

    /// <summary>All inputs moved and shrunk to where those of the training samples span (0, 1).</summary>
    private static Dataset Scaled(Dataset data, Dataset training)
    {
        (float low, float high) = (float.MaxValue, float.MinValue);
        foreach (float input in training.Inputs)
        {
            (low, high) = (Math.Min(low, input), Math.Max(high, input));
        }

        return Changed(data, x => (x - low) / (high - low));
    }

    private static Dataset Changed(Dataset data, Func<double, double> change) => Dataset.Classification(
        [.. data.Inputs.ToArray().Select(x => (float)change(x))], data.Shape, data.Labels.ToArray(), data.Classes);
}
