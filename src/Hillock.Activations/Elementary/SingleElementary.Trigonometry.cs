using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>Powers and the sine.</content>
internal static partial class SingleElementary<V>
{
    /// <summary>π/2 in two doubles.</summary>
    private const double HalfPi = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;

    /// <summary>Up to here two doubles of π/2 reduce an angle well enough; beyond, its product with 2/π is taken in pieces.</summary>
    private const double FarAngle = 1 << 30;

    /// <summary>2^140: the greatest float times parameters of some thousands.</summary>
    private const double GreatestAngle = 1.393796574908163946e42;

    /// <summary>x^y for x between 0 and ∞.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V PowerOfPositive(in V x, in V y) => Exp(y * Log(x));

    /// <summary>sin x and cos x, its derivative: x = n·π/2 + r, and n mod 4 chooses which of ±sin r and ±cos r they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin(V x, out V cosine)
    {
        V shift = V.Broadcast(LaneConstants.Shift);
        V n = V.MultiplyAdd(x, V.Broadcast(0.6366197723675814), shift) - shift;
        V r = V.MultiplyAdd(n, V.Broadcast(-HalfPiLow), V.MultiplyAdd(n, V.Broadcast(-HalfPi), x));
        V limit = V.Broadcast(FarAngle);
        if (V.AnyGreater(V.Abs(x), limit))
        {
            V far = ReduceFarAngle(x, out V farQuarters);
            r = V.IfGreater(V.Abs(x), limit, far, r);
            n = V.IfGreater(V.Abs(x), limit, farQuarters, n);
        }

        // (sin r/r - 1)/r² and (cos r - 1 + r²/2)/r⁴ in z = r² on [0, (π/4)²], errors 2^-35 and 2^-38.6.
        V z = r * r;
        V p = V.MultiplyAdd(V.Broadcast(2.7249895230611676e-06), z, V.Broadcast(-0.000198400864995936));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.008333331874273714));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.16666666663854168));
        V q = V.MultiplyAdd(V.Broadcast(-2.7300933687212943e-07), z, V.Broadcast(2.480060018036381e-05));
        q = V.MultiplyAdd(q, z, V.Broadcast(-0.0013888887671652504));
        q = V.MultiplyAdd(q, z, V.Broadcast(0.041666666664320264));
        V sineOfRest = V.CopySign(V.MultiplyAdd(p * z, r, r), r);
        V cosineOfRest = V.MultiplyAdd(q, z * z, V.MultiplyAdd(V.Broadcast(-0.5), z, V.Broadcast(1)));
        return Quarters<V>.Choose(n, sineOfRest, cosineOfRest, out cosine);
    }

    /// <summary>
    /// x·2/π without its multiples of 4: the product of each half of x with each piece of 26 bits is exact, and so is its rest modulo 4 (after Payne &amp; Hanek 1983,
    /// in floating point). A float is its upper half alone; a product of a float with a parameter has both. Eight pieces reach 80 places below the point for the greatest
    /// float, and the float nearest to a multiple of π/2 needs 62.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V ReduceFarAngle(V x, out V quarters)
    {
        // Products of floats with parameters stay below; what else a formula computes on the way may not, and its digits would mean nothing.
        V bounded = V.Min(V.Max(x, V.Broadcast(-GreatestAngle)), V.Broadcast(GreatestAngle));
        V split = V.Broadcast((1 << 27) + 1) * bounded;
        V upper = split - (split - bounded);
        V lower = bounded - upper;
        V sum = V.Broadcast(0);
        V lost = V.Broadcast(0);
        foreach (double piece in (ReadOnlySpan<double>)[
            0.6366197615861893, 1.0781392001391055e-08, 7.166494634684664e-17, 2.7653040292560713e-24,
            1.0181664073134233e-32, 3.143654692300393e-40, 6.319121160070941e-48, 1.051335891051139e-56])
        {
            AddModuloFour(upper, V.Broadcast(piece), ref sum, ref lost);
            AddModuloFour(lower, V.Broadcast(piece), ref sum, ref lost);
        }

        quarters = Rounding<V>.ToWhole(sum);
        V fraction = (sum - quarters) + lost;

        // Infinity has no sine: ∞ - ∞ is no number.
        return V.MultiplyAdd(fraction, V.Broadcast(HalfPi), x - x);
    }

    private static void AddModuloFour(V half, V piece, ref V sum, ref V lost)
    {
        V fours = V.Broadcast(4) * Rounding<V>.ToWhole(V.Broadcast(0.25) * (half * piece));
        V rest = V.MultiplyAdd(half, piece, -fours);
        V next = sum + rest;
        V back = next - rest;
        lost = lost + ((sum - back) + (rest - (next - back)));
        sum = next;
    }
}
