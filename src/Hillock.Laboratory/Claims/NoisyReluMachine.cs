using Hillock.Activations.Elementary;
using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Features of restricted Boltzmann machines with noisy rectified and with binary hidden units, told apart by a linear classifier.</summary>
internal static class NoisyReluMachine
{
    private static readonly string[] Names = ["noisy rectified", "binary"];
    private static readonly HiddenUnits[] Units = [HiddenUnits.NoisyRectified, HiddenUnits.Binary];
    private static readonly double[][] Rates = [[0.003, 0.01, 0.03], [0.1, 0.3, 1]];
    private static readonly float[] Intensities = [0.25f, 0.5f, 2, 8];

    public static Claim Claim { get; } = new(
        14,
        "noisy_relu_rbm",
        "Features learned by contrastive divergence with noisy rectified units classify better than those with binary ones, and with zero biases they are intensity equivariant",
        "Nair & Hinton, Rectified linear units improve restricted Boltzmann machines, 2010",
        "better on NORB and on faces; f(a·x) = a·f(x); Σ σ(x - i + .5) ≈ log(1 + e^x)")
    {
        Data = ["mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(2, 5);
        Dataset training = run.Images("mnist", run.Pick(100, 10_000, 50_000));
        Dataset validation = run.Images("mnist", run.Pick(50, 3000, 10_000), first: run.Pick(100, 50_000, 50_000));
        Dataset test = run.Images("mnist", run.Pick(50, 5000, 10_000), test: true);

        // Each kind of unit has the same number of rates to choose from, by one seed and the validation images.
        int rates = run.Pick(1, 3, 3);
        double[][] searched = run.MapSeeds("learning rates", Units.Length, rates, (kind, rate) => Learn(run, kind, Rates[kind][rate], 0, training, validation).Error);
        double[] chosen = [.. searched.Select((errors, kind) => Rates[kind][Enumerable.Range(0, rates).MinBy(i => errors[i])])];
        (double Error, double[] Reconstruction)[][] found = run.MapSeeds(
            "machines", Units.Length, seeds, (kind, seed) => Learn(run, kind, chosen[kind], seed, training, test));
        double[] pixels = run.Map("pixels", seeds, seed => Classify(run, training, test, run.Seed(seed)));
        double[][] errors = [.. found.Select(f => f.Select(r => r.Error).ToArray())];
        double equivariance = run.Map("equivariance", 1, _ => Equivariance(run, test))[0];
        double steps = LargestStepError();
        return new ClaimFindings(
            seeds,
            [
                .. Names.Select((name, i) => new ClaimFigure($"test error of a softmax classifier on features of {name} units", i == 0 ? "lower" : "higher", errors[i], IsShare: true)),
                new("the same on the pixels", "", pixels, IsShare: true),
                .. Names.Select((name, i) => new ClaimFigure($"reconstruction error after over before, {name} units", "", [.. found[i].Select(f => f.Reconstruction[^1] / f.Reconstruction[0])])),
                .. Names.Select((name, i) => new ClaimFigure($"learning rate chosen, {name} units", "", [chosen[i]])),
                new("greatest difference of f(a·x) from a·f(x), zero biases", "0", [equivariance]),
                new("greatest difference of Σ σ(x - i + .5) from log(1 + e^x), x from -10 to 10", "small", [steps]),
            ],
            [
                new("noisy rectified features err less than binary ones, with every seed", errors[0].Zip(errors[1]).All(e => e.First < e.Second)),
                new("with zero biases f(a·x) = a·f(x) to the last bit for a = 1/4, 1/2, 2 and 8", equivariance == 0),
                new("the sum of shifted sigmoids is log(1 + e^x) within 0.02", steps < 0.02),
                new("the reconstruction error falls from epoch to epoch, but for one at most, with every seed and kind", found.All(f => f.All(r => Rises(r.Reconstruction) <= 1))),
            ])
        {
            Remarks =
            [
                $"MNIST, {training.Count} images, {Hidden(run)} hidden units, contrastive divergence with one step, {MachineEpochs(run)} epochs, binary visible units; then a softmax classifier on the features. "
                + $"Learning rates chosen among {string.Join(", ", Rates[0])} and {string.Join(", ", Rates[1])} on validation images.",
            ],
            Chart = new ClaimChart("Reconstruction error of the machines by epoch", "epoch", "mean squared error of a pixel",
                [
                    .. Names.Select((name, k) => new ClaimSeries(name,
                        [.. Enumerable.Range(0, found[k][0].Reconstruction.Length).Select(e => ClaimPoint.Of(e + 1, [.. found[k].Select(f => f.Reconstruction[e])]))])),
                ]),
        };
    }

    private static int Rises(double[] course) => course.Zip(course.Skip(1)).Count(pair => pair.Second >= pair.First);

    private static int Hidden(ClaimRun run) => run.Pick(16, 256, 500);

    private static int MachineEpochs(ClaimRun run) => run.Pick(2, 8, 12);

    private static (double Error, double[] Reconstruction) Learn(ClaimRun run, int kind, double rate, int seed, Dataset training, Dataset judge)
    {
        RandomKey key = run.Seed(seed);
        RestrictedBoltzmannMachine machine = new(training.Features, Hidden(run), VisibleUnits.Binary, Units[kind], key);
        IReadOnlyList<double> errors = machine.Train(
            training, new BoltzmannOptions { Epochs = MachineEpochs(run), LearningRate = rate }, key.Derive("machine"), cancellationToken: run.Token);
        return (Classify(run, machine.Features(training), machine.Features(judge), key), [.. errors]);
    }

    private static double Classify(ClaimRun run, Dataset training, Dataset test, RandomKey key)
    {
        TrainingOptions options = new() { LearningRate = 0.002, BatchSize = 100, Epochs = run.Pick(1, 10, 15), Schedule = new CosineSchedule() };
        return Epochs.Error(run, Epochs.Train(run, ClaimRun.Mlp(training, [], "relu"), training, options, key.Derive("classifier")).Network, test);
    }

    /// <summary>The greatest difference of the features of brighter or darker samples from the features made brighter or darker.</summary>
    private static double Equivariance(ClaimRun run, Dataset data)
    {
        Dataset some = data.Subset([.. Enumerable.Range(0, Math.Min(200, data.Count))]);
        RestrictedBoltzmannMachine machine = new(some.Features, Hidden(run), VisibleUnits.Gaussian, HiddenUnits.NoisyRectified, run.Common);
        machine.Train(some, new BoltzmannOptions { Epochs = 2, LearningRate = 0.001 }, run.Common, cancellationToken: run.Token);
        machine.HiddenBiases.Clear();
        float[] features = machine.Features(some).Inputs.ToArray();
        double greatest = 0;
        foreach (float intensity in Intensities)
        {
            float[] scaled = [.. some.Inputs.ToArray().Select(x => intensity * x)];
            ReadOnlySpan<float> changed = machine.Features(Dataset.Classification(scaled, some.Shape, some.Labels.ToArray(), some.Classes)).Inputs;
            for (int i = 0; i < features.Length; i++)
            {
                greatest = Math.Max(greatest, Math.Abs(changed[i] - (intensity * features[i])));
            }
        }

        return greatest;
    }

    /// <summary>How far the sum of many sigmoids, each shifted by one more, is from the smooth rectifier that the noisy one stands for.</summary>
    private static double LargestStepError()
    {
        const int copies = 100;
        double greatest = 0;
        for (double x = -10; x <= 10; x += 0.125)
        {
            double[] steps = [.. Enumerable.Range(1, copies).Select(i => x - i + 0.5)];
            ElementaryFunctions.Sigmoid(steps, steps);
            double[] smooth = [x];
            ElementaryFunctions.SoftPlus(smooth, smooth);
            greatest = Math.Max(greatest, Math.Abs(steps.Sum() - smooth[0]));
        }

        return greatest;
    }
}
