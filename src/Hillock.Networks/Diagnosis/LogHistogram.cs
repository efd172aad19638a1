using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks;

/// <summary>
/// Counts of numbers in fixed bins, the same for every network and every epoch, so that histograms can be added and laid beside each other: half an octave
/// each, from 2⁻¹² to 2¹² on both sides of zero. What lies nearer to zero is in the bin between the sides, what lies farther out in the last of its side.
/// </summary>
public sealed class LogHistogram
{
    private const int LeastExponent = -12;
    private const int Octaves = 24;
    private const int Side = 2 * Octaves;

    /// <summary>The mantissa bits of √2, where the upper half of an octave begins.</summary>
    private const int HalfOctave = 0x3504F3;

    /// <summary>As many as are sure not to overflow the counts of one turn.</summary>
    private const int MostAtOnce = 1 << 30;

    /// <summary>How many counts each bin has while numbers are added.</summary>
    private const int Ways = 4;

    private readonly long[] _counts = new long[Bins];

    /// <summary>The number of bins.</summary>
    public const int Bins = 2 * Side + 1;

    /// <summary>The bin of zero and of what is nearer to it than 2⁻¹².</summary>
    public const int Middle = Side;

    /// <summary>The count of each bin, from the most negative to the most positive.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>How many numbers there are.</summary>
    public long Total => _counts.Sum();

    /// <summary>The lower edge of a bin.</summary>
    /// <param name="bin">The bin, from 0; <see cref="Bins"/> for the upper edge of the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bin.</exception>
    public static double Edge(int bin)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bin, Bins);
        return bin > Middle ? Distance(bin - Middle - 1) : -Distance(Middle - bin);
    }

    /// <summary>The bin of a finite number.</summary>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BinOf(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        int octave = ((bits >> 23) & 0xFF) - 127 - LeastExponent;
        int distance = 2 * octave + ((bits & 0x7FFFFF) >= HalfOctave ? 1 : 0);
        int beyond = octave < 0 ? 0 : Math.Min(distance, Side - 1) + 1;
        return bits < 0 ? Middle - beyond : Middle + beyond;
    }

    /// <summary>Adds the finite ones of some numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(ReadOnlySpan<float> values)
    {
        // Neighbours often share a bin, and an addition waits for the one before it to the same place: four places for each bin, and four for none.
        Span<int> counts = stackalloc int[Ways * (Bins + 1)];
        Span<int> bins = stackalloc int[Vector256<int>.Count];
        while (values.Length > 0)
        {
            ReadOnlySpan<float> part = values[..Math.Min(values.Length, MostAtOnce)];
            values = values[part.Length..];
            counts.Clear();
            for (; part.Length >= Vector256<float>.Count; part = part[Vector256<float>.Count..])
            {
                BinsOf(Vector256.Create(part)).CopyTo(bins);
                for (int i = 0; i < bins.Length; i++)
                {
                    counts[(Ways * bins[i]) + (i % Ways)]++;
                }
            }

            foreach (float value in part)
            {
                counts[Ways * (float.IsFinite(value) ? BinOf(value) : Bins)]++;
            }

            for (int i = 0; i < Ways * Bins; i++)
            {
                _counts[i / Ways] += counts[i];
            }
        }
    }

    /// <summary>The bins of some numbers; the one behind the last for what is not finite. The same as <see cref="BinOf"/>, without branches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> BinsOf(Vector256<float> values)
    {
        Vector256<int> bits = values.AsInt32();
        Vector256<int> exponent = (bits >> 23) & Vector256.Create(0xFF);
        Vector256<int> octave = exponent - Vector256.Create(127 + LeastExponent);
        Vector256<int> upperHalf = Vector256.GreaterThanOrEqual(bits & Vector256.Create(0x7FFFFF), Vector256.Create(HalfOctave));
        Vector256<int> distance = Vector256.Min(octave + octave - upperHalf, Vector256.Create(Side - 1)) + Vector256<int>.One;
        Vector256<int> beyond = Vector256.AndNot(distance, octave >> 31);
        Vector256<int> sign = bits >> 31;
        Vector256<int> bin = Vector256.Create(Middle) + (beyond ^ sign) - sign;
        return Vector256.ConditionalSelect(Vector256.Equals(exponent, Vector256.Create(0xFF)), Vector256.Create(Bins), bin);
    }

    /// <summary>A copy, with counts of its own.</summary>
    internal LogHistogram Clone()
    {
        LogHistogram copy = new();
        _counts.CopyTo(copy._counts, 0);
        return copy;
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear() => Array.Clear(_counts);

    private static double Distance(int halfOctaves) => Math.ScaleB(halfOctaves % 2 == 0 ? 1 : Math.Sqrt(2), LeastExponent + halfOctaves / 2);
}
