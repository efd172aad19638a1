using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>Rows of doubles.</summary>
internal readonly unsafe struct DoubleRows : IRowArithmetic<double>
{
    public static bool HasSpareDigits => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(ref readonly double source)
        where V : struct, IDoubleLanes<V> => V.Load(in source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, ref double destination)
        where V : struct, IDoubleLanes<V> => V.Store(value, ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, IDoubleLanes<V> => DoubleElementary<V>.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfDifference<V>(V x, V y)
        where V : struct, IDoubleLanes<V>
    {
        // e^(z + rest) = e^z·(1 + rest) to the last digit; without the rest e^-700 would be off by 350 units. Below -746 the value is 0, and a rest of
        // infinities would be NaN.
        V z = x - y;
        V rest = V.IfGreater(z, V.Broadcast(-746), FixedTree.Lost(x, -y, z), V.Broadcast(0));
        V e = DoubleElementary<V>.Exp(z);
        return V.MultiplyAdd(e, rest, e);
    }

    public static double Maximum<V>(double* row, nint length)
        where V : struct, IDoubleLanes<V> => Extreme<V, Upwards>(row, length);

    public static double Minimum<V>(double* row, nint length)
        where V : struct, IDoubleLanes<V> => Extreme<V, Downwards>(row, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Extreme<V, TDirection>(double* row, nint length)
        where V : struct, IDoubleLanes<V>
        where TDirection : struct, IDirection
    {
        V first = V.Broadcast(TDirection.Worst);
        V second = first;
        V notNumbers = first;
        nint i = 0;
        for (; i <= length - (2 * V.Count); i += 2 * V.Count)
        {
            V x = V.Load(ref row[i]);
            V y = V.Load(ref row[i + V.Count]);
            first = TDirection.ChooseDoubles(x, first);
            second = TDirection.ChooseDoubles(y, second);
            notNumbers = V.KeepNaN(x, V.KeepNaN(y, notNumbers));
        }

        double* lanes = stackalloc double[2 * V.Count];
        double best = TDirection.Worst;
        if (i > 0)
        {
            first = TDirection.ChooseDoubles(first, second);
            V.Store(first, ref lanes[0]);
            V.Store(notNumbers, ref lanes[V.Count]);
            for (int lane = 0; lane < 2 * V.Count; lane++)
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
}
