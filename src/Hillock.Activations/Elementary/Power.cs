using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>What a power is where it is not e^(y·ln x).</summary>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static class Power<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>
    /// x^y, given |x|^y for the x between 0 and ∞. As in IEEE 754, but that x^y is no number for x = -∞ either where y is not whole, since it is none for any
    /// negative x on the way there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(V x, V y, V powerOfMagnitude)
    {
        V zero = V.Broadcast(0);
        V infinity = V.Broadcast(double.PositiveInfinity);
        V magnitude = V.Abs(x);
        V power = V.IfGreater(magnitude, V.Broadcast(double.MaxValue), V.IfGreater(y, zero, infinity, zero), powerOfMagnitude);
        power = V.IfGreater(magnitude, zero, power, V.IfGreater(y, zero, zero, infinity));

        V half = V.Broadcast(0.5) * y;
        V fraction = V.Abs(y - Rounding<V>.ToWhole(y));
        V odd = V.Abs(half - Rounding<V>.ToWhole(half));
        V ofNegative = V.IfGreater(fraction, zero, V.Broadcast(double.NaN), V.IfGreater(odd, zero, -power, power));

        // -0 is no less than 0, but an odd power of it has its sign.
        V ofZero = V.IfGreater(odd, fraction, V.CopySign(power, x), power);
        power = V.IfGreater(zero, x, ofNegative, V.IfGreater(x, zero, power, ofZero));
        return V.IfGreater(V.Abs(y), zero, power, V.Broadcast(1));
    }
}
