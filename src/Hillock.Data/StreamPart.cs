using System.Security.Cryptography;
using System.Text;
using Hillock.Activations.Random;

namespace Hillock.Data;

/// <summary>Which samples of a stream belong to one of its parts, the one that is learned from or the one held out: a draw for each, by its number alone.</summary>
/// <param name="Key">Determines the draws.</param>
/// <param name="HeldBelow">Samples are held out whose draw, one of 0 to 2³² - 1, is below this; 0 where there is one part only.</param>
/// <param name="Held">Whether this is the part held out.</param>
internal readonly record struct StreamPart(RandomKey Key, ulong HeldBelow, bool Held)
{
    /// <summary>All samples.</summary>
    public static StreamPart All => default;

    /// <summary>Whether some samples are held out.</summary>
    public bool HoldsOut => HeldBelow > 0;

    /// <summary>The part that is learned from, or all samples where nothing is held out.</summary>
    public static StreamPart ToLearnFrom(StreamOptions options) =>
        new(RandomKey.FromSeed(options.Seed).Derive("train").Derive("held out"), (ulong)Math.Ceiling(options.HeldOutShare * (1L << 32)), Held: false);

    /// <summary>Whether a sample, counted from 0, belongs to the part.</summary>
    public bool Has(long sample) => HeldBelow == 0 ? !Held : Key.Derive(sample).Value >> 32 < HeldBelow == Held;

    /// <summary>What tells the samples of a part from others, by all that was learned from them.</summary>
    public string Fingerprint(long bytes, Preparation preparation) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Key.Value:x16} {HeldBelow} {Held} {bytes} {PreparationJson.Write(preparation)}")));
}

/// <summary>Where the blocks of a part begin.</summary>
/// <param name="blockSize">The samples of a block.</param>
internal sealed class BlockStarts<T>(int blockSize)
{
    private readonly List<T> _starts = [];

    /// <summary>The samples of the part.</summary>
    public long Count { get; private set; }

    /// <summary>The samples of a block.</summary>
    public int BlockSize => blockSize;

    /// <summary>Where the block begins whose first sample is given.</summary>
    public T this[long first] => _starts[(int)(first / blockSize)];

    /// <summary>Adds the next sample of the part.</summary>
    /// <param name="place">Where it stands.</param>
    public void Add(T place)
    {
        if (Count++ % blockSize == 0)
        {
            _starts.Add(place);
        }
    }
}
