namespace Hillock.Data;

/// <summary>How data are streamed.</summary>
public sealed record StreamOptions
{
    /// <summary>
    /// The share of the samples that is held out, 0 to 0.9, in hundredths. Every sample is drawn by its number and the seed, so the share is met in the long run only.
    /// Images with a test part of their own hold out that instead, unless this is 0.
    /// </summary>
    public double HeldOutShare { get; init; } = 0.2;

    /// <summary>Where the draws come from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The samples that are in memory at a time, among which the order is random; null for as many as 64 MiB hold.</summary>
    public int? Window { get; init; }
}
