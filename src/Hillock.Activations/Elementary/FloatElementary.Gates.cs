using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>Quotients of exponentials and their products with x, each with its derivative: what the steps lose is carried to the last, which alone is rounded.</content>
internal static partial class FloatElementary<F>
{
    /// <summary>Near the root of 1 - a + e^(-a), with so few digits that its difference from a greater number is exact; a lesser one's is rounded, which counts little there.</summary>
    private const float NearRoot = 1.2784652709960938f;

    /// <summary>e^(-<see cref="NearRoot"/>), and the logarithm of its share in that float.</summary>
    private const float AtRoot = 0.27846434712409973f;
    private const float AtRootLogarithm = -2.567863433000639e-08f;

    /// <summary>1 - <see cref="NearRoot"/> + <see cref="AtRoot"/>, exactly.</summary>
    private const float RootRest = -9.238719940185547e-07f;

    /// <summary>
    /// σ(x)·(1 + x·σ(-x)): for negative x it is g = σ(-a)·σ(a)·(1 - a + e^(-a)) with a = |x|, for positive x it is 1 - g. The sum has a root, so it is put together from a's distance to a
    /// number near it. The derivative is σ(a)·σ(-a)·(2 - a·(σ(a) - σ(-a))).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SigmoidLinearSlope(F x, out F slope)
    {
        F one = F.Broadcast(1);
        F atRoot = F.Broadcast(AtRoot);
        F a = F.Abs(x);
        F d = F.Broadcast(NearRoot) - a;
        F k = Exponent(d, out F scale);
        F rLow = F.MultiplyAdd(k, F.Broadcast(-Ln2Low), F.Broadcast(AtRootLogarithm));
        F m = ExpM1(F.MultiplyAdd(k, F.Broadcast(-Ln2), d), rLow, scale, out F mLow, out F e, out F eLow);
        F w = atRoot * e;
        F wLow = F.MultiplyAdd(atRoot, eLow, F.MultiplyAdd(atRoot, e, -w));

        // 1 - a + w from the root on.
        F part = MultiplyAdd(atRoot, m, d, out F partLow);
        F sum = part + F.Broadcast(RootRest);
        F sumLow = (F.Broadcast(RootRest) - (sum - part)) + F.MultiplyAdd(atRoot, mLow, partLow);

        F s = LesserSigmoid(w, wLow, out F sLow);
        F other = one - s;
        F otherLow = ((one - other) - s) - sLow;
        F gate = s * other;
        F gateLow = F.MultiplyAdd(s, other, -gate) + F.MultiplyAdd(s, otherLow, sLow * other);
        F lesser = F.MultiplyAdd(gate, sum, F.MultiplyAdd(gate, sumLow, gateLow * sum));
        slope = (gate + gateLow) * F.MultiplyAddNegated(a, other - s, F.Broadcast(2));
        return F.IfGreater(x, F.Broadcast(0), one - lesser, lesser);
    }

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

