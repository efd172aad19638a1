using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>
/// Sums whose bits depend on nothing but the numbers: element i goes to lane i mod 16, and the lanes are added in pairs. Any width of register keeps this
/// order. The lanes lie in memory: a lane's turn comes every sixteen elements, so that what is computed in between hides the way there and back.
/// </summary>
internal static unsafe class FixedTree
{
    /// <summary>The lanes of a sum.</summary>
    public const int Lanes = 16;

    /// <summary>Room for the lanes of a compensated sum: the sums, then what rounding lost of each.</summary>
    public const int CompensatedLanes = 2 * Lanes;

    /// <summary>Adds the elements from <paramref name="index"/> on, which must be a multiple of the register's length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(double* lanes, nint index, V terms)
        where V : struct, IDoubleLanes<V>
    {
        double* lane = lanes + (index & (Lanes - 1));
        V.Store(V.Load(ref *lane) + terms, ref *lane);
    }

    /// <summary>Adds products, each with a single rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(double* lanes, nint index, V left, V right)
        where V : struct, IDoubleLanes<V>
    {
        double* lane = lanes + (index & (Lanes - 1));
        V.Store(V.MultiplyAdd(left, right, V.Load(ref *lane)), ref *lane);
    }

    /// <summary>Adds what also keeps the digits that rounding loses (Knuth's two-sum); the room is of <see cref="CompensatedLanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddCompensated<V>(double* lanes, nint index, V terms)
        where V : struct, IDoubleLanes<V>
    {
        double* lane = lanes + (index & (Lanes - 1));
        V before = V.Load(ref *lane);
        V sum = before + terms;
        V.Store(sum, ref *lane);
        V.Store(V.Load(ref lane[Lanes]) + Lost(before, terms, sum), ref lane[Lanes]);
    }

    /// <summary>The sum of the lanes.</summary>
    public static T Fold<T>(T* lanes)
        where T : unmanaged, IAdditionOperators<T, T, T>
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    /// <summary>The sum of numbers.</summary>
    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IAdditionOperators<T, T, T>
    {
        T* lanes = stackalloc T[Lanes];
        Span<T> sums = new(lanes, Lanes);
        sums.Clear();
        for (; values.Length >= Lanes; values = values[Lanes..])
        {
            for (int k = 0; k < Lanes; k += Vector512<T>.Count)
            {
                (Vector512.Create<T>(sums[k..]) + Vector512.Create(values[k..])).CopyTo(sums[k..]);
            }
        }

        for (int k = 0; k < values.Length; k++)
        {
            sums[k] += values[k];
        }

        return Fold(lanes);
    }

    /// <summary>The sum of compensated lanes as a double and what it lacks.</summary>
    public static double FoldCompensated(double* lanes, out double lost)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                double sum = lanes[i] + lanes[i + half];
                lanes[Lanes + i] += lanes[Lanes + i + half] + Lost(lanes[i], lanes[i + half], sum);
                lanes[i] = sum;
            }
        }

        double total = lanes[0] + lanes[Lanes];
        lost = Lost(lanes[0], lanes[Lanes], total);
        return total;
    }

    /// <summary>What rounding left + right to their sum lost, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Lost<V>(V left, V right, V sum)
        where V : struct, IDoubleLanes<V>
    {
        V back = sum - right;
        return (left - back) + (right - (sum - back));
    }

    /// <summary>What rounding left + right to their sum lost, exactly.</summary>
    public static double Lost(double left, double right, double sum)
    {
        double back = sum - right;
        return (left - back) + (right - (sum - back));
    }
}
