using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>The sine.</content>
internal static partial class DoubleElementary<V>
{
    /// <summary>π/2 in three doubles.</summary>
    private const double HalfPi = 1.5707963267948966;
    private const double HalfPiMiddle = 6.123233995736766e-17;
    private const double HalfPiLow = -1.4973849048591698e-33;

    /// <summary>Up to here three doubles of π/2 reduce an angle.</summary>
    private const double FarAngle = 1 << 30;

    /// <summary>sin x and cos x, its derivative: x = n·π/2 + r, and n mod 4 chooses which of ±sin r and ±cos r they are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Sin(in V x, out V cosine)
    {
        V sine = SineAndCosine(x, out Pair<V> cosinePair).High;
        cosine = cosinePair.High;
        return sine;
    }

    /// <summary>The same, each with what its last sum lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair<V> SineAndCosine(V x, out Pair<V> cosine)
    {
        V shift = V.Broadcast(LaneConstants.Shift);
        V n = V.MultiplyAdd(x, V.Broadcast(0.6366197723675814), shift) - shift;
        V r = ReduceNearAngle(x, n, out V low);
        V limit = V.Broadcast(FarAngle);
        if (V.AnyGreater(V.Abs(x), limit))
        {
            V far = ReduceFarAngle(x, out V farQuarters, out V farLow);
            r = V.IfGreater(V.Abs(x), limit, far, r);
            low = V.IfGreater(V.Abs(x), limit, farLow, low);
            n = V.IfGreater(V.Abs(x), limit, farQuarters, n);
        }

        // (sin r/r - 1)/r² and (cos r - 1 + r²/2)/r⁴ in z = r² on [0, (π/4)²], errors 2^-66 and 2^-70.
        V z = r * r;
        V p = V.MultiplyAdd(V.Broadcast(-7.586691094197958e-13), z, V.Broadcast(1.6058531516797758e-10));
        p = V.MultiplyAdd(p, z, V.Broadcast(-2.5052106231802837e-08));
        p = V.MultiplyAdd(p, z, V.Broadcast(2.7557319219337312e-06));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.00019841269841265063));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.008333333333333331));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.16666666666666666));
        V q = V.MultiplyAdd(V.Broadcast(4.7458685530816656e-14), z, V.Broadcast(-1.1470460830795304e-11));
        q = V.MultiplyAdd(q, z, V.Broadcast(2.0876755790721963e-09));
        q = V.MultiplyAdd(q, z, V.Broadcast(-2.755731922140179e-07));
        q = V.MultiplyAdd(q, z, V.Broadcast(2.4801587301584645e-05));
        q = V.MultiplyAdd(q, z, V.Broadcast(-0.0013888888888888887));
        q = V.MultiplyAdd(q, z, V.Broadcast(0.041666666666666664));

        // sin(r + low) = sin r + low·cos r and cos(r + low) = cos r - low·sin r; what 1 - z/2 loses is given back (as in fdlibm).
        V halfSquare = V.Broadcast(0.5) * z;
        V nearCosine = V.Broadcast(1) - halfSquare;
        V sineSmall = V.MultiplyAdd(p * z, r, low * nearCosine);
        V sineOfRest = V.CopySign(r + sineSmall, r);
        V lost = (V.Broadcast(1) - nearCosine) - halfSquare;
        V cosineSmall = V.MultiplyAdd(q, z * z, lost - (r * low));
        V cosineOfRest = nearCosine + cosineSmall;
        V sineHigh = Quarters<V>.Choose(n, sineOfRest, cosineOfRest, out V cosineHigh);
        V sineLow = Quarters<V>.Choose(n, sineSmall - (sineOfRest - r), cosineSmall - (cosineOfRest - nearCosine), out V cosineLow);
        cosine = new(cosineHigh, cosineLow);
        return new(sineHigh, sineLow);
    }

    /// <summary>x - n·π/2 and what it loses in rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceNearAngle(V x, V n, out V low)
    {
        V product = n * V.Broadcast(HalfPi);
        V productLost = V.MultiplyAdd(n, V.Broadcast(HalfPi), -product);
        V middle = n * V.Broadcast(HalfPiMiddle);
        V middleLost = V.MultiplyAdd(n, V.Broadcast(HalfPiMiddle), -middle);

        // x and the product are so close that their difference is exact (Sterbenz 1974).
        V difference = x - product;
        V first = difference - productLost;
        V firstLost = SumLost(difference, -productLost, first);
        V second = first - middle;
        V secondLost = SumLost(first, -middle, second);
        low = firstLost + secondLost - middleLost - (n * V.Broadcast(HalfPiLow));
        V r = second + low;
        low = (second - r) + low;
        return r;
    }

    /// <summary>The same for huge angles, one by one: they are rare.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V ReduceFarAngle(V x, out V quarters, out V low)
    {
        Span<double> angles = stackalloc double[V.Count];
        Span<double> turns = stackalloc double[V.Count];
        Span<double> lost = stackalloc double[V.Count];
        V.Store(x, ref angles[0]);
        for (int i = 0; i < V.Count; i++)
        {
            // The other lanes' results are not used.
            if (!(Math.Abs(angles[i]) <= FarAngle))
            {
                angles[i] = PayneHanek.Reduce(angles[i], out turns[i], out lost[i]);
            }
        }

        quarters = V.Load(ref turns[0]);
        low = V.Load(ref lost[0]);
        return V.Load(ref angles[0]);
    }

    /// <summary>k·x less whole turns where the product overflows, for |k| up to 2^16.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Pair<V> ReduceProduct(in V k, in V x)
    {
        Span<double> factors = stackalloc double[V.Count];
        Span<double> arguments = stackalloc double[V.Count];
        Span<double> highs = stackalloc double[V.Count];
        Span<double> lows = stackalloc double[V.Count];
        Span<double> rests = stackalloc double[V.Count];
        Span<double> turns = stackalloc double[V.Count];
        V.Store(k, ref factors[0]);
        V.Store(x, ref arguments[0]);
        for (int i = 0; i < V.Count; i++)
        {
            // The product is exact in two doubles once x has been divided by 2^16. The other lanes' results are not used.
            double argument = arguments[i] / 65536;
            double product = factors[i] * argument;
            double productLost = Math.FusedMultiplyAdd(factors[i], argument, -product);
            highs[i] = PayneHanek.Reduce(product, out double quarters, out double rest, 16);
            lows[i] = PayneHanek.Reduce(productLost, out double quartersOfLost, out double restOfLost, 16);
            turns[i] = quarters + quartersOfLost;
            rests[i] = rest + restOfLost;
        }

        Pair<V> angle = Pair<V>.Sum(V.Load(ref highs[0]), V.Load(ref lows[0])) + V.Load(ref rests[0]);
        return angle + (new Pair<V>(V.Broadcast(HalfPi), V.Broadcast(HalfPiMiddle)) * V.Load(ref turns[0]));
    }
}
