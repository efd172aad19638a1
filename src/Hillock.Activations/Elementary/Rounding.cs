using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>Rounding to whole numbers in registers.</summary>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static class Rounding<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>The nearest whole number, of two the even one; the sign stays, that of zero too.</summary>
    /// <remarks>A double from 2^52 on is whole, and adding 2^52 to a smaller one leaves no room for a fraction.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ToWhole(V x)
    {
        V whole = V.Broadcast(4503599627370496.0);
        V magnitude = V.Abs(x);
        V rounded = V.CopySign((magnitude + whole) - whole, x);
        return V.IfGreater(whole, magnitude, rounded, x);
    }
}
