using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>
/// Logarithms: of x = m·2^e with m in [1, 2), cut into sixteen pieces. Each has a number c next to 1/m, and ln x = e·ln 2 - ln c + ln(1 + r) with r = mc - 1. The first
/// piece has c = 1 and the last c = 1/2, so that next to 1 on either side nothing is left but ln(1 + r).
/// </content>
internal static partial class FloatElementary<F>
    where F : struct, ISingleLanes<F>
{
    /// <summary>Where the first four bits of a mantissa stand.</summary>
    private const int FractionShift = 19;

    /// <summary>
    /// The numbers c, of six bits so that r loses little; the logarithms of their reciprocals to 17 binary places, of which sums with multiples of <see cref="Ln2Head"/>
    /// are exact; and what these lack.
    /// </summary>
    private static ReadOnlySpan<float> Reciprocals =>
    [
        1.0f, 0.921875f, 0.859375f, 0.828125f, 0.78125f, 0.75f, 0.71875f, 0.6875f,
        0.65625f, 0.625f, 0.609375f, 0.578125f, 0.5625f, 0.546875f, 0.53125f, 0.5f,
        0.0f, 0.0813446044921875f, 0.15155029296875f, 0.18859100341796875f, 0.246856689453125f, 0.28768157958984375f, 0.33023834228515625f, 0.37469482421875f,
        0.42121124267578125f, 0.470001220703125f, 0.49532318115234375f, 0.5479660034179688f, 0.5753631591796875f, 0.6035385131835938f, 0.6325225830078125f, 0.693145751953125f,
        0.0f, 1.0349617696192581e-06f, -3.9484154967794893e-07f, 1.6638958300063678e-07f, 3.388478489796398e-06f, 4.928619432575942e-07f, 3.344585365994135e-06f, -1.3747772982242168e-06f,
        2.222400553364423e-06f, 2.408542513876455e-06f, -1.7439223256587866e-06f, -8.327025398102705e-07f, 9.857238865151885e-07f, -3.4913132367364597e-06f, -2.426430256718959e-08f, 1.428606765330187e-06f,
    ];

    /// <summary>ln x; x is finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Log(F x)
    {
        F zero = F.Broadcast(0);
        F m = F.SplitExponent(x, out F exponent);
        F piece = F.ShiftBitsRight(m, FractionShift);
        F y = LogOfPiece(F.MultiplyAdd(m, Entry(Reciprocals, 0, piece), F.Broadcast(-1)), zero, exponent, piece, out F low) + low;
        return F.IfGreater(x, zero, y, F.IfGreater(zero, x, F.Broadcast(float.NaN), F.Broadcast(float.NegativeInfinity)));
    }

    /// <summary>ln(1 + x); x is less than 2^126.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Log1P(F x)
    {
        F minusOne = F.Broadcast(-1);
        F y = F.CopySign(Log1P(x, F.Broadcast(0), out F low) + low, x);
        return F.IfGreater(x, minusOne, y, F.IfGreater(minusOne, x, F.Broadcast(float.NaN), F.Broadcast(float.NegativeInfinity)));
    }

    /// <summary>ln(1 + x + xLow) and what the float lacks of it; x is greater than -1 and less than 2^126.</summary>
    /// <remarks>With s = c/2^e, r is s·x + (s - 1), where neither 1 + x nor s - 1 is rounded so that it matters.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Log1P(F x, F xLow, out F low)
    {
        F one = F.Broadcast(1);
        F piece = F.ShiftBitsRight(F.SplitExponent(one + x, out F exponent), FractionShift);
        F scale = Entry(Reciprocals, 0, piece) * F.LowBitsAsExponent(F.Broadcast(Shift) - exponent);
        return LogOfPiece(F.MultiplyAdd(x, scale, scale - one), scale * xLow, exponent, piece, out low);
    }

    /// <summary>e·ln 2 - ln c + ln(1 + r + rLow), and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F LogOfPiece(F r, F rLow, F exponent, F piece, out F low)
    {
        F high = F.MultiplyAdd(exponent, F.Broadcast(Ln2Head), Entry(Reciprocals, 1, piece));
        F rest = F.MultiplyAdd(exponent, F.Broadcast(Ln2Tail), Entry(Reciprocals, 2, piece)) + rLow;

        // (ln(1 + r) - r + r²/2)/r³ on [-0.0333, 0.0625]; the least of errors leaves 2^-28.2 of the whole.
        F p = F.MultiplyAdd(F.Broadcast(0.1891470104455948f), r, F.Broadcast(-0.2501109540462494f));
        p = F.MultiplyAdd(p, r, F.Broadcast(0.33334484696388245f));
        p = F.MultiplyAdd(p, r, F.Broadcast(-0.5f));
        F sum = high + r;
        low = F.MultiplyAdd(r * r, p, rest) + (r - (sum - high));
        return sum;
    }
}
