using Hillock.Activations;
using Hillock.Activations.Elementary;
using Hillock.Activations.Random;
using Hillock.Networks;

namespace Hillock.Laboratory.Claims;

/// <summary>Mean and variance through many layers of SELU, and how fast they return to (0, 1).</summary>
internal static class SelfNormalisation
{
    private const int Depth = 32;
    private const int Width = 256;

    private static readonly string[] Activations = ["selu", "elu", "relu", "tanh"];

    public static Claim Claim { get; } = new(
        10,
        "self_normalisation",
        "SELU keeps mean 0 and variance 1 through many layers by itself; the point (0, 1) attracts",
        "Klambauer, Unterthiner, Mayr & Hochreiter, Self-normalizing neural networks, 2017",
        "mean 0 and variance 1 through 32 layers with weights N(0, 1/n); the Jacobian of (mean, variance) at (0, 1) has norm .7877")
    {
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        int seeds = run.Seeds(10, 30);
        (double[] Means, double[] Variances)[][] courses = run.MapSeeds(
            "32 layers", Activations.Length, seeds, (activation, seed) => Course(Activations[activation], run.Seed(seed), run.Pick(16, 256, 512)));
        double norm = JacobianNorm();
        double[] means = [.. courses[0].Select(c => c.Means.MaxBy(Math.Abs))];
        double[] last = [.. courses[0].Select(c => c.Variances[^1])];
        double[] variances = [.. courses[0].SelectMany(c => c.Variances)];
        return new ClaimFindings(
            seeds,
            [
                new("norm of the Jacobian of (mean, variance) at (0, 1)", ".7877", [norm]),
                new("variance after 32 layers of SELU", "1", last),
                new("mean farthest from 0 in any of 32 layers of SELU", "0", means),
                .. Activations.Skip(1).Select((name, i) => new ClaimFigure($"variance after 32 layers of {name}", "", [.. courses[i + 1].Select(c => c.Variances[^1])])),
            ],
            [
                new("the Jacobian's norm is .7877 to four digits", Math.Abs(norm - 0.7877) < 0.00005),
                new("the mean of every layer stays within 0.15 of 0, with every seed", means.All(mean => Math.Abs(mean) < 0.15)),
                new("the variance of every layer stays between 0.7 and 1.4, with every seed", variances.All(v => v is > 0.7 and < 1.4)),
            ])
        {
            Remarks = [$"{Depth} layers of {Width} units, weights N(0, 1/n), zero biases, inputs N(0, 1)."],
            Chart = new ClaimChart("Variance of a layer's outputs, layer by layer", "layer", "variance",
                [
                    .. Activations.Select((name, a) => new ClaimSeries(name,
                        [.. Enumerable.Range(0, Depth).Select(layer => ClaimPoint.Of(layer + 1, [.. courses[a].Select(c => c.Variances[layer])]))])),
                ])
            {
                IsLogarithmicUpwards = true,
            },
        };
    }

    private static (double[] Means, double[] Variances) Course(string activation, RandomKey key, int rows)
    {
        Network network = Network.Create(
            NetworkDescription.Mlp(Width, [.. Enumerable.Repeat(Width, Depth)], Activation.Parse(activation), 1, Loss.MeanSquaredError), key);
        for (int layer = 0; layer < Depth; layer++)
        {
            new RandomStream(key.Derive("weights").Derive(layer)).FillNormal(network.Weights(layer), 0, Math.Sqrt(1.0 / Width));
        }

        LayerTrace trace = new(network, rows);
        trace.Run(Moments.Normal(key.Derive("inputs"), rows * Width), rows);
        return (
            [.. Enumerable.Range(0, Depth).Select(layer => Moments.Mean(trace.Outputs(layer)))],
            [.. Enumerable.Range(0, Depth).Select(layer => Moments.Variance(trace.Outputs(layer)))]);
    }

    /// <summary>
    /// The norm of the derivative of (mean, variance) of SELU(s), s normal, by the mean and variance of the inputs, for weights of sum 0 and sum of squares 1:
    /// the inputs' mean then drops out, and the column of the variance is all.
    /// </summary>
    private static double JacobianNorm()
    {
        const double step = 1e-4;
        (double highMean, double highVariance) = MomentsAfter(1 + step);
        (double lowMean, double lowVariance) = MomentsAfter(1 - step);
        double mean = (highMean - lowMean) / (2 * step);
        double variance = (highVariance - lowVariance) / (2 * step);
        return Math.Sqrt((mean * mean) + (variance * variance));
    }

    /// <summary>Mean and variance of SELU of a normal number, by the trapezoid rule out to twelve deviations.</summary>
    private static (double Mean, double Variance) MomentsAfter(double variance)
    {
        const int points = 24001;
        const double reach = 12;
        double spacing = 2 * reach / (points - 1);
        double deviation = Math.Sqrt(variance);
        double[] density = new double[points];
        double[] value = new double[points];
        for (int i = 0; i < points; i++)
        {
            double z = -reach + (i * spacing);
            density[i] = -0.5 * z * z;
            value[i] = deviation * z;
        }

        ElementaryFunctions.Exp(density, density);
        Activation.Parse("selu").Evaluate(value, value);
        double total = 0;
        double mean = 0;
        double square = 0;
        for (int i = 0; i < points; i++)
        {
            total += density[i];
            mean += density[i] * value[i];
            square += density[i] * value[i] * value[i];
        }

        mean /= total;
        return (mean, (square / total) - (mean * mean));
    }
}
