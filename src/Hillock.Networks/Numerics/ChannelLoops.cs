using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>
/// Loops of normalisations with numbers of their own for each channel, over positions that lie one after the other. Sums are kept in double
/// precision, one chain for each channel, the second sums behind the first.
/// </summary>
internal static unsafe class ChannelLoops
{
    /// <summary>Numbers for each channel: x̂ = (x - Mean)·Inverse and y = x̂·Weight + Bias.</summary>
    public readonly struct Scaling(float* mean, float* inverse, float* weight, float* bias)
    {
        public readonly float* Mean = mean;
        public readonly float* Inverse = inverse;
        public readonly float* Weight = weight;
        public readonly float* Bias = bias;
    }

    /// <summary>Adds Σx and Σx².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMoments(float* x, int positions, int channels, double* sums)
    {
        for (int position = 0; position < positions; position++, x += channels)
        {
            int c = 0;
            for (; c <= channels - 4; c += 4)
            {
                Vector256<double> value = Widen(x + c);
                Add(value, sums + c);
                Add(value * value, sums + channels + c);
            }

            for (; c < channels; c++)
            {
                double value = x[c];
                sums[c] += value;
                sums[channels + c] += value * value;
            }
        }
    }

    /// <summary>Adds Σg and Σg·x̂.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(float* x, float* gradient, int positions, int channels, Scaling scaling, double* sums)
    {
        for (int position = 0; position < positions; position++, x += channels, gradient += channels)
        {
            int c = 0;
            for (; c <= channels - 4; c += 4)
            {
                Vector256<double> g = Widen(gradient + c);
                Vector256<double> normal = (Widen(x + c) - Widen(scaling.Mean + c)) * Widen(scaling.Inverse + c);
                Add(g, sums + c);
                Add(g * normal, sums + channels + c);
            }

            for (; c < channels; c++)
            {
                double g = gradient[c];
                sums[c] += g;
                sums[channels + c] += g * (((double)x[c] - scaling.Mean[c]) * scaling.Inverse[c]);
            }
        }
    }

    /// <summary>Computes y = (x - Mean)·Inverse·Weight + Bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalise(float* x, float* y, int positions, int channels, Scaling scaling)
    {
        for (int position = 0; position < positions; position++, x += channels, y += channels)
        {
            int c = 0;
            for (; c <= channels - Vector256<float>.Count; c += Vector256<float>.Count)
            {
                Vector256<float> factor = Vector256.Load(scaling.Inverse + c) * Vector256.Load(scaling.Weight + c);
                Vector256<float> centred = Vector256.Load(x + c) - Vector256.Load(scaling.Mean + c);
                Vector256.FusedMultiplyAdd(centred, factor, Vector256.Load(scaling.Bias + c)).Store(y + c);
            }

            for (; c < channels; c++)
            {
                y[c] = float.FusedMultiplyAdd(x[c] - scaling.Mean[c], scaling.Inverse[c] * scaling.Weight[c], scaling.Bias[c]);
            }
        }
    }

    /// <summary>Computes dC/dx = Weight·Inverse·(g - mean(g) - x̂·mean(g·x̂)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient(
        float* x, float* gradient, float* inputGradient, int positions, int channels, Scaling scaling, float* gradientMean, float* productMean)
    {
        for (int position = 0; position < positions; position++, x += channels, gradient += channels, inputGradient += channels)
        {
            int c = 0;
            for (; c <= channels - Vector256<float>.Count; c += Vector256<float>.Count)
            {
                Vector256<float> inverse = Vector256.Load(scaling.Inverse + c);
                Vector256<float> normal = (Vector256.Load(x + c) - Vector256.Load(scaling.Mean + c)) * inverse;
                Vector256<float> centred = Vector256.Load(gradient + c) - Vector256.Load(gradientMean + c);
                Vector256<float> rest = Vector256.FusedMultiplyAdd(-normal, Vector256.Load(productMean + c), centred);
                (rest * (inverse * Vector256.Load(scaling.Weight + c))).Store(inputGradient + c);
            }

            for (; c < channels; c++)
            {
                float normal = (x[c] - scaling.Mean[c]) * scaling.Inverse[c];
                float rest = float.FusedMultiplyAdd(-normal, productMean[c], gradient[c] - gradientMean[c]);
                inputGradient[c] = rest * (scaling.Inverse[c] * scaling.Weight[c]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(float* values)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(Vector128.Load(values));
        return Vector256.Create(lower, upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<double> value, double* sum) => (Vector256.Load(sum) + value).Store(sum);
}
