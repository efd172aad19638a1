using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Numerics;

/// <summary>Loops over numbers that are not worth a home of their own; their bits do not depend on the width of the registers.</summary>
internal static unsafe class VectorLoops
{
    /// <summary>Adds the rows of a matrix to sums, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddColumns(float* matrix, int rows, int columns, float* sums)
    {
        int column = 0;
        for (; column <= columns - 32; column += 32)
        {
            Vector256<float> first = Vector256.Load(sums + column);
            Vector256<float> second = Vector256.Load(sums + column + 8);
            Vector256<float> third = Vector256.Load(sums + column + 16);
            Vector256<float> fourth = Vector256.Load(sums + column + 24);
            float* source = matrix + column;
            for (int row = 0; row < rows; row++)
            {
                first += Vector256.Load(source);
                second += Vector256.Load(source + 8);
                third += Vector256.Load(source + 16);
                fourth += Vector256.Load(source + 24);
                source += columns;
            }

            first.Store(sums + column);
            second.Store(sums + column + 8);
            third.Store(sums + column + 16);
            fourth.Store(sums + column + 24);
        }

        for (; column < columns; column++)
        {
            float sum = sums[column];
            for (int row = 0; row < rows; row++)
            {
                sum += matrix[(nint)row * columns + column];
            }

            sums[column] = sum;
        }
    }

    /// <summary>The sum of each column of a matrix, one chain from the first row to the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumColumns(float* matrix, int rows, int columns, float* sums)
    {
        int column = 0;
        for (; column <= columns - 16; column += 16)
        {
            Vector256<float> low = Vector256<float>.Zero;
            Vector256<float> high = Vector256<float>.Zero;
            float* source = matrix + column;
            for (int row = 0; row < rows; row++)
            {
                low += Vector256.Load(source);
                high += Vector256.Load(source + 8);
                source += columns;
            }

            low.Store(sums + column);
            high.Store(sums + column + 8);
        }

        if (column <= columns - 8)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            for (int row = 0; row < rows; row++)
            {
                sum += Vector256.Load(matrix + (nint)row * columns + column);
            }

            sum.Store(sums + column);
            column += 8;
        }

        for (; column < columns; column++)
        {
            float sum = 0;
            for (int row = 0; row < rows; row++)
            {
                sum += matrix[(nint)row * columns + column];
            }

            sums[column] = sum;
        }
    }

    /// <summary>Adds two rows of equal length; the result may be the memory of either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256.Create(first[i..]) + Vector256.Create(second[i..])).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
        {
            result[i] = first[i] + second[i];
        }
    }

    /// <summary>Multiplies two rows of equal length; the result may be the memory of either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256.Create(first[i..]) * Vector256.Create(second[i..])).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
        {
            result[i] = first[i] * second[i];
        }
    }

    /// <summary>Divides two rows of equal length; the result may be the memory of either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256.Create(first[i..]) / Vector256.Create(second[i..])).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
        {
            result[i] = first[i] / second[i];
        }
    }

    /// <summary>Computes factor·x + shift; the result may be the memory of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ReadOnlySpan<float> x, float factor, float shift, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.FusedMultiplyAdd(Vector256.Create(x[i..]), Vector256.Create(factor), Vector256.Create(shift)).CopyTo(result[i..]);
        }

        for (; i < result.Length; i++)
        {
            result[i] = float.FusedMultiplyAdd(x[i], factor, shift);
        }
    }

    /// <summary>The sum of the squares, in double precision.</summary>
    public static double SquaredLength(ReadOnlySpan<float> values) => SquaredDistance(values, default);

    /// <summary>The sum of the squared differences, in double precision: lane i of 8 takes every eighth, then the lanes are added in order, then what is left over.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="others">What is taken off them; empty for nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredDistance(ReadOnlySpan<float> values, ReadOnlySpan<float> others)
    {
        bool differs = !others.IsEmpty;
        Vector256<double> low = Vector256<double>.Zero;
        Vector256<double> high = Vector256<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(Vector256.Create(values[i..]));
            if (differs)
            {
                (Vector256<double> firstOther, Vector256<double> secondOther) = Vector256.Widen(Vector256.Create(others[i..]));
                first -= firstOther;
                second -= secondOther;
            }

            low = Vector256.FusedMultiplyAdd(first, first, low);
            high = Vector256.FusedMultiplyAdd(second, second, high);
        }

        double sum = 0;
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
        {
            sum += low[lane] + high[lane];
        }

        for (; i < values.Length; i++)
        {
            double difference = differs ? (double)values[i] - others[i] : values[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>Whether no value is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        // x·0 is 0 for numbers and NaN for all else, and a sum with NaN stays NaN.
        Vector256<float> sum = Vector256<float>.Zero;
        for (; values.Length >= 8; values = values[8..])
        {
            sum += Vector256.Create(values) * Vector256<float>.Zero;
        }

        float rest = 0;
        foreach (float value in values)
        {
            rest += value * 0;
        }

        return Vector256.Sum(sum) + rest == 0;
    }

    /// <summary>How many values are 0 or -0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountZeros(ReadOnlySpan<float> values)
    {
        // A comparison that holds is -1.
        Vector256<int> counts = Vector256<int>.Zero;
        for (; values.Length >= 8; values = values[8..])
        {
            counts -= Vector256.Equals(Vector256.Create(values), Vector256<float>.Zero).AsInt32();
        }

        int count = Vector256.Sum(counts);
        foreach (float value in values)
        {
            count += value == 0 ? 1 : 0;
        }

        return count;
    }
}
