using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>Rows of floats.</summary>
internal readonly unsafe struct SingleRows : IRowArithmetic<float>
{
    public static bool HasSpareDigits => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(ref readonly float source)
        where V : struct, IDoubleLanes<V> => V.Load(in source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, ref float destination)
        where V : struct, IDoubleLanes<V> => V.Store(value, ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, IDoubleLanes<V> => SingleElementary<V>.Exp(x);

    // The difference of floats loses at most the 53rd digit, and then where e^(x - y) is far below the floats or x next to nothing beside y.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfDifference<V>(V x, V y)
        where V : struct, IDoubleLanes<V> => SingleElementary<V>.Exp(x - y);

    public static double Maximum<V>(float* row, nint length)
        where V : struct, IDoubleLanes<V> =>
        V.Count == 8 ? Extreme<SingleLanes16, Upwards>(row, length)
        : V.Count == 4 ? Extreme<SingleLanes8, Upwards>(row, length)
        : V.Count == 2 ? Extreme<SingleLanes4, Upwards>(row, length)
        : Extreme<SingleLanes1, Upwards>(row, length);

    public static double Minimum<V>(float* row, nint length)
        where V : struct, IDoubleLanes<V> =>
        V.Count == 8 ? Extreme<SingleLanes16, Downwards>(row, length)
        : V.Count == 4 ? Extreme<SingleLanes8, Downwards>(row, length)
        : V.Count == 2 ? Extreme<SingleLanes4, Downwards>(row, length)
        : Extreme<SingleLanes1, Downwards>(row, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Extreme<F, TDirection>(float* row, nint length)
        where F : struct, ISingleLanes<F>
        where TDirection : struct, IDirection
    {
        // The greatest of several is the same in any order, so that four registers may take turns.
        F first = F.Broadcast((float)TDirection.Worst);
        F second = first;
        F third = first;
        F fourth = first;
        F notNumbers = first;
        nint i = 0;
        for (; i <= length - (4 * F.Count); i += 4 * F.Count)
        {
            first = Better<F, TDirection>(F.Load(ref row[i]), first, ref notNumbers);
            second = Better<F, TDirection>(F.Load(ref row[i + F.Count]), second, ref notNumbers);
            third = Better<F, TDirection>(F.Load(ref row[i + (2 * F.Count)]), third, ref notNumbers);
            fourth = Better<F, TDirection>(F.Load(ref row[i + (3 * F.Count)]), fourth, ref notNumbers);
        }

        for (; i <= length - F.Count; i += F.Count)
        {
            first = Better<F, TDirection>(F.Load(ref row[i]), first, ref notNumbers);
        }

        float* lanes = stackalloc float[2 * F.Count];
        float best = (float)TDirection.Worst;
        if (i > 0)
        {
            first = TDirection.Choose(TDirection.Choose(first, second), TDirection.Choose(third, fourth));
            F.Store(first, ref lanes[0]);
            F.Store(notNumbers, ref lanes[F.Count]);
            for (int lane = 0; lane < 2 * F.Count; lane++)
            {
                best = TDirection.Choose(lanes[lane], best);
            }
        }

        for (; i < length; i++)
        {
            best = TDirection.Choose(row[i], best);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F Better<F, TDirection>(F x, F best, ref F notNumbers)
        where F : struct, ISingleLanes<F>
        where TDirection : struct, IDirection
    {
        notNumbers = F.KeepNaN(x, notNumbers);
        return TDirection.Choose(x, best);
    }
}
