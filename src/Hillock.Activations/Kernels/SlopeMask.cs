using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Activations.Kernels;

/// <summary>
/// Which of two slopes a function has at each element, in words of <see cref="Count"/> elements: bit i of a word tells that the slope at the word's element i
/// is 1 and not the other one, bit 16 + i that the element is not a number.
/// </summary>
internal static unsafe class SlopeMask
{
    /// <summary>The elements of a word.</summary>
    public const int Count = 16;

    /// <summary>The words of a mask.</summary>
    public static int Words(int length) => (int)(((long)length + Count - 1) / Count);

    /// <summary>The word of sixteen slopes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of<TScalar>(TScalar* slopes)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    {
        uint ones = 0;
        uint numbers = 0;
        for (int i = 0; i < Count; i += Vector256<TScalar>.Count)
        {
            Vector256<TScalar> some = Vector256.Load(slopes + i);
            ones |= Vector256.Equals(some, Vector256<TScalar>.One).ExtractMostSignificantBits() << i;
            numbers |= Vector256.Equals(some, some).ExtractMostSignificantBits() << i;
        }

        return ones | ~numbers << Count;
    }

    /// <summary>Multiplies gradients by slopes.</summary>
    /// <param name="mask">The words.</param>
    /// <param name="gradient">The gradients.</param>
    /// <param name="result">Receives the products; NaN where the mask says so.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="other">The slope where it is not 1.</param>
    public static void Multiply<TScalar>(uint* mask, TScalar* gradient, TScalar* result, nint length, TScalar other)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    {
        nint words = length / Count;
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply512(mask, gradient, result, words, other);
        }
        else
        {
            Multiply256(mask, gradient, result, words, other);
        }

        for (nint i = words * Count; i < length; i++)
        {
            uint bits = mask[words] >> (int)(i % Count);
            TScalar slope = (bits & 1) != 0 ? TScalar.One : other;
            result[i] = (bits >> Count & 1) != 0 ? TScalar.NaN : gradient[i] * slope;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply512<TScalar>(uint* mask, TScalar* gradient, TScalar* result, nint words, TScalar other)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    {
        Vector512<TScalar> otherwise = Vector512.Create(other);
        Vector512<TScalar> nan = Vector512.Create(TScalar.NaN);
        for (nint word = 0; word < words; word++)
        {
            uint bits = mask[word];
            for (int i = 0; i < Count; i += Vector512<TScalar>.Count)
            {
                Vector512<TScalar> slope = Vector512.ConditionalSelect(Lanes512<TScalar>(bits >> i), Vector512<TScalar>.One, otherwise);
                Vector512<TScalar> product = Vector512.Load(gradient + i) * slope;
                Vector512.ConditionalSelect(Lanes512<TScalar>(bits >> i >> Count), nan, product).Store(result + i);
            }

            gradient += Count;
            result += Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply256<TScalar>(uint* mask, TScalar* gradient, TScalar* result, nint words, TScalar other)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    {
        Vector256<TScalar> otherwise = Vector256.Create(other);
        Vector256<TScalar> nan = Vector256.Create(TScalar.NaN);
        for (nint word = 0; word < words; word++)
        {
            uint bits = mask[word];
            for (int i = 0; i < Count; i += Vector256<TScalar>.Count)
            {
                Vector256<TScalar> slope = Vector256.ConditionalSelect(Lanes256<TScalar>(bits >> i), Vector256<TScalar>.One, otherwise);
                Vector256<TScalar> product = Vector256.Load(gradient + i) * slope;
                Vector256.ConditionalSelect(Lanes256<TScalar>(bits >> i >> Count), nan, product).Store(result + i);
            }

            gradient += Count;
            result += Count;
        }
    }

    /// <summary>All bits of a lane are what the bit of its number is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<TScalar> Lanes512<TScalar>(uint bits)
        where TScalar : unmanaged
    {
        if (typeof(TScalar) == typeof(double))
        {
            Vector512<ulong> wide = Vector512.Create(1UL, 2, 4, 8, 16, 32, 64, 128);
            return Vector512.Equals(Vector512.Create((ulong)bits) & wide, wide).As<ulong, TScalar>();
        }

        Vector512<uint> narrow = Vector512.Create(1U, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return Vector512.Equals(Vector512.Create(bits) & narrow, narrow).As<uint, TScalar>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<TScalar> Lanes256<TScalar>(uint bits)
        where TScalar : unmanaged
    {
        if (typeof(TScalar) == typeof(double))
        {
            Vector256<ulong> wide = Vector256.Create(1UL, 2, 4, 8);
            return Vector256.Equals(Vector256.Create((ulong)bits) & wide, wide).As<ulong, TScalar>();
        }

        Vector256<uint> narrow = Vector256.Create(1U, 2, 4, 8, 16, 32, 64, 128);
        return Vector256.Equals(Vector256.Create(bits) & narrow, narrow).As<uint, TScalar>();
    }
}
