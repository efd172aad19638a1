using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Laboratory.Timing;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>What activations cost: by themselves, and in a step of training.</summary>
internal static class StepCost
{
    private const int Batch = 128;
    private const int Floats = 128 * 1024;
    private const int WarmUp = 2;

    private static readonly string[] Activations = ["relu", "leaky_relu", "sigmoid", "tanh", "gelu", "mish"];

    public static Claim Claim { get; } = new(
        16,
        "cost",
        "ReLU's forward and backward pass cost a comparison, where sigmoid's cost an exponential and a division",
        "Glorot, Bordes & Bengio, Deep sparse rectifier neural networks, 2011, and the articles",
        "no figures; cheaper")
    {
        IsTimed = true,
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int rounds = run.Seeds(5, 9);
        int relu = Array.IndexOf(Activations, "relu");
        int sigmoid = Array.IndexOf(Activations, "sigmoid");
        using WorkerTeam team = new(1);
        List<Action> passes = [.. Activations.Select(Pass)];
        List<Action> trainings = [.. Activations.Select(name => Step(run, name, team))];

        // The first rounds meet code that is still being compiled, and do not count.
        (double[] Passes, double[] Steps)[] times = run.Map(
            "timings",
            rounds + WarmUp,
            _ => (Turns.Medians(passes, run.Token).Select(ns => ns / Floats).ToArray(), Turns.Medians(trainings, run.Token).Select(ns => ns * 1e-6).ToArray()),
            alone: true)[WarmUp..];
        double[][] alone = [.. Activations.Select((_, i) => times.Select(t => t.Passes[i]).ToArray())];
        double[][] steps = [.. Activations.Select((_, i) => times.Select(t => t.Steps[i]).ToArray())];
        double[] ratio = [.. alone[sigmoid].Zip(alone[relu], (s, r) => s / r)];
        double[] stepRatio = [.. steps[sigmoid].Zip(steps[relu], (s, r) => s / r)];
        return new ClaimFindings(
            rounds,
            [
                new("forward and backward, sigmoid over relu", "above 1", ratio),
                new("step of training, sigmoid over relu", "above 1", stepRatio),
                .. Activations.Select((name, i) => new ClaimFigure($"forward and backward, {name}, ns per element", "", alone[i])),
                .. Activations.Select((name, i) => new ClaimFigure($"step of training, {name}, ms", "", steps[i])),
            ],
            [
                new("sigmoid's forward and backward pass takes longer than relu's, in every round", ratio.All(r => r > 1)),
                new("and so does a step of training (median)", new ClaimFigure("", "", stepRatio).Median > 1),
            ])
        {
            Remarks =
            [
                $"One thread; {Floats} floats, and a step of 784-256-128-10 with batches of {Batch} (SGD). Rounds take the place of seeds. "
                + "The matrix products are most of a step, so the ratio of the steps is far smaller than that of the functions.",
            ],
            Chart = new ClaimChart("Time of a forward and a backward pass", "", "ns per element",
                [new("measured", [.. Activations.Select((_, i) => ClaimPoint.Of(i, alone[i]))]) { IsLine = false }])
            {
                Places = Activations,
            },
        };
    }

    private static Action Pass(string name)
    {
        Activation activation = Activation.Parse(name);
        float[] values = [.. activation.Modes.Select(mode => (float)mode.EvaluationValue)];
        float[] inputs = Moments.Normal(RandomKey.FromSeed(1), Floats);
        float[] ones = [.. Enumerable.Repeat(1f, Floats)];
        float[] outputs = new float[Floats];
        return () =>
        {
            ActivationArguments<float> arguments = ActivationArguments.Constants<float>(values);
            activation.Definition.Forward(inputs, outputs, Floats, arguments);
            activation.Definition.Backward(inputs, ones, outputs, Floats, arguments);
        };
    }

    private static Action Step(ClaimRun run, string activation, WorkerTeam team)
    {
        int features = run.Pick(16, 784, 784);
        float[] inputs = Moments.Normal(run.Common, Batch * features);
        Dataset data = Dataset.Classification(inputs, features, [.. Enumerable.Range(0, Batch).Select(i => i % 10)], 10);
        TrainingOptions options = new() { Optimizer = OptimizerKind.Sgd, LearningRate = 0.001, BatchSize = Batch };
        TrainingLoop loop = new(Network.Create(ClaimRun.Mlp(data, [256, 128], activation), run.Common), data, options, run.Common, team);
        int[] rows = [.. Enumerable.Range(0, Batch)];
        return () => loop.Step(rows);
    }
}
