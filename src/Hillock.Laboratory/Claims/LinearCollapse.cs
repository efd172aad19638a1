using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Layers without an activation against one layer, and against the same layers with ReLU.</summary>
internal static class LinearCollapse
{
    private static readonly int[] Hidden = [32, 32, 32];

    public static Claim Claim { get; } = new(
        5,
        "linear_collapse",
        "Without an activation, layers collapse into one linear map: a deep linear network separates no more than logistic regression",
        "textbook statement, such as Goodfellow, Bengio & Courville, Deep Learning, 2016, ch. 6",
        "the product of the matrices is the network; the training error is that of logistic regression")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(4, 10);
        int samples = run.Pick(120, 600, 600);
        int epochs = run.Pick(2, 150, 300);
        string[] models = ["logistic regression", "deep linear network", "the same with ReLU"];
        (Evaluation Scores, double Collapse)[][] found = run.MapSeeds("spirals", models.Length, seeds, (model, seed) =>
        {
            (Dataset data, _) = run.BuiltIn("spirals", samples, (ulong)seed);
            Network network = Network.Create(ClaimRun.Mlp(data, model == 0 ? [] : Hidden, model == 2 ? "relu" : "identity"), run.Seed(seed));
            TrainingOptions options = new() { LearningRate = 0.01, Epochs = epochs, BatchSize = 50, Schedule = new CosineSchedule() };
            Trainer.Train(network, data, null, options, run.Seed(seed), cancellationToken: run.Token);
            return (Evaluator.Evaluate(network, data, run.Token), model == 1 ? Difference(network, data) : 0);
        });
        double[][] losses = [.. found.Select(m => m.Select(f => f.Scores.Loss).ToArray())];
        double[][] errors = [.. found.Select(m => m.Select(f => 1 - f.Scores.Accuracy!.Value).ToArray())];
        double[] apart = [.. losses[1].Zip(losses[0], (deep, one) => Math.Abs(deep - one))];
        double[] collapse = [.. found[1].Select(f => f.Collapse)];
        return new ClaimFindings(
            seeds,
            [
                new("greatest difference of the network from the product of its matrices, relative", "rounding", collapse),
                new("training loss of the deep linear network less that of logistic regression", "0", apart),
                .. models.Select((name, i) => new ClaimFigure($"training error, {name}", i == 2 ? "lower" : "equal", errors[i], IsShare: true)),
            ],
            [
                new("the product of the matrices reproduces the network within 1e-5 of its outputs, with every seed", collapse.Max() <= 1e-5),
                new("the training losses of the deep linear network and of logistic regression differ by less than 0.01, with every seed", apart.Max() < 0.01),
                new("with ReLU the training error is less than half of it, with every seed", errors[2].Zip(errors[0]).All(e => e.First < 0.5 * e.Second)),
            ])
        {
            Remarks = [$"three intertwined spirals, {samples} points, hidden layers of 32, 32, 32, {epochs} epochs of Adam."],
            Chart = new ClaimChart("Training error on three spirals", "", "share of points told wrongly",
                [new("training error", [.. errors.Select((e, i) => ClaimPoint.Of(i, e))]) { IsLine = false }])
            {
                Places = models,
            },
        };
    }

    /// <summary>How far the network's outputs are from those of the one matrix, relative to the greatest output.</summary>
    private static double Difference(Network network, Dataset data)
    {
        AffineMap map = LocalLinearMap.Collapse(network);
        double greatest = 0;
        double difference = 0;
        Outputs.Run(network, data, (row, outputs) =>
        {
            double[] expected = map.Apply([.. data.Inputs.Slice(row * data.Features, data.Features).ToArray().Select(x => (double)x)]);
            for (int k = 0; k < expected.Length; k++)
            {
                greatest = Math.Max(greatest, Math.Abs(expected[k]));
                difference = Math.Max(difference, Math.Abs(outputs[k] - expected[k]));
            }
        });
        return difference / greatest;
    }
}
