using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Singular values of tanh layers under two initialisations, and the top layer of a sigmoid network as it begins to learn.</summary>
internal static class GlorotInitialisation
{
    private const int Layers = 4;
    private const int Steps = 500;
    private const int Every = 10;
    private const int Batch = 10;
    private const double LearningRate = 0.5;

    public static Claim Claim { get; } = new(
        9,
        "glorot_initialisation",
        "Normalised initialisation keeps the Jacobians of tanh layers near 1, the usual one halves them; the top layer of a deep sigmoid network saturates towards 0 at once",
        "Glorot & Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010",
        "layer-to-layer Jacobian singular values about .8 with U(±√(6/(n_in + n_out))), about .5 with U(±1/√n)")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(4, 10);
        int width = run.Pick(16, 100, 150);
        int samples = run.Pick(1, 4, 8);
        double[][][] jacobians = run.MapSeeds("Jacobians", 2, seeds, (scheme, seed) => Jacobians(run, seed, width, samples, normalised: scheme == 0));
        double[] normalised = [.. jacobians[0].Select(j => j.Average())];
        double[] usual = [.. jacobians[1].Select(j => j.Average())];
        double[][][] outputs = run.Map("sigmoid", seeds, seed => MeanOutputs(run, seed));
        (double Signal, double Weight)[] ratios = run.Map("gradients", seeds, seed => GradientRatios(run, seed, width));
        double[] top = [.. outputs.Select(o => o[Layers][^1])];
        double[] others = [.. outputs.Select(o => o.Take(Layers).Min(layer => layer[^1]))];
        return new ClaimFindings(
            seeds,
            [
                new("mean singular value, normalised initialisation", ".8", normalised),
                new("mean singular value, usual initialisation", ".5", usual),
                new("mean output of the top sigmoid layer before training", "", [.. outputs.Select(o => o[Layers][0])]),
                new($"the same after {Steps} steps", "near 0", top),
                new($"least mean output of a lower layer after {Steps} steps", "about half", others),
                new("usual initialisation, dC/ds of the last over that of the first layer", "grows with depth", [.. ratios.Select(r => r.Signal)]),
                new("usual initialisation, dC/dW of the last over that of the first layer", "about 1", [.. ratios.Select(r => r.Weight)]),
            ],
            [
                new("normalised initialisation gives a mean singular value between .7 and .9", normalised.Average() is > 0.7 and < 0.9),
                new("the usual one between .4 and .6", usual.Average() is > 0.4 and < 0.6),
                new($"the top sigmoid layer's mean output falls below 0.1 in {Steps} steps, where the lower layers stay above 0.3, with every seed",
                    top.Max() < 0.1 && others.Min() > 0.3),
            ])
        {
            Remarks =
            [
                $"tanh: {Layers + 1} hidden layers of {width}, the singular values of the {Layers} Jacobians between them at {samples} of the built-in digits (pixels from 0 to 1). "
                + $"Sigmoid: {Layers + 1} hidden layers of 100, the usual initialisation, {Steps} steps of SGD with batches of {Batch} and learning rate {LearningRate} on the same digits.",
            ],
            Chart = new ClaimChart("Mean outputs of the layers of a sigmoid network as it begins to learn", "step", "mean output of the layer",
                [
                    .. Enumerable.Range(0, Layers + 1).Select(layer => new ClaimSeries($"layer {layer + 1}",
                        [.. Enumerable.Range(0, outputs[0][0].Length).Select(i => ClaimPoint.Of(i * Every, [.. outputs.Select(o => o[layer][i])]))])),
                ]),
        };
    }

    /// <summary>The mean singular value of each Jacobian between two hidden layers, over a few samples.</summary>
    private static double[] Jacobians(ClaimRun run, int seed, int width, int samples, bool normalised)
    {
        Network network = Create(run, seed, width, "tanh", normalised, out Dataset data);
        double[] means = new double[Layers];
        for (int sample = 0; sample < samples; sample++)
        {
            run.Token.ThrowIfCancellationRequested();
            IReadOnlyList<double[]> values = LayerJacobians.SingularValues(network, data.Inputs.Slice(sample * data.Features, data.Features));
            for (int layer = 0; layer < Layers; layer++)
            {
                means[layer] += values[layer + 1].Average() / samples;
            }
        }

        return means;
    }

    private static Network Create(ClaimRun run, int seed, int width, string activation, bool normalised, out Dataset data)
    {
        data = run.Images("digits", run.Pick(100, 1000, 2000));
        Network network = Network.Create(ClaimRun.Mlp(data, [.. Enumerable.Repeat(width, Layers + 1)], activation), run.Seed(seed));
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            int units = network.Biases(layer).Length;
            int inputs = network.Weights(layer).Length / units;
            float bound = (float)(normalised ? Math.Sqrt(6.0 / (inputs + units)) : 1 / Math.Sqrt(inputs));
            new RandomStream(run.Seed(seed).Derive("uniform").Derive(layer)).FillUniform(network.Weights(layer), -bound, bound);
        }

        return network;
    }

    /// <summary>The mean output of every hidden layer, now and then in a training: by layer, then by time.</summary>
    private static double[][] MeanOutputs(ClaimRun run, int seed)
    {
        Network network = Create(run, seed, run.Pick(16, 100, 100), "sigmoid", normalised: false, out Dataset data);

        // The built-in digits take turns; batches in which every class is met alike would push the top layer nowhere.
        int[] order = [.. Enumerable.Range(0, data.Count)];
        new RandomStream(run.Seed(seed).Derive("order")).Shuffle(order);
        data = data.Subset(order);
        LayerTrace trace = new(network, Batch);
        BatchGradient gradient = new(network.Description, Batch);
        double[][] means = [.. Enumerable.Range(0, Layers + 1).Select(_ => new double[(Steps / Every) + 1])];
        for (int step = 0; step <= Steps; step++)
        {
            run.Token.ThrowIfCancellationRequested();
            gradient.Run(trace, data, step * Batch % (data.Count - Batch + 1), Batch);
            for (int layer = 0; layer <= Layers && step % Every == 0; layer++)
            {
                means[layer][step / Every] = Moments.Mean(trace.Outputs(layer));
            }

            trace.Descend(LearningRate);
        }

        return means;
    }

    /// <summary>How much larger the gradients of the last hidden layer are than those of the first: by what the units read, and by their weights.</summary>
    private static (double Signal, double Weight) GradientRatios(ClaimRun run, int seed, int width)
    {
        Network network = Create(run, seed, width, "tanh", normalised: false, out Dataset data);
        int rows = Math.Min(data.Count, 100);
        LayerTrace trace = new(network, rows);
        new BatchGradient(network.Description, rows).Run(trace, data, 0, rows);
        NetworkTensor[] weights = [.. network.Tensors.Where(t => t.Kind == TensorKind.Weight)];

        // The second hidden layer is the first whose weights have as many numbers as those of the last.
        return (
            Math.Sqrt(Moments.MeanSquare(trace.Signal(Layers)) / Moments.MeanSquare(trace.Signal(1))),
            Math.Sqrt(Moments.MeanSquare(trace.GradientOf(weights[Layers])) / Moments.MeanSquare(trace.GradientOf(weights[1]))));
    }
}
