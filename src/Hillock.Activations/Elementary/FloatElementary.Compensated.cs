using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>The functions of arguments with a low part, and what the floats lack of their values: relative errors near 2^-28.</content>
internal static partial class FloatElementary<F>
{
    /// <summary>e^(x + xLow) and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Exp(F x, F xLow, out F low)
    {
        F y = Exp(x, out low);
        low = F.MultiplyAdd(y, xLow, low);
        return y;
    }

    /// <summary>e^(x + xLow) - 1 and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F ExpM1(F x, F xLow, out F low)
    {
        F m = ExpM1(x, out low, out F exp);
        low = F.MultiplyAdd(exp, xLow, low);
        return F.CopySign(m, x);
    }

    /// <summary>tanh(x + xLow) and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Tanh(F x, F xLow, out F low)
    {
        F a = F.Min(F.Abs(x), F.Broadcast(9.1f));
        ReadOnlySpan<float> table = PieceTables.Tanh;
        F v = Offset(table, a, a + F.Broadcast(1), out F piece);
        F p = Quotient(table, v, piece);
        F slope = MultiplyAdd(p, v, Entry(table, 2, piece), out F slopeLow);
        F y = MultiplyAdd(slope, v, Entry(table, 1, piece), out F yLow);
        yLow = F.MultiplyAdd(slopeLow, v, yLow);
        low = F.MultiplyAdd(slope, xLow, F.IfGreater(F.Broadcast(0), x, -yLow, yLow));
        return F.CopySign(y, x);
    }

    /// <summary>The derivative of tanh at x + xLow: h(2 - h), with h = 1 - |tanh x| = 2/(1 + e^(2|x|)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F TanhSlope(F x, F xLow)
    {
        F twice = F.Abs(x + x);
        F twiceLow = F.IfGreater(x, F.Broadcast(0), xLow + xLow, -(xLow + xLow));
        F e = Exp(twice, twiceLow, out F low);
        F h = F.Broadcast(2) / (F.Broadcast(1) + (e + low));
        return F.MultiplyAddNegated(h, h, h + h);
    }

    /// <summary>σ(x + xLow) and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Sigmoid(F x, F xLow, out F low)
    {
        F zero = F.Broadcast(0);
        F one = F.Broadcast(1);
        F w = Exp(F.CopySign(x, F.Broadcast(-0f)), out F wLow);
        F s = LesserSigmoid(w, wLow, out F sLow);
        F other = one - s;
        low = F.MultiplyAdd(F.MultiplyAddNegated(s, s, s), xLow, F.IfGreater(x, zero, ((one - other) - s) - sLow, sLow));
        return F.IfGreater(x, zero, other, s);
    }

    /// <summary>σ(-|x|) from w = e^(-|x|): q = w/(1 + w), where 1/(1 + w) = 1 - q, and what the float lacks of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F LesserSigmoid(F w, F wLow, out F low)
    {
        F one = F.Broadcast(1);
        F q = w / (one + w);
        F complement = one - q;
        // What is left of (w + wLow) - q·(1 + w + wLow); the difference w - q is exact.
        low = F.MultiplyAdd(wLow, complement, F.MultiplyAddNegated(q, w, w - q)) * complement;
        return q;
    }
}
