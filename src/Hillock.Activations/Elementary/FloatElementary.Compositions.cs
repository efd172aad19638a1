using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>Functions of functions, whose values do not lose what the steps between them do.</content>
internal static partial class FloatElementary<F>
    where F : struct, ISingleLanes<F>
{
    /// <summary>x·erf(s) with s = ln(1 + e^x), and its derivative erf(s) + x·erf'(s)·σ(x); |x| is at most 40.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F SerfLinear(F x, out F slope)
    {
        F s = SoftPlus(x, out F sLow);
        // Where what s lacks counts, the line to the piece's centre is as steep as erf to within some hundredths.
        F erf = ErfOfMagnitude(s, out F steepness, out F low);
        low = F.MultiplyAdd(steepness, sLow, low);
        F factor = F.MultiplyAdd(F.Broadcast((float)Constants.TwoOverSqrtPi), x, F.Broadcast(PieceTables.ErfSlopeLow) * x);
        // From 8 on e^(-s²) no longer counts, and further on it would not be a normal number.
        slope = F.MultiplyAdd(factor * Gauss(F.Min(s, F.Broadcast(8))), Sigmoid(x, out _), erf) + low;
        return F.MultiplyAdd(x, erf, x * low);
    }
}
