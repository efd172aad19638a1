using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>How registers are summed in the lanes of a <see cref="FixedTree"/>.</summary>
/// <typeparam name="T">The number type, a register of at most as many elements as there are lanes.</typeparam>
internal unsafe interface IRegisterSums<T>
{
    /// <summary>Adds the elements from <paramref name="index"/> on, which must be a multiple of the register's length.</summary>
    /// <param name="lanes">Room for the lanes.</param>
    /// <param name="index">The index of the first element.</param>
    /// <param name="terms">The elements.</param>
    static abstract void Add(double* lanes, nint index, T terms);

    /// <summary>The sum of the lanes.</summary>
    static abstract double Fold(double* lanes);
}

/// <summary>Sums of floats where float arithmetic suffices, in floats.</summary>
/// <typeparam name="F">The register of floats.</typeparam>
/// <typeparam name="V">The register of doubles of the same width.</typeparam>
internal readonly unsafe struct NativeSums<F, V> : IRegisterSums<NativeSingle<F, V>>
    where F : struct, ISingleLanes<F>
    where V : struct, IDoubleLanes<V>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(double* lanes, nint index, NativeSingle<F, V> terms)
    {
        float* lane = (float*)lanes + (index & (FixedTree.Lanes - 1));
        F.Store(F.Load(ref *lane) + terms.Lanes, ref *lane);
    }

    /// <inheritdoc/>
    public static double Fold(double* lanes) => FixedTree.Fold((float*)lanes);
}

/// <summary>Sums of what is computed in doubles, in doubles: of floats they are rounded once.</summary>
/// <typeparam name="V">The register of doubles.</typeparam>
internal readonly unsafe struct DoubleSums<V> : IRegisterSums<SingleReal<V>>, IRegisterSums<DoubleReal<V>>
    where V : struct, IDoubleLanes<V>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(double* lanes, nint index, SingleReal<V> terms) => FixedTree.Add(lanes, index, terms.Lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(double* lanes, nint index, DoubleReal<V> terms) => FixedTree.Add(lanes, index, terms.Lanes);

    /// <inheritdoc/>
    public static double Fold(double* lanes) => FixedTree.Fold(lanes);
}
