using Hillock.Activations.Numbers;

namespace Hillock.Activations.Rows;

/// <summary>How rows of a type of number are read into registers of doubles, computed there and written back.</summary>
/// <typeparam name="TScalar">What memory holds: float or double.</typeparam>
internal unsafe interface IRowArithmetic<TScalar>
    where TScalar : unmanaged
{
    /// <summary>Whether results are rounded to so few digits that sums and quotients in double need no care.</summary>
    static abstract bool HasSpareDigits { get; }

    /// <summary>Reads a register.</summary>
    static abstract V Load<V>(ref readonly TScalar source)
        where V : struct, IDoubleLanes<V>;

    /// <summary>Rounds and writes a register.</summary>
    static abstract void Store<V>(V value, ref TScalar destination)
        where V : struct, IDoubleLanes<V>;

    /// <summary>e^x for x ≤ 0 or little above; -∞ gives 0 or what is rounded to it.</summary>
    static abstract V Exp<V>(V x)
        where V : struct, IDoubleLanes<V>;

    /// <summary>e^(x - y) for x ≤ y, with what the difference loses in rounding; x = -∞ gives 0 or what is rounded to it.</summary>
    static abstract V ExpOfDifference<V>(V x, V y)
        where V : struct, IDoubleLanes<V>;

    /// <summary>The greatest number of a row, NaN if one is; of no elements, -∞.</summary>
    static abstract double Maximum<V>(TScalar* row, nint length)
        where V : struct, IDoubleLanes<V>;

    /// <summary>The least number of a row, NaN if one is; of no elements, ∞.</summary>
    static abstract double Minimum<V>(TScalar* row, nint length)
        where V : struct, IDoubleLanes<V>;
}
