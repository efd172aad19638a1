using Hillock.Activations.Random;
using Hillock.Laboratory.Statistics;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>How much the training loss swings and how soon it falls, tanh against sigmoid.</summary>
internal static class TanhFolklore
{
    private const double LossToReach = 0.5;
    private const int Smoothing = 10;
    private const int Features = 20;

    private static readonly string[] Activations = ["tanh", "sigmoid"];

    public static Claim Claim { get; } = new(
        20,
        "tanh_folklore",
        "Tanh's loss swings less than sigmoid's and converges faster; sigmoid suits features that differ only slightly",
        "articles on activation functions, without source",
        "no figures")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(8, 20);
        int most = run.Pick(2, 60, 100);
        Course[][] courses = run.MapSeeds("digits", Activations.Length, seeds, (activation, seed) => Train(run, Activations[activation], seed, most));
        double[][] slight = run.MapSeeds("classes that differ little", Activations.Length, seeds, (activation, seed) => Slight(run, Activations[activation], seed));
        double[][] swings = [.. courses.Select(c => c.Select(course => course.Swing).ToArray())];
        double[][] epochs = [.. courses.Select(c => c.Select(course => course.Epochs).ToArray())];
        double[] gain = [.. slight[1].Zip(slight[0], (sigmoid, tanh) => sigmoid - tanh)];
        double? p = ResampledTTest.PValue(gain, 0, 1e-3);
        int shown = courses.Min(c => c.Min(course => course.Losses.Length));
        return new ClaimFindings(
            seeds,
            [
                .. Activations.Select((name, i) => new ClaimFigure($"swing of the training loss, {name}", "", swings[i])),
                .. Activations.Select((name, i) => new ClaimFigure($"epochs to a training loss of {LossToReach}, {name}", "", epochs[i])),
                new($"test accuracy of sigmoid less that of tanh where classes differ little (p = {(p is { } value ? $"{value:0.000}" : "none")})", "above 0", gain, IsShare: true),
            ],
            [
                new("tanh's loss swings less, with every seed", swings[0].Zip(swings[1]).All(s => s.First < s.Second)),
                new($"it reaches a loss of {LossToReach} in fewer epochs, with every seed", epochs[0].Zip(epochs[1]).All(e => e.First < e.Second)),
                new("sigmoid is more accurate where classes differ little (paired t-test, p below 0.05)", p < 0.05 && gain.Average() > 0),
            ])
        {
            Remarks =
            [
                $"The built-in digits, two hidden layers of 32, SGD 0.1, batches of 32. Swing: the mean absolute second difference of the loss by step, smoothed over {Smoothing} steps, "
                + $"in the first {most} epochs or until a loss of {LossToReach}. Classes that differ little: two clouds N(±0.1, 1) in {Features} dimensions.",
            ],
            Chart = new ClaimChart("Training loss by epoch, as far as all seeds go", "epoch", "mean training loss",
                [
                    .. Activations.Select((name, a) => new ClaimSeries(name,
                        [.. Enumerable.Range(0, shown).Select(e => ClaimPoint.Of(e + 1, [.. courses[a].Select(c => c.Losses[e])]))])),
                ]),
        };
    }

    private static Course Train(ClaimRun run, string activation, int seed, int most)
    {
        const int batch = 32;
        (Dataset data, _) = run.BuiltIn("digits", run.Pick(100, 1000, 2000), (ulong)seed);
        Network network = Network.Create(ClaimRun.Mlp(data, [32, 32], activation), run.Seed(seed));
        LayerTrace trace = new(network, batch);
        BatchGradient gradient = new(network.Description, batch);
        List<double> steps = [];
        List<double> epochs = [];
        int[] order = [.. Enumerable.Range(0, data.Count)];
        while (epochs.Count < most && !(epochs.Count > 0 && epochs[^1] <= LossToReach))
        {
            run.Token.ThrowIfCancellationRequested();
            new RandomStream(run.Seed(seed).Derive("order").Derive(epochs.Count)).Shuffle(order);
            Dataset shuffled = data.Subset(order);
            int before = steps.Count;
            for (int first = 0; first + batch <= data.Count; first += batch)
            {
                steps.Add(gradient.Run(trace, shuffled, first, batch));
                trace.Descend(0.1);
            }

            epochs.Add(steps.Skip(before).Average());
        }

        return new Course([.. epochs], Swing(steps));
    }

    /// <summary>The mean absolute second difference of the moving average.</summary>
    private static double Swing(List<double> losses)
    {
        double[] smooth = [.. Enumerable.Range(0, Math.Max(0, losses.Count - Smoothing + 1)).Select(i => losses.Skip(i).Take(Smoothing).Average())];
        double sum = 0;
        for (int i = 2; i < smooth.Length; i++)
        {
            sum += Math.Abs(smooth[i] - (2 * smooth[i - 1]) + smooth[i - 2]);
        }

        return smooth.Length < 3 ? 0 : sum / (smooth.Length - 2);
    }

    private static double Slight(ClaimRun run, string activation, int seed)
    {
        int count = run.Pick(60, 1000, 2000);
        Dataset Draw(string part)
        {
            float[] inputs = Moments.Normal(run.Seed(seed).Derive(part), count * Features);
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] += i / Features % 2 == 0 ? 0.1f : -0.1f;
            }

            return Dataset.Classification(inputs, Features, [.. Enumerable.Range(0, count).Select(i => i % 2)], 2);
        }

        Dataset training = Draw("training");
        TrainingOptions options = new() { LearningRate = 0.003, BatchSize = 32, Epochs = run.Pick(1, 10, 20) };
        return 1 - Epochs.Error(run, Epochs.Train(run, ClaimRun.Mlp(training, [32, 32], activation), training, options, run.Seed(seed)).Network, Draw("test"));
    }

    /// <summary>The mean training loss of each epoch until the loss to reach, and how much the loss swings from step to step.</summary>
    private sealed record Course(double[] Losses, double Swing)
    {
        public double Epochs => Losses.Length;
    }
}