    /// <summary>x where positive, 2·ln((1 + e^x)/2) elsewhere, whose derivative is 2·σ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SoftPlusLinear(F x, out F slope)
    {
        F zero = F.Broadcast(0);
        F y = SoftPlusLoss(F.Abs(x), out F low);
        F s = LesserSigmoid(x);
        slope = F.IfGreater(x, zero, F.Broadcast(1), s + s);
        return F.IfGreater(x, zero, x, F.CopySign(y + low, x));
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

    /// <summary>x/(x/α + e^(-x/β)), whose derivative is e·(1 + x/β) over the square of the denominator, with e = e^(-x/β). The denominator is positive.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="p">1/α, what that float lacks, 1/β and what that lacks.</param>
    /// <param name="slope">The derivative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SoftRootSign(F x, P<F> p, out F slope)
    {
        F one = F.Broadcast(1);
        F z = -x * p.Third;
        F e = Exp(z, F.MultiplyAdd(-x, p.Fourth, F.MultiplyAdd(-x, p.Third, -z)), out F eLow);
        F share = x * p.First;
        F shareLow = F.MultiplyAdd(x, p.Second, F.MultiplyAdd(x, p.First, -share));

        // The error of the sum is exact when the greater summand comes first; a negative share is the lesser of the two also in magnitude.
        F greater = F.Max(share, e);
        F lesser = F.Min(share, e);
        F denominator = greater + lesser;
        F denominatorLow = (lesser - (denominator - greater)) + (shareLow + eLow);
        F inverse = one / denominator;

        // Both factors with the same reciprocal: what it lacks counts twice.
        F lack = FloatRoots<F>.LackOfReciprocal(inverse, denominator, denominatorLow);
        F decay = F.MultiplyAdd(e, inverse, eLow * inverse);
        F factor = F.MultiplyAdd(F.MultiplyAdd(x, p.Third, one), inverse, x * p.Fourth * inverse);
        F product = decay * factor;
        slope = product + F.MultiplyAdd(product, lack + lack, F.MultiplyAdd(decay, factor, -product));
        return F.CopySign(Quotient(x, F.Broadcast(0), denominator, denominatorLow, inverse), x);
    }

    /// <summary>
    /// x·σ(z)^α with z = βx, for positive α and β: σ(z) is e^(½t)/2 with t = 2·min(z, 0) + 2·ln(2/(1 + e^(-|z|))). Its derivative is σ(z)^α·(1 + α·z·σ(-z)).
    /// </summary>
    /// <param name="x">The argument.</param>
    /// <param name="p">2β, ½α, 2^-α and what that float lacks.</param>
    /// <param name="slope">The derivative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F PowerOfSigmoidLinear(F x, P<F> p, out F slope)
    {
        F zero = F.Broadcast(0);
        F one = F.Broadcast(1);
        F twice = p.First * x;
        F z = F.Broadcast(0.5f) * twice;
        F loss = SoftPlusLoss(F.Abs(z), out F lossLow);
        F negative = F.Min(twice, zero);
        F t = negative + loss;

        // What rounding 2z lost counts by 2·σ(-z), which is 1 far on the left; it matters there alone.
        F tLow = (loss - (t - negative)) + (lossLow + F.IfGreater(x, zero, zero, F.MultiplyAdd(p.First, x, -twice)));
        F exponent = p.Second * t;
        F power = Exp(exponent, F.MultiplyAdd(p.Second, tLow, F.MultiplyAdd(p.Second, t, -exponent)), out F powerLow);
        F scaled = p.Third * x;
        F scaledLow = F.MultiplyAdd(p.Fourth, x, F.MultiplyAdd(p.Third, x, -scaled));
        F s = LesserSigmoid(z);
        F gate = F.MultiplyAdd(p.Third, power, F.MultiplyAdd(p.Third, powerLow, p.Fourth * power));
        slope = gate * F.MultiplyAdd(p.Second * twice, F.IfGreater(x, zero, s, one - s), one);
        return F.CopySign(F.MultiplyAdd(scaled, power, F.MultiplyAdd(scaledLow, power, scaled * powerLow)), x);
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

    /// <summary>2·ln(2/(1 + e^(-a))) and what the float lacks of it, by pieces of a ≥ 0: from 18.3 on it is 2·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F SoftPlusLoss(F a, out F low)
    {
        ReadOnlySpan<float> table = PieceTables.SoftplusLoss;
        F within = F.Min(a, F.Broadcast(18.3f));
        F v = Offset(table, within, F.MultiplyAdd(within, F.Broadcast(0.8125f), F.Broadcast(1)), out F piece);
        F linear = MultiplyAdd(Quotient(table, v, piece), v, Entry(table, 2, piece), out F linearLow);
        F y = MultiplyAdd(linear, v, Entry(table, 1, piece), out low);
        low = F.MultiplyAdd(linearLow, v, low);
        return y;
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
