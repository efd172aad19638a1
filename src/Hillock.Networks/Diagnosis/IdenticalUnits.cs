using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Finds units that are copies of each other: they compute the same and receive the same gradients, so that they stay copies.</summary>
internal static class IdenticalUnits
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The share of units whose weights and bias are those of another unit; null without weights, and of a single unit.</summary>
    public static double? Share(Network network, LayerNode? weighted)
    {
        if (weighted is null)
        {
            return null;
        }

        int units = weighted.Tensors.First(tensor => tensor.Kind == TensorKind.Weight).Dimensions[^1];
        if (units < 2)
        {
            return null;
        }

        // Columns with the same hash (FNV-1a over 64 bits) are the same: among a million columns a chance meeting has a probability of 3e-8.
        ulong[] hashes = new ulong[units];
        Array.Fill(hashes, Basis);
        foreach (NetworkTensor tensor in weighted.Tensors)
        {
            if (tensor.Kind == TensorKind.State || tensor.Dimensions[^1] != units)
            {
                continue;
            }

            ReadOnlySpan<float> values = network.Values(tensor);
            for (int i = 0; i < values.Length; i++)
            {
                ref ulong hash = ref hashes[i % units];
                hash = (hash ^ BitConverter.SingleToUInt32Bits(values[i] + 0f)) * Prime;
            }
        }

        return (double)hashes.GroupBy(hash => hash).Where(group => group.Count() > 1).Sum(group => group.Count()) / units;
    }
}
