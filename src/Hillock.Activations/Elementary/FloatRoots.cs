using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>What square roots and reciprocals lack in float lanes: a fused multiply-add gives their remainders exactly, from which one step of Newton's iteration gives the digits after them.</summary>
/// <typeparam name="F">The register of floats.</typeparam>
internal static class FloatRoots<F>
    where F : struct, ISingleLanes<F>
{
    /// <summary>What the root of a square lacks.</summary>
    /// <param name="root">The root of the square's float, correctly rounded.</param>
    /// <param name="inverse">Its reciprocal, to a few digits.</param>
    /// <param name="square">The square.</param>
    /// <param name="squareLow">What the square's float lacks of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F LackOfRoot(F root, F inverse, F square, F squareLow) =>
        F.Broadcast(0.5f) * inverse * (F.MultiplyAddNegated(root, root, square) + squareLow);

    /// <summary>What a reciprocal lacks, as a share of it: 1 - inverse·(number + numberLow).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F LackOfReciprocal(F inverse, F number, F numberLow) =>
        F.MultiplyAddNegated(inverse, numberLow, F.MultiplyAddNegated(inverse, number, F.Broadcast(1)));
}
