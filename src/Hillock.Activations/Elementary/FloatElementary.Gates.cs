using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>Quotients of exponentials and their products with x, each with its derivative: what the steps lose is carried to the last, which alone is rounded.</content>
internal static partial class FloatElementary<F>
{
    /// <summary>b·x·σ(x) for positive b; its derivative is b·σ(x)·(1 + x·σ(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F ScaledSigmoidLinear(F x, F b, out F slope)
    {
        F zero = F.Broadcast(0);
        F s = LesserSigmoid(x);
        F scaled = b * x;
        F scaledLow = F.MultiplyAdd(b, x, -scaled);
        F product = F.MultiplyAdd(scaled, s, scaledLow * s);
        F other = F.Broadcast(1) - s;
        slope = b * F.IfGreater(x, zero, other, s) * F.MultiplyAdd(x, F.IfGreater(x, zero, s, other), F.Broadcast(1));
        return F.CopySign(F.IfGreater(x, zero, scaled + (scaledLow - product), product), x);
    }

    /// <summary>
    /// x·σ(x) where x is positive, (e^x - 1)·σ(x) elsewhere, of one exponential w = e^(-|x|). With s = σ(-|x|) the derivatives are (1 - s)·(1 + x·s) and s·(w + (w - 1)·(1 - s)).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F ExponentialSigmoidLinear(F x, out F slope)
    {
        F zero = F.Broadcast(0);
        F one = F.Broadcast(1);
        F r = Reduce(F.CopySign(x, F.Broadcast(-0f)), out F rLow, out F scale);
        F m = ExpM1(r, rLow, scale, out F mLow, out F w, out F wLow);
        F s = LesserSigmoid(w, wLow);
        F other = one - s;
        F product = F.MultiplyAdd(F.IfGreater(x, zero, x, m), s, F.IfGreater(x, zero, zero, mLow) * s);
        slope = F.IfGreater(x, zero, other, s) * F.IfGreater(x, zero, F.MultiplyAdd(x, s, one), F.MultiplyAdd(m, other, w));
        return F.CopySign(F.IfGreater(x, zero, x - product, product), x);
    }

    /// <summary>
    /// x where positive, e^x - 1 elsewhere, times the gate (x + 1)/2 within [0, 1], whose derivative is 0 at both its ends.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F ExponentialHardSigmoid(F x, out F slope)
    {
        F zero = F.Broadcast(0);
        F one = F.Broadcast(1);
        F half = F.Broadcast(0.5f);
        F m = ExpM1(x, out F mLow, out F exp);
        F line = F.IfGreater(x, zero, x, m);
        F lineLow = F.IfGreater(x, zero, zero, mLow);
        F within = F.Max(F.Min(x, one), -one);
        F gate = MultiplyAdd(half, within, half, out F gateLow);
        slope = F.MultiplyAdd(F.IfGreater(one, F.Abs(x), half, zero), line, F.IfGreater(x, zero, one, exp) * gate);
        return F.CopySign(F.MultiplyAdd(line, gate, F.MultiplyAdd(lineLow, gate, line * gateLow)), x);
    }

    /// <summary>x·sech(x) = 2xe/(1 + e²) with e = e^(-a), a = |x|; its derivative is sech(a)·(1 - a·tanh(a)), where tanh(a) = 1 - e·sech(a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SechLinear(F x, out F slope)
    {
        F one = F.Broadcast(1);
        F a = F.Abs(x);
        F e = Exp(-a, out F eLow);
        F twice = e + e;
        F denominator = MultiplyAdd(e, e, one, out F denominatorLow);
        denominatorLow = F.MultiplyAdd(twice, eLow, denominatorLow);
        F inverse = one / denominator;
        F numerator = x * twice;
        F numeratorLow = F.MultiplyAdd(x, twice, -numerator) + ((x + x) * eLow);
        F sech = twice * Reciprocal(denominator, denominatorLow, inverse);
        slope = sech * F.MultiplyAddNegated(a, F.MultiplyAddNegated(sech, e, one), one);
        return F.CopySign(Quotient(numerator, numeratorLow, denominator, denominatorLow, inverse), x);
    }

    /// <summary>x·tanh(e^x), which is x to a float's last digit from 2.75 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F TanhExpLinear(F x, out F slope)
    {
        F limit = F.Broadcast(2.75f);
        F e = Exp(x, out F eLow);
        F tanh = Tanh(e, eLow, out F tanhLow);
        slope = F.IfGreater(x, limit, F.Broadcast(1), F.MultiplyAdd(x * e, TanhSlope(e, eLow), tanh));
        return F.CopySign(F.IfGreater(x, limit, x, F.MultiplyAdd(x, tanh, x * tanhLow)), x);
    }

    /// <summary>The quotient of two floats with what they lack, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Quotient(F numerator, F numeratorLow, F denominator, F denominatorLow, F inverse)
    {
        F quotient = numerator * inverse;
        F remainder = F.MultiplyAddNegated(quotient, denominatorLow, F.MultiplyAddNegated(quotient, denominator, numerator) + numeratorLow);
        return F.MultiplyAdd(remainder, inverse, quotient);
    }

    /// <summary>The reciprocal of a float with what it lacks, from that of the float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Reciprocal(F number, F numberLow, F inverse) =>
        F.MultiplyAdd(inverse, FloatRoots<F>.LackOfReciprocal(inverse, number, numberLow), inverse);
}
