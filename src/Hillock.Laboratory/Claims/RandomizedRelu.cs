using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>RReLU in both of its definitions against ReLU.</summary>
internal static class RandomizedRelu
{
    private static readonly string[] Activations = ["relu", "rrelu", "rrelu_paper"];
    private static readonly int[] Hidden = [256, 256, 128];

    public static Claim Claim { get; } = new(
        13,
        "rrelu",
        "RReLU's random slopes keep it from overfitting: a higher training error, and no worse a test error than ReLU",
        "Xu, Wang, Chen & Li, Empirical evaluation of rectified activations in convolutional network, 2015",
        "a higher training error and a lower test error than ReLU on the paper's data sets")
    {
        Data = ["fashion-mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(3, 8);
        int epochs = run.Pick(1, 15, 30);
        Dataset training = run.Images("fashion-mnist", run.Pick(100, 6000, 10_000));
        Dataset test = run.Images("fashion-mnist", run.Pick(50, 5000, 10_000), test: true);
        TrainingOptions options = new() { LearningRate = 0.001, BatchSize = 64, Epochs = epochs, Schedule = new CosineSchedule() };
        (double Training, double Test)[][] errors = run.MapSeeds("trainings", Activations.Length, seeds, (activation, seed) =>
        {
            Network network = Epochs.Train(
                run, ClaimRun.Mlp(training, run.Pick([16], Hidden, Hidden), Activations[activation]), training, options, run.Seed(seed)).Network;
            return (Epochs.Error(run, network, training), Epochs.Error(run, network, test));
        });
        double[] trainings = [.. errors.Select(e => e.Average(x => x.Training))];
        double[] tests = [.. errors.Select(e => e.Average(x => x.Test))];
        return new ClaimFindings(
            seeds,
            [
                .. Activations.Select((name, i) => new ClaimFigure($"test error, {name}", i == 0 ? "" : "no worse than relu's", [.. errors[i].Select(e => e.Test)], IsShare: true)),
                .. Activations.Select((name, i) => new ClaimFigure($"training error, {name}", i == 0 ? "" : "higher than relu's", [.. errors[i].Select(e => e.Training)], IsShare: true)),
            ],
            [
                .. Activations.Skip(1).SelectMany((name, i) => new ClaimCheck[]
                {
                    new($"{name}'s training error is higher than relu's (mean)", trainings[i + 1] > trainings[0]),
                    new($"{name}'s test error is at most relu's (mean)", tests[i + 1] <= tests[0]),
                }),
            ])
        {
            Remarks =
            [
                $"Fashion-MNIST, {training.Count} training images, 784-256-256-128-10, Adam, {epochs} epochs. rrelu is PyTorch's: slope from U(1/8, 1/3), 11/48 in evaluation; "
                + "rrelu_paper the paper's: divisor from U(3, 8), 5.5 in evaluation. Training errors are those of the network in evaluation.",
            ],
            Chart = new ClaimChart("Error on the training and on the test images", "", "share told wrongly",
                [
                    new("training", [.. errors.Select((e, i) => ClaimPoint.Of(i, [.. e.Select(x => x.Training)]))]) { IsLine = false },
                    new("test", [.. errors.Select((e, i) => ClaimPoint.Of(i, [.. e.Select(x => x.Test)]))]) { IsLine = false },
                ])
            {
                Places = Activations,
            },
        };
    }
}
