using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests.Execution;

/// <summary>
/// The mean loss of a network in double precision, written as plainly as possible and without any code of the library's networks: the
/// independent side of the gradient tests.
/// </summary>
internal sealed class ReferenceNetwork(NetworkDescription description, double[] inputs, int[] labels, double[] targets, RandomKey? drawKey)
{
    /// <summary>The mean loss for parameters given as [layer][weights, biases, first learned parameter, ...].</summary>
    public double Loss(double[][][] parameters)
    {
        int rows = Math.Max(labels.Length, targets.Length);
        RandomStream? draws = drawKey is { } key ? new RandomStream(key) : null;
        double[] values = inputs;
        for (int layer = 0; layer <= description.Hidden.Count; layer++)
        {
            double[] weights = parameters[layer][0];
            double[] biases = parameters[layer][1];
            int units = biases.Length;
            int width = weights.Length / units;
            double[] sums = new double[rows * units];
            for (int row = 0; row < rows; row++)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    sums[row * units + unit] = biases[unit];
                    for (int input = 0; input < width; input++)
                    {
                        sums[row * units + unit] += values[row * width + input] * weights[input * units + unit];
                    }
                }
            }

            values = sums;
            if (layer < description.Hidden.Count)
            {
                values = Activate(description.Hidden[layer].Activation, sums, units, parameters[layer], draws);
            }
        }

        double loss = 0;
        int outputs = description.Outputs;
        for (int row = 0; row < rows; row++)
        {
            double[] z = values[(row * outputs)..((row + 1) * outputs)];
            loss += description.Loss switch
            {
                Networks.Loss.SoftmaxCrossEntropy => Math.Log(z.Sum(Math.Exp)) - z[labels[row]],
                Networks.Loss.BinaryCrossEntropy => -Math.Log(1 / (1 + Math.Exp(labels[row] == 1 ? -z[0] : z[0]))),
                _ => (z[0] - targets[row]) * (z[0] - targets[row]),
            };
        }

        return loss / rows;
    }

    private static double[] Activate(Activations.Activation activation, double[] sums, int units, double[][] parameters, RandomStream? draws)
    {
        double[][] values = new double[activation.Modes.Count][];
        int learned = 2;
        for (int p = 0; p < values.Length; p++)
        {
            switch (activation.Modes[p])
            {
                case ParameterMode.Learned:
                    double[] own = parameters[learned++];
                    values[p] = [.. sums.Select((_, i) => own[own.Length == 1 ? 0 : i % units])];
                    break;
                case ParameterMode.Random random:
                    float[] drawn = new float[sums.Length];
                    draws!.FillUniform(drawn, (float)random.Lower, (float)random.Upper);
                    values[p] = [.. drawn.Select(x => (double)x)];
                    break;
                case ParameterMode.Normal normal:
                    float[] noise = new float[sums.Length];
                    draws!.FillNormal(noise, normal.Mean, normal.Deviation);
                    values[p] = [.. noise.Select(x => (double)x)];
                    break;
                case ParameterMode.Constant constant:
                    values[p] = [(float)constant.Value];
                    break;
            }
        }

        double[] outputs = new double[sums.Length];
        ReadOnlySpan<double> At(int p) => p < values.Length ? values[p] : default(ReadOnlySpan<double>);
        activation.Definition.Forward(sums, outputs, units, new ActivationArguments<double>(At(0), At(1), At(2), At(3)));
        return outputs;
    }
}
