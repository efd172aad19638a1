using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>Rows whose numbers are read with the other sign.</summary>
/// <typeparam name="A">The arithmetic of the rows.</typeparam>
/// <typeparam name="TScalar">float or double.</typeparam>
internal readonly unsafe struct NegatedRows<A, TScalar> : IRowArithmetic<TScalar>
    where A : struct, IRowArithmetic<TScalar>
    where TScalar : unmanaged
{
    public static bool HasSpareDigits => A.HasSpareDigits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(ref readonly TScalar source)
        where V : struct, IDoubleLanes<V> => -A.Load<V>(in source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, ref TScalar destination)
        where V : struct, IDoubleLanes<V> => A.Store(value, ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, IDoubleLanes<V> => A.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfDifference<V>(V x, V y)
        where V : struct, IDoubleLanes<V> => A.ExpOfDifference(x, y);

    public static double Maximum<V>(TScalar* row, nint length)
        where V : struct, IDoubleLanes<V> => -A.Minimum<V>(row, length);

    public static double Minimum<V>(TScalar* row, nint length)
        where V : struct, IDoubleLanes<V> => -A.Maximum<V>(row, length);
}
