using System.Numerics;
using System.Runtime.InteropServices;

namespace Hillock.Activations.Kernels;

/// <summary>
/// Half precision to float, which is exact, and back, rounded to nearest with ties to even; in whole registers of integers, because .NET has no
/// instruction for it. NaN stays NaN.
/// </summary>
internal static class HalfConversion
{
    private const uint SignOfHalf = 0x8000;
    private const uint Infinity = 0x7F80_0000;

    /// <summary>2^112: what the exponents of float and half differ by.</summary>
    private const float ExponentShift = 5.192296858534828e33f;

    /// <summary>The bits of 65520, from which on rounding gives infinity.</summary>
    private const uint Overflow = 0x477F_F000;

    /// <summary>The bits of 2^-14, the least normal half.</summary>
    private const uint LeastNormal = 0x3880_0000;

    /// <summary>The bits of ½, whose unit in the last place is the least subnormal half: a sum with it is rounded to whole units.</summary>
    private const uint OneHalf = 0x3F00_0000;

    /// <summary>Widens halves.</summary>
    public static void Widen(ReadOnlySpan<Half> from, Span<float> to)
    {
        ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<Half, ushort>(from);
        int count = Vector<ushort>.Count;
        int i = 0;
        for (; i <= bits.Length - count; i += count)
        {
            Vector.Widen(new Vector<ushort>(bits[i..]), out Vector<uint> low, out Vector<uint> high);
            Widen(low).CopyTo(to[i..]);
            Widen(high).CopyTo(to[(i + (count / 2))..]);
        }

        for (; i < bits.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }

    /// <summary>Rounds floats to halves.</summary>
    public static void Narrow(ReadOnlySpan<float> from, Span<Half> to)
    {
        Span<ushort> bits = MemoryMarshal.Cast<Half, ushort>(to);
        int count = Vector<ushort>.Count;
        int i = 0;
        for (; i <= bits.Length - count; i += count)
        {
            Vector.Narrow(Narrow(new Vector<float>(from[i..])), Narrow(new Vector<float>(from[(i + (count / 2))..]))).CopyTo(bits[i..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] = (Half)from[i];
        }
    }

    private static Vector<float> Widen(Vector<uint> half)
    {
        Vector<uint> magnitude = half & new Vector<uint>(SignOfHalf - 1);
        // The exponent stands where a float has it, too small by 112; the product mends it, for subnormals too.
        Vector<uint> bits = (Vector.ShiftLeft(magnitude, 13).As<uint, float>() * new Vector<float>(ExponentShift)).As<float, uint>();
        Vector<uint> special = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x7C00));
        bits |= special & new Vector<uint>(Infinity);
        return (bits | Vector.ShiftLeft(half & new Vector<uint>(SignOfHalf), 16)).As<uint, float>();
    }

    private static Vector<uint> Narrow(Vector<float> value)
    {
        Vector<uint> bits = value.As<float, uint>();
        Vector<uint> sign = Vector.ShiftRightLogical(bits, 16) & new Vector<uint>(SignOfHalf);
        Vector<uint> magnitude = bits & new Vector<uint>(0x7FFF_FFFF);

        Vector<uint> odd = Vector.ShiftRightLogical(magnitude, 13) & Vector<uint>.One;
        Vector<uint> normal = Vector.ShiftRightLogical(magnitude - new Vector<uint>(112u << 23) + new Vector<uint>(0xFFF) + odd, 13);
        Vector<uint> subnormal =
            (magnitude.As<uint, float>() + new Vector<uint>(OneHalf).As<uint, float>()).As<float, uint>() - new Vector<uint>(OneHalf);

        Vector<uint> result = Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<uint>(LeastNormal)), subnormal, normal);
        result = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(Overflow)), new Vector<uint>(0x7C00), result);
        result = Vector.ConditionalSelect(Vector.GreaterThan(magnitude, new Vector<uint>(Infinity)), new Vector<uint>(0x7E00), result);
        return result | sign;
    }
}
