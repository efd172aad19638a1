using Hillock.Activations.Random;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Networks of rectifiers that say the same of every sample before anything is learned, and can learn nothing: they are born dead (Lu, Shin, Su &amp;
/// Karniadakis, Dying ReLU and initialization: theory and numerical examples, 2019).
/// </summary>
public static unsafe class BornDead
{
    /// <summary>The most that the probability can be for weights drawn symmetrically around 0 and biases of 0: 1 - (1 - 2^-width)^layers.</summary>
    /// <param name="width">The units of a hidden layer; at least 1.</param>
    /// <param name="hiddenLayers">The hidden layers; at least 1. A network of depth L has L - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static double UpperBound(int width, int hiddenLayers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenLayers, 1);
        double survives = 1;
        for (int layer = 0; layer < hiddenLayers; layer++)
        {
            survives *= 1 - Math.ScaleB(1, -width);
        }

        return 1 - survives;
    }

    /// <summary>Draws networks and counts those whose outputs are the same on all samples.</summary>
    /// <param name="description">What the networks are; their weights are drawn as <see cref="Network.Create"/> draws them.</param>
    /// <param name="samples">The samples, one after the other; at least two.</param>
    /// <param name="networks">How many networks to draw; at least 1.</param>
    /// <param name="key">Determines them: the i-th is made of <c>key.Derive(i)</c>.</param>
    /// <param name="cancellationToken">Stops the work between two networks.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or there are fewer than two.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static int Count(
        NetworkDescription description, ReadOnlySpan<float> samples, int networks, RandomKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentOutOfRangeException.ThrowIfLessThan(networks, 1);
        int rows = samples.Length / description.Inputs;
        if (rows < 2 || rows * description.Inputs != samples.Length)
        {
            throw new ArgumentException(
                $"{samples.Length} numbers are not two or more samples of {description.Inputs}", nameof(samples));
        }

        // One plan serves all: it reads the parameters where they are.
        Network network = Network.CreateEmpty(description);
        NetworkPlan plan = new(network, rows, trains: false);
        int dead = 0;
        fixed (float* input = samples)
        {
            for (int i = 0; i < networks; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                network.CopyParametersFrom(Network.Create(description, key.Derive(i)));
                dead += IsConstant(plan.Forward(input, rows), description.Outputs) ? 1 : 0;
            }
        }

        GC.KeepAlive(plan);
        return dead;
    }

    private static bool IsConstant(ReadOnlySpan<float> outputs, int size)
    {
        ReadOnlySpan<float> first = outputs[..size];
        for (; outputs.Length > 0; outputs = outputs[size..])
        {
            if (!outputs[..size].SequenceEqual(first))
            {
                return false;
            }
        }

        return true;
    }
}
