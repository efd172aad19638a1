using Hillock.Networks;
using Hillock.Networks.Execution;

namespace Hillock.Laboratory.Claims;

/// <summary>What a network gives before the link of its loss makes probabilities of it.</summary>
internal static class Outputs
{
    /// <summary>Is shown the outputs of a sample.</summary>
    public delegate void SampleAction(int row, ReadOnlySpan<float> outputs);

    /// <summary>Runs all samples through a network.</summary>
    public static void Run(Network network, Dataset data, SampleAction action)
    {
        int size = network.Description.Outputs;
        new ForwardScan(network, data.Count).Run(
            data,
            data.Count,
            (first, outputs) =>
            {
                for (int i = 0; i * size < outputs.Length; i++)
                {
                    action(first + i, outputs.Slice(i * size, size));
                }
            },
            CancellationToken.None);
    }
}
