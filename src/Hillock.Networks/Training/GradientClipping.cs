using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks;

/// <summary>Bounds gradients before a step; lengths are multiples of 16. Bits do not depend on the width of the registers.</summary>
internal static class GradientClipping
{
    /// <summary>Brings every number into [-<paramref name="limit"/>, <paramref name="limit"/>]; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void ByValue(float* gradients, int length, float limit)
    {
        Vector256<float> upper = Vector256.Create(limit);
        for (int i = 0; i < length; i += Vector256<float>.Count)
        {
            Vector256.Max(Vector256.Min(Vector256.Load(gradients + i), upper), -upper).Store(gradients + i);
        }
    }

    /// <summary>
    /// Shortens the vector of all gradients to the length <paramref name="limit"/> where it is longer, and keeps its direction (Pascanu, Mikolov &amp;
    /// Bengio, On the difficulty of training recurrent neural networks, 2013).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void ByNorm(float* gradients, int length, double limit)
    {
        double norm = Math.Sqrt(SumOfSquares(gradients, length));
        if (!(norm > limit))
        {
            return;
        }

        Vector256<float> factor = Vector256.Create((float)(limit / norm));
        for (int i = 0; i < length; i += Vector256<float>.Count)
        {
            (Vector256.Load(gradients + i) * factor).Store(gradients + i);
        }
    }

    /// <summary>In doubles, which no square of a float overflows: sixteen chains, folded in halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe double SumOfSquares(float* values, int length)
    {
        Vector256<double> sum0 = Vector256<double>.Zero;
        Vector256<double> sum1 = Vector256<double>.Zero;
        Vector256<double> sum2 = Vector256<double>.Zero;
        Vector256<double> sum3 = Vector256<double>.Zero;
        for (int i = 0; i < length; i += 16)
        {
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(Vector256.Load(values + i));
            (Vector256<double> third, Vector256<double> fourth) = Vector256.Widen(Vector256.Load(values + i + 8));
            sum0 = Vector256.FusedMultiplyAdd(first, first, sum0);
            sum1 = Vector256.FusedMultiplyAdd(second, second, sum1);
            sum2 = Vector256.FusedMultiplyAdd(third, third, sum2);
            sum3 = Vector256.FusedMultiplyAdd(fourth, fourth, sum3);
        }

        Vector256<double> four = sum0 + sum2 + (sum1 + sum3);
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }
}
