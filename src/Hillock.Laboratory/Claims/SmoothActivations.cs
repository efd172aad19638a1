using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Training losses of smooth functions against ReLU's.</summary>
internal static class SmoothActivations
{
    private static readonly string[] Activations = ["relu", "gelu", "mish", "swish"];
    private static readonly int[] Hidden = [.. Enumerable.Repeat(128, 8)];

    public static Claim Claim { get; } = new(
        17,
        "smooth_activations",
        "GELU, Mish and Swish reach lower training losses than ReLU on deep MNIST networks",
        "Hendrycks & Gimpel, Gaussian error linear units, 2016, fig. 2; Misra, Mish, 2020; Ramachandran, Zoph & Le, Searching for activation functions, 2017",
        "curves: GELU's median training loss is the lowest (8 layers of 128)")
    {
        Data = ["mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(3, 5);
        int epochs = run.Pick(2, 6, 20);
        Dataset training = run.Images("mnist", run.Pick(100, 20_000, 60_000));
        Dataset test = run.Images("mnist", run.Pick(50, 10_000, 10_000), test: true);
        TrainingOptions options = new() { LearningRate = 0.001, BatchSize = 128, Epochs = epochs };
        (double[] Losses, double Error)[][] found = run.MapSeeds("trainings", Activations.Length, seeds, (activation, seed) =>
        {
            (Network network, TrainingResult course) = Epochs.Train(
                run, ClaimRun.Mlp(training, run.Pick([16, 16], Hidden, Hidden), Activations[activation]), training, options, run.Seed(seed));
            return (course.Epochs.Select(e => e.TrainingLoss).ToArray(), Epochs.Error(run, network, test));
        });
        double[][] last = [.. found.Select(f => f.Select(r => r.Losses[^1]).ToArray())];
        return new ClaimFindings(
            seeds,
            [
                .. Activations.Select((name, i) => new ClaimFigure($"training loss of the last epoch, {name}", i == 0 ? "" : "lower than relu's", last[i])),
                .. Activations.Select((name, i) => new ClaimFigure($"test error, {name}", "", [.. found[i].Select(f => f.Error)], IsShare: true)),
            ],
            [
                .. Activations.Skip(1).Select((name, i) => new ClaimCheck(
                    $"{name}'s training loss is lower than relu's, with every seed", last[i + 1].Zip(last[0]).All(pair => pair.First < pair.Second))),
            ])
        {
            Remarks = [$"MNIST, {training.Count} images, 8 hidden layers of 128, Adam 0.001, batches of 128, {epochs} epochs; the same batches for all."],
            Chart = new ClaimChart("Training loss by epoch", "epoch", "mean training loss",
                [
                    .. Activations.Select((name, a) => new ClaimSeries(name,
                        [.. Enumerable.Range(0, epochs).Select(epoch => ClaimPoint.Of(epoch + 1, [.. found[a].Select(f => f.Losses[epoch])]))])),
                ])
            {
                IsLogarithmicUpwards = true,
            },
        };
    }
}
