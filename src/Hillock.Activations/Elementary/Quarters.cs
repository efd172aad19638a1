using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>Turns the sine and the cosine of what quarter turns leave of an angle into those of the angle.</summary>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static class Quarters<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>The sine and the cosine of <paramref name="quarters"/>·π/2 plus the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Choose(V quarters, V sineOfRest, V cosineOfRest, out V cosine)
    {
        // n mod 4 in [-2, 2].
        V half = V.Broadcast(0.5);
        V oneAndHalf = V.Broadcast(1.5);
        V n = V.MultiplyAdd(V.Broadcast(-4), Rounding<V>.ToWhole(V.Broadcast(0.25) * quarters), quarters);
        V magnitude = V.Abs(n);
        V sine = V.IfGreater(magnitude, half, V.IfGreater(oneAndHalf, magnitude, cosineOfRest, sineOfRest), sineOfRest);
        V other = V.IfGreater(magnitude, half, V.IfGreater(oneAndHalf, magnitude, sineOfRest, cosineOfRest), cosineOfRest);

        // The sine changes its sign at -1 and ±2, the cosine at 1 and ±2.
        cosine = V.IfGreater(n, half, -other, V.IfGreater(-oneAndHalf, n, -other, other));
        return V.IfGreater(n, oneAndHalf, -sine, V.IfGreater(-half, n, -sine, sine));
    }
}
