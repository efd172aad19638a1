using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Activations.Random;

/// <summary>
/// Philox4x32-10: a function from a counter of 128 bits and a key of 64 bits to 128 random bits, without state (Salmon, Moraes, Dror &amp;
/// Shaw, <i>Parallel random numbers: as easy as 1, 2, 3</i>, 2011).
/// </summary>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // Weyl sequence increments of the key: the golden ratio and √3 - 1.
    private const uint Increment0 = 0x9E3779B9;
    private const uint Increment1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>128 bits as four words, the least significant first.</summary>
    /// <param name="Word0">The first word.</param>
    /// <param name="Word1">The second word.</param>
    /// <param name="Word2">The third word.</param>
    /// <param name="Word3">The fourth word.</param>
    public readonly record struct Block(uint Word0, uint Word1, uint Word2, uint Word3);

    /// <summary>The random bits of one counter under one key.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="key">The key; its low word is the paper's first key word.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Block Generate(Block counter, ulong key)
    {
        (uint c0, uint c1, uint c2, uint c3) = counter;
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ k0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ k1;
            c3 = (uint)product0;
            k0 += Increment0;
            k1 += Increment1;
        }

        return new Block(c0, c1, c2, c3);
    }

    /// <summary>
    /// The words of the four counters from <paramref name="counter"/> on, at once: lane i of each register holds a word of counter + i in
    /// its lower half.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Generate(
        ulong counter,
        ulong key,
        out Vector256<ulong> word0,
        out Vector256<ulong> word1,
        out Vector256<ulong> word2,
        out Vector256<ulong> word3)
    {
        Vector256<ulong> low = Vector256.Create((ulong)uint.MaxValue);
        Vector256<ulong> multiplier0 = Vector256.Create((ulong)Multiplier0);
        Vector256<ulong> multiplier1 = Vector256.Create((ulong)Multiplier1);
        Vector256<ulong> counters = Vector256.Create(counter) + Vector256<ulong>.Indices;
        word0 = counters & low;
        word1 = counters >> 32;
        word2 = Vector256<ulong>.Zero;
        word3 = Vector256<ulong>.Zero;
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            Vector256<ulong> product0 = multiplier0 * word0;
            Vector256<ulong> product1 = multiplier1 * word2;
            word0 = (product1 >> 32) ^ word1 ^ Vector256.Create((ulong)k0);
            word1 = product1 & low;
            word2 = (product0 >> 32) ^ word3 ^ Vector256.Create((ulong)k1);
            word3 = product0 & low;
            k0 += Increment0;
            k1 += Increment1;
        }
    }
}
