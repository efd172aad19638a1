using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Six activations on Fashion-MNIST, as a tutorial has them.</summary>
internal static class FashionActivations
{
    private static readonly string[] Activations = ["sigmoid", "tanh", "relu", "leaky_relu(alpha=0.1)", "elu", "swish"];
    private static readonly string[] Published = ["10.0 %, 78.5 %", "87.6 %", "88.6 %", "88.9 %", "87.3 %", "88.7 %"];
    private static readonly int[] Hidden = [512, 256, 256, 128];

    public static Claim Claim { get; } = new(
        12,
        "fashion_activations",
        "On Fashion-MNIST all activations but sigmoid do about equally well; sigmoid hardly learns in a deep network",
        "UvA Deep Learning Tutorials 3, Activation functions (Lippe)",
        "test accuracy: sigmoid 10.0 (another implementation 78.5), tanh 87.6, ReLU 88.6, Leaky 88.9, ELU 87.3, Swish 88.7 %; dead ReLUs after training 0, 0, 0, 3")
    {
        Data = ["fashion-mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(1, 2);
        Dataset all = run.Images("fashion-mnist", run.Pick(200, 16_000, 60_000), low: -1);
        Dataset test = run.Images("fashion-mnist", run.Pick(50, 10_000, 10_000), test: true, low: -1);
        int held = all.Count / 6;
        Dataset training = all.Subset([.. Enumerable.Range(0, all.Count - held)]);
        Dataset validation = all.Subset([.. Enumerable.Range(all.Count - held, held)]);
        TrainingOptions options = new()
        {
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 0.01,
            Momentum = 0.9,
            BatchSize = 256,
            Epochs = run.Pick(1, 12, 50),
            Patience = 7,
        };
        (double Accuracy, double[] Dead, double[] Course)[][] found = run.MapSeeds("trainings", Activations.Length, seeds, (activation, seed) =>
        {
            (Network network, TrainingResult course) = Epochs.Train(
                run, ClaimRun.Mlp(training, run.Pick([16, 16], Hidden, Hidden), Activations[activation]), training, options, run.Seed(seed), validation);
            double[] dead = activation == 2
                ? [.. NetworkDiagnosis.Measure(network, training, cancellationToken: run.Token).Layers.Select(layer => (layer.Dead ?? 0) * layer.Units)]
                : [];
            return (1 - Epochs.Error(run, network, test), dead, course.Epochs.Select(e => e.ValidationScore ?? 0).ToArray());
        });
        double[] accuracies = [.. found.Select(f => f.Average(r => r.Accuracy))];
        int epochs = found.Max(f => f.Max(r => r.Course.Length));
        return new ClaimFindings(
            seeds,
            [
                .. Activations.Select((name, i) => new ClaimFigure($"test accuracy, {name}", Published[i], [.. found[i].Select(f => f.Accuracy)], IsShare: true)),
                .. Enumerable.Range(0, found[2][0].Dead.Length).Select(layer => new ClaimFigure(
                    $"dead units of ReLU's layer {layer + 1} after training", layer == 3 ? "3" : "0", [.. found[2].Select(f => f.Dead[layer])])),
            ],
            [
                new("sigmoid's test accuracy is at least 5 points below that of every other (means)", accuracies.Skip(1).Min() - accuracies[0] >= 0.05),
                new("those of all others are within 3 points of each other (means)", accuracies.Skip(1).Max() - accuracies.Skip(1).Min() <= 0.03),
            ])
        {
            Remarks = [$"784-512-256-256-128-10, inputs in [-1, 1], SGD 0.01 with momentum 0.9, batches of 256, {training.Count} training images, up to {options.Epochs} epochs, patience 7; initialisation matched to the activation."],
            Chart = new ClaimChart("Accuracy on the validation images", "epoch", "accuracy",
                [
                    .. Activations.Select((name, a) => new ClaimSeries(name,
                        [.. Enumerable.Range(0, epochs).Where(e => found[a].All(r => e < r.Course.Length)).Select(e => ClaimPoint.Of(e + 1, [.. found[a].Select(r => r.Course[e])]))])),
                ]),
        };
    }
}
