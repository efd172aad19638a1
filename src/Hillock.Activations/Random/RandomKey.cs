using System.Buffers.Binary;
using System.Text;

namespace Hillock.Activations.Random;

/// <summary>
/// The root of a family of random numbers. From a seed, keys are derived for every purpose by name or number, so that adding a
/// use of randomness never shifts the numbers of another. A key and what is derived from it stay the same for ever, on every machine.
/// </summary>
/// <remarks>
/// A derivation is one or more blocks of <see cref="Philox"/> under the parent key, whose first two words are the child. Its counters
/// have a fourth word of 1 (numbers) or 2 (text), a <see cref="RandomStream"/> of the same key has 0 there: they never meet.
/// </remarks>
/// <param name="Value">The 64 bits of the key.</param>
public readonly record struct RandomKey(ulong Value)
{
    private const uint NumberDomain = 1;
    private const uint TextDomain = 2;

    /// <summary>The key of a seed.</summary>
    /// <param name="seed">Any number; different seeds give unrelated streams.</param>
    public static RandomKey FromSeed(ulong seed) => new(seed);

    /// <summary>The key for a purpose, such as <c>"weights"</c>.</summary>
    /// <param name="purpose">Its name; compared by its UTF-8 bytes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="purpose"/> is null.</exception>
    public RandomKey Derive(string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        byte[] bytes = Encoding.UTF8.GetBytes(purpose);

        // The length goes in first, so that no text is the beginning of another; then eight bytes at a time, the last padded with zeros.
        ulong key = Mix(Value, (ulong)bytes.Length, TextDomain);
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int start = 0; start < bytes.Length; start += sizeof(ulong))
        {
            word.Clear();
            bytes.AsSpan(start, Math.Min(sizeof(ulong), bytes.Length - start)).CopyTo(word);
            key = Mix(key, BinaryPrimitives.ReadUInt64LittleEndian(word), TextDomain);
        }

        return new RandomKey(key);
    }

    /// <summary>The key of one of many, such as the third layer or the fifth epoch.</summary>
    /// <param name="index">Its number.</param>
    public RandomKey Derive(long index) => new(Mix(Value, (ulong)index, NumberDomain));

    private static ulong Mix(ulong key, ulong word, uint domain)
    {
        Philox.Block block = Philox.Generate(new Philox.Block((uint)word, (uint)(word >> 32), 0, domain), key);
        return block.Word0 | ((ulong)block.Word1 << 32);
    }
}
