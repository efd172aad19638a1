using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Activations.Random;

/// <summary>
/// A sequence of random numbers that a <see cref="RandomKey"/> determines: the words of <see cref="Philox"/> for the counters 0, 1, 2...
/// Not safe for use by two threads at once; two streams of the same key give the same numbers.
/// </summary>
/// <param name="key">The key.</param>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of random numbers is the field's own term; it is no System.IO.Stream.")]
public sealed class RandomStream(RandomKey key)
{
    private const int BlocksAtOnce = 4;

    private ulong _key = key.Value;
    private ulong _counter;
    private Philox.Block _block;
    private int _used = 4;

    /// <summary>Begins the numbers of another key, as a new stream of that key would.</summary>
    /// <param name="other">The key.</param>
    public void Restart(RandomKey other)
    {
        _key = other.Value;
        _counter = 0;
        _used = 4;
    }

    /// <summary>The next 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            _block = NextBlock();
            _used = 0;
        }

        return _used++ switch
        {
            0 => _block.Word0,
            1 => _block.Word1,
            2 => _block.Word2,
            _ => _block.Word3,
        };
    }

    /// <summary>A number of [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of [0, 1) with 24 random bits.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>A whole number from 0 to <paramref name="exclusiveMaximum"/> - 1, each with the same probability.</summary>
    /// <param name="exclusiveMaximum">The number that draws stay below; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMaximum"/> is below 1.</exception>
    public int NextInt32(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMaximum, 1);

        // Lemire, Fast random integer generation in an interval, 2019: the high word of a product, rejecting the few low words that
        // would favour some results.
        uint range = (uint)exclusiveMaximum;
        ulong product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            uint threshold = (0u - range) % range;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A number of the standard normal distribution, by inversion of its distribution function.</summary>
    public double NextNormal()
    {
        // The middle of one of 2^52 equal parts of (0, 1), so that 0 and 1 do not occur and the numbers are symmetric.
        return NormalQuantile.Of(((NextUInt64() >> 12) + 0.5) * (1.0 / (1UL << 52)));
    }

    /// <summary>Fills a span with numbers of the uniform distribution on [lower, upper).</summary>
    /// <param name="destination">Receives the numbers.</param>
    /// <param name="lower">The least value.</param>
    /// <param name="upper">The bound that draws stay below; a range of one value (<paramref name="lower"/> = <paramref name="upper"/>) gives that value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or <paramref name="upper"/> is below <paramref name="lower"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillUniform(Span<float> destination, float lower, float upper)
    {
        if (!float.IsFinite(lower) || !float.IsFinite(upper - lower) || lower > upper)
        {
            throw new ArgumentOutOfRangeException(nameof(upper), FormattableString.Invariant($"[{lower}, {upper}) is not a range of finite numbers"));
        }

        // lower + (upper - lower)·u may round up to the bound, which is not to be drawn.
        float range = upper - lower;
        float last = lower == upper ? lower : MathF.BitDecrement(upper);
        int i = 0;
        while (i < destination.Length)
        {
            if (_used == 4 && destination.Length - i >= BlocksAtOnce * 4)
            {
                ScaleBlocks(destination.Slice(i, BlocksAtOnce * 4), range, lower, last);
                i += BlocksAtOnce * 4;
            }
            else
            {
                float value = MathF.FusedMultiplyAdd(range, NextSingle(), lower);
                destination[i++] = value < last ? value : last;
            }
        }
    }

    /// <summary>Fills a span with numbers of a normal distribution.</summary>
    /// <param name="destination">Receives the numbers.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    public void FillNormal(Span<float> destination, double mean, double deviation)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)Math.FusedMultiplyAdd(deviation, NextNormal(), mean);
        }
    }

    /// <summary>Puts a span into a random order, each with the same probability (Fisher &amp; Yates).</summary>
    /// <param name="items">What to shuffle.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Shuffle(Span<int> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>Draws the sixteen numbers of the next four blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScaleBlocks(Span<float> destination, float range, float lower, float last)
    {
        Philox.Generate(
            _counter, _key, out Vector256<ulong> word0, out Vector256<ulong> word1, out Vector256<ulong> word2, out Vector256<ulong> word3);
        _counter += BlocksAtOnce;

        // Lane i of each holds the first and the second two words of block i.
        Vector256<ulong> first = Scale(word0 | (word1 << 32), range, lower, last);
        Vector256<ulong> second = Scale(word2 | (word3 << 32), range, lower, last);
        for (int block = 0; block < BlocksAtOnce; block++)
        {
            Vector128.Create(first[block], second[block]).AsSingle().CopyTo(destination[(block * 4)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Scale(Vector256<ulong> words, float range, float lower, float last)
    {
        Vector256<float> unit = Vector256.ConvertToSingle((words.AsUInt32() >> 8).AsInt32()) * (1f / (1 << 24));
        Vector256<float> value = Vector256.FusedMultiplyAdd(Vector256.Create(range), unit, Vector256.Create(lower));
        return Vector256.MinNative(value, Vector256.Create(last)).AsUInt64();
    }

    private Philox.Block NextBlock()
    {
        ulong counter = _counter++;
        return Philox.Generate(new Philox.Block((uint)counter, (uint)(counter >> 32), 0, 0), _key);
    }

    private ulong NextUInt64()
    {
        ulong high = NextUInt32();
        return (high << 32) | NextUInt32();
    }
}
