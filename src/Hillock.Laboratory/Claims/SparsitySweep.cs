using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>ReLU networks on MNIST whose activity is punished more and more: two claims look at them.</summary>
/// <param name="Strengths">The strengths of the penalty, from none on.</param>
/// <param name="Zeros">The share of exact zeros among the hidden outputs: by strength, then by seed.</param>
/// <param name="Errors">The test error likewise.</param>
/// <param name="ZerosBefore">The share of zeros before training, by seed.</param>
internal sealed record SparsitySweep(double[] Strengths, double[][] Zeros, double[][] Errors, double[] ZerosBefore)
{
    /// <summary>What was trained.</summary>
    public const string Remark =
        "MNIST, hidden layers of 256 and 256 ReLU units, Adam; the penalty is the strength times the sum of the hidden outputs of a sample.";

    private static readonly double[] AllStrengths = [0, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 2e-2];

    /// <summary>The least test error over the strengths, by the mean over the seeds.</summary>
    public int Best => Enumerable.Range(0, Strengths.Length).MinBy(i => Errors[i].Average());

    /// <summary>Trains the networks, or takes those that another claim of the session trained.</summary>
    public static SparsitySweep Of(ClaimRun run) => run.Once("sparsity sweep", key => Train(run, key));

    /// <summary>A picture of the sweep.</summary>
    public ClaimChart Chart => new("Test error by the share of exact zeros", "share of zeros among hidden outputs", "test error",
        [new("measured", [.. Strengths.Select((_, i) => ClaimPoint.Of(Zeros[i].Average(), Errors[i])).OrderBy(p => p.X)])]);

    private static SparsitySweep Train(ClaimRun run, RandomKey key)
    {
        int seeds = run.Seeds(4, 8);
        double[] strengths = run.Pick(AllStrengths[..2], AllStrengths, AllStrengths);
        Dataset training = run.Images("mnist", run.Pick(100, 20_000, 60_000));
        Dataset test = run.Images("mnist", run.Pick(50, 10_000, 10_000), test: true);
        Dataset some = training.Subset([.. Enumerable.Range(0, Math.Min(2000, training.Count))]);
        TrainingOptions options = new() { BatchSize = 64, Epochs = run.Pick(1, 6, 12), Schedule = new CosineSchedule() };
        (double Zeros, double Error, double Before)[][] found = run.MapSeeds("penalties", strengths.Length, seeds, (strength, seed) =>
        {
            NetworkDescription description = Describe(training, strengths[strength], run.Pick(16, 256, 256));
            double before = NetworkDiagnosis.Measure(Network.Create(description, key.Derive(seed)), some, cancellationToken: run.Token).Sparsity!.Value;
            Network network = Epochs.Train(run, description, training, options, key.Derive(seed)).Network;
            return (NetworkDiagnosis.Measure(network, some, cancellationToken: run.Token).Sparsity!.Value, Epochs.Error(run, network, test), before);
        });
        return new(
            strengths,
            [.. found.Select(f => f.Select(r => r.Zeros).ToArray())],
            [.. found.Select(f => f.Select(r => r.Error).ToArray())],
            [.. found[0].Select(r => r.Before)]);
    }

    private static NetworkDescription Describe(Dataset data, double strength, int units)
    {
        LayerDescription[] hidden = [new DenseLayer(units), new ActivationLayer(Activation.Parse("relu")), new ActivityPenaltyLayer { L1 = strength }];
        return new NetworkDescription(TensorShape.Features(data.Features), [.. hidden, .. hidden, new DenseLayer(data.Classes)], Loss.SoftmaxCrossEntropy);
    }
}
