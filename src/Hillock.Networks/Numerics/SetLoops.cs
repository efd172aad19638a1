using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>A set of numbers that are normalised together: rows of a width, at a distance; several sets lie beside each other.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Width">The numbers of a row.</param>
/// <param name="Stride">The distance of the rows.</param>
/// <param name="Groups">The sets beside each other.</param>
internal readonly record struct SetGeometry(int Rows, int Width, int Stride, int Groups);

/// <summary>Loops of normalisations over a set of numbers. Sums are in double precision, in four lanes and a rest, whatever the machine.</summary>
internal static unsafe class SetLoops
{
    private const int Lanes = 4;

    /// <summary>The mean (0 unless centred) and 1/√(variance + ε) of a set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Mean, double Inverse) Statistics(float* x, SetGeometry set, bool centred, double epsilon)
    {
        double count = (double)set.Rows * set.Width;
        double mean = centred ? Moments(x, set, 0).Sum / count : 0;
        return (mean, 1 / Math.Sqrt(Moments(x, set, mean).Squares / count + epsilon));
    }

    /// <summary>Computes y = (x - mean)·inverse·weight + bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalise(float* x, float* y, SetGeometry set, double mean, double inverse, float* weight, float* bias)
    {
        float off = (float)mean;
        float factor = (float)inverse;
        for (int row = 0; row < set.Rows; row++, x += set.Stride, y += set.Stride)
        {
            int c = 0;
            for (; c <= set.Width - Vector256<float>.Count; c += Vector256<float>.Count)
            {
                Vector256<float> normal = (Vector256.Load(x + c) - Vector256.Create(off)) * factor;
                Vector256<float> shift = bias == null ? Vector256<float>.Zero : Vector256.Load(bias + c);
                Vector256.FusedMultiplyAdd(normal, Vector256.Load(weight + c), shift).Store(y + c);
            }

            for (; c < set.Width; c++)
            {
                y[c] = float.FusedMultiplyAdd((x[c] - off) * factor, weight[c], bias == null ? 0 : bias[c]);
            }
        }
    }

    /// <summary>Adds g·x̂ to the sums of the weights, and g to those of the biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddParameterGradients(float* x, float* gradient, SetGeometry set, double mean, double inverse, float* weightSums, float* biasSums)
    {
        float off = (float)mean;
        float factor = (float)inverse;
        for (int row = 0; row < set.Rows; row++, x += set.Stride, gradient += set.Stride)
        {
            int c = 0;
            for (; c <= set.Width - Vector256<float>.Count; c += Vector256<float>.Count)
            {
                Vector256<float> g = Vector256.Load(gradient + c);
                Vector256<float> normal = (Vector256.Load(x + c) - Vector256.Create(off)) * factor;
                Vector256.FusedMultiplyAdd(g, normal, Vector256.Load(weightSums + c)).Store(weightSums + c);
                if (biasSums != null)
                {
                    (Vector256.Load(biasSums + c) + g).Store(biasSums + c);
                }
            }

            for (; c < set.Width; c++)
            {
                weightSums[c] = float.FusedMultiplyAdd(gradient[c], (x[c] - off) * factor, weightSums[c]);
                if (biasSums != null)
                {
                    biasSums[c] += gradient[c];
                }
            }
        }
    }

    /// <summary>Computes dC/dx = inverse·(h - mean(h) - x̂·mean(h·x̂)) with h = g·weight; without mean(h) where numbers are not centred.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient(
        float* x, float* gradient, float* inputGradient, SetGeometry set, double mean, double inverse, float* weight, bool centred)
    {
        (double sum, double products) = Products(x, gradient, set, mean, inverse, weight);
        double count = (double)set.Rows * set.Width;
        float off = (float)mean;
        float factor = (float)inverse;
        float gradientMean = centred ? (float)(sum / count) : 0;
        float productMean = (float)(products / count);
        for (int row = 0; row < set.Rows; row++, x += set.Stride, gradient += set.Stride, inputGradient += set.Stride)
        {
            int c = 0;
            for (; c <= set.Width - Vector256<float>.Count; c += Vector256<float>.Count)
            {
                Vector256<float> normal = (Vector256.Load(x + c) - Vector256.Create(off)) * factor;
                Vector256<float> h = Vector256.FusedMultiplyAdd(Vector256.Load(gradient + c), Vector256.Load(weight + c), Vector256.Create(-gradientMean));
                (Vector256.FusedMultiplyAdd(-normal, Vector256.Create(productMean), h) * factor).Store(inputGradient + c);
            }

            for (; c < set.Width; c++)
            {
                float h = float.FusedMultiplyAdd(gradient[c], weight[c], -gradientMean);
                inputGradient[c] = float.FusedMultiplyAdd(-((x[c] - off) * factor), productMean, h) * factor;
            }
        }
    }

    /// <summary>Σ(x - off) and Σ(x - off)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Squares) Moments(float* x, SetGeometry set, double off)
    {
        Vector256<double> sums = Vector256<double>.Zero;
        Vector256<double> squares = Vector256<double>.Zero;
        double restSum = 0;
        double restSquares = 0;
        for (int row = 0; row < set.Rows; row++, x += set.Stride)
        {
            int c = 0;
            for (; c <= set.Width - Lanes; c += Lanes)
            {
                Vector256<double> value = Widen(x + c) - Vector256.Create(off);
                sums += value;
                squares += value * value;
            }

            for (; c < set.Width; c++)
            {
                double value = x[c] - off;
                restSum += value;
                restSquares += value * value;
            }
        }

        return (Total(sums) + restSum, Total(squares) + restSquares);
    }

    /// <summary>Σh and Σh·x̂ with h = g·weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Products) Products(float* x, float* gradient, SetGeometry set, double mean, double inverse, float* weight)
    {
        Vector256<double> sums = Vector256<double>.Zero;
        Vector256<double> products = Vector256<double>.Zero;
        double restSum = 0;
        double restProducts = 0;
        for (int row = 0; row < set.Rows; row++, x += set.Stride, gradient += set.Stride)
        {
            int c = 0;
            for (; c <= set.Width - Lanes; c += Lanes)
            {
                Vector256<double> h = Widen(gradient + c) * Widen(weight + c);
                sums += h;
                products += h * ((Widen(x + c) - Vector256.Create(mean)) * inverse);
            }

            for (; c < set.Width; c++)
            {
                double h = (double)gradient[c] * weight[c];
                restSum += h;
                restProducts += h * ((x[c] - mean) * inverse);
            }
        }

        return (Total(sums) + restSum, Total(products) + restProducts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(float* values)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(Vector128.Load(values));
        return Vector256.Create(lower, upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Total(Vector256<double> lanes) => lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
}
