using Hillock.Networks;

namespace Hillock.Data;

/// <summary>How data are streamed.</summary>
public sealed record StreamOptions
{
    /// <summary>
    /// The share of the samples that is held out, 0 to 0.9. Every sample is drawn by its number and the seed, so the share is met in the long run only.
    /// Images with a test part of their own hold out that instead, unless this is 0.
    /// </summary>
    public double HeldOutShare { get; init; } = 0.2;

    /// <summary>Where the draws come from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The samples that are in memory at a time, among which the order is random; null for as many as 64 MiB hold.</summary>
    public int? Window { get; init; }

    /// <summary>Makes sure that a window can be in memory.</summary>
    /// <param name="path">The data, for messages.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <exception cref="DataException">It cannot.</exception>
    internal void CheckWindow(string path, long samples, TensorShape shape)
    {
        int largest = StreamedDataset.LargestWindow(shape);
        if (Window > largest && samples > largest)
        {
            throw new DataException($"{path}: a window of {Window} samples is too large: at most {largest} samples of {shape} can be in memory at a time");
        }
    }
}
