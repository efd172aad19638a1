using Hillock.Activations;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Epochs to a training error of a quarter on small photographs, each function at the learning rate that suits it.</summary>
internal static class ReluSpeed
{
    private const double Target = 0.25;

    private static readonly string[] Activations = ["relu", "tanh"];

    public static Claim Claim { get; } = new(
        7,
        "relu_speed",
        "Networks with ReLU learn several times faster than their equivalents with tanh",
        "Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, 2012, fig. 1",
        "25 % training error on CIFAR-10 after 6 epochs with ReLU, about 36 with tanh; \"the magnitude of the effect varies with network architecture\"")
    {
        Data = ["cifar-10"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        double[] rates = run.Pick<double[]>([0.02], [0.01, 0.03], [0.005, 0.01, 0.02, 0.04]);
        int seeds = run.Seeds(1, 3);
        Dataset images = run.Images("cifar-10", run.Pick(40, 2500, 5000), low: -1);
        int most = run.Pick(1, 22, 40);
        Course[][] search = run.MapSeeds("learning rates", Activations.Length, rates.Length, (activation, rate) => Train(run, images, Activations[activation], rates[rate], 0, most));
        double[] chosen = [.. search.Select(courses => rates[Enumerable.Range(0, rates.Length).MinBy(i => courses[i].Score)])];
        Course[][] others = seeds == 1 ? [[], []] : run.MapSeeds(
            "more seeds", Activations.Length, seeds - 1, (activation, seed) => Train(run, images, Activations[activation], chosen[activation], seed + 1, most));
        Course[][] courses = [.. search.Select((s, a) => others[a].Prepend(s.MinBy(course => course.Score)!).ToArray())];
        double[][] epochs = [.. courses.Select(c => c.Select(course => course.Epochs).ToArray())];
        double[] ratios = [.. epochs[1].Zip(epochs[0], (tanh, relu) => tanh / relu)];
        bool reached = courses.All(c => c.All(course => course.Reached));
        return new ClaimFindings(
            seeds,
            [
                new("epochs of tanh over epochs of ReLU", "about 6", ratios),
                .. Activations.Select((name, a) => new ClaimFigure($"epochs to 25 % training error, {name}", a == 0 ? "6" : "about 36", epochs[a])),
                .. Activations.Select((name, a) => new ClaimFigure($"learning rate chosen, {name}", "", [chosen[a]])),
            ],
            [new("tanh needs at least twice as many epochs as ReLU, with every seed", ratios.Min() >= 2)])
        {
            Remarks =
            [
                $"{images.Count} images of CIFAR-10, three convolutions 5×5 (32, 32, 64) with pooling and a dense layer of 64, SGD with momentum 0.9, batches of 64, "
                + $"no regularisation; the rate is searched among {string.Join(", ", rates)} for each function. Epochs are counted in parts, between two.",
                reached ? "Every network reached the error." : $"Not every network reached the error within {most} epochs; those count as {most}.",
            ],
            Chart = new ClaimChart("Training error by epoch, each at the learning rate that suits it", "epoch", "training error",
                [
                    .. Activations.Select((name, a) => new ClaimSeries(name,
                    [
                        .. Enumerable.Range(0, courses[a].Max(c => c.Errors.Count)).Select(e => ClaimPoint.Of(e + 1, [.. courses[a].Where(c => e < c.Errors.Count).Select(c => c.Errors[e])])),
                    ])),
                ]),
        };
    }

    private static Course Train(ClaimRun run, Dataset images, string activation, double rate, int seed, int most)
    {
        NetworkDescription description = NetworkText.Parse(
            run.Pick("conv:4x3,activation,pool:2,dense:8,activation", "cnn", "cnn"), images.Shape, Activation.Parse(activation), images.Classes, Loss.SoftmaxCrossEntropy);
        Network network = Network.Create(description, run.Seed(seed));
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, Momentum = 0.9, LearningRate = rate, BatchSize = 64, Epochs = most };
        List<double> errors = [];
        Epochs.Until(run, network, images, options, run.Seed(seed), (_, _) =>
        {
            errors.Add(Epochs.Error(run, network, images));
            return errors[^1] <= Target;
        });
        return new Course(errors, most);
    }

    /// <summary>The training error after each epoch; the epochs to the target count the last one in part, by where between two errors the target lies.</summary>
    private sealed record Course(List<double> Errors, int Most)
    {
        public bool Reached => Errors.Count > 0 && Errors[^1] <= Target;

        public double Epochs => !Reached ? Most
            : Errors.Count == 1 ? 1
            : Errors.Count - 1 + ((Errors[^2] - Target) / (Errors[^2] - Errors[^1]));

        /// <summary>The less the better: the epochs, or behind all of them the last error.</summary>
        public double Score => Reached ? Epochs : Most + (Errors.Count == 0 ? 1 : Errors[^1]);
    }
}
