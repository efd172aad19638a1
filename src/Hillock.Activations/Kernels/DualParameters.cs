using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>The parameters of a formula that has up to four, as dual numbers: written out, so that each stays in a register.</summary>
internal static class FewParameters
{
    /// <summary>None is the variable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P<Dual<T>> Fixed<T>(P<T> p)
        where T : struct, IReal<T> => new(Dual<T>.Fixed(p.First), Dual<T>.Fixed(p.Second), Dual<T>.Fixed(p.Third), Dual<T>.Fixed(p.Fourth));

    /// <summary>One is the variable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P<Dual<T>> By<T, TIndex>(P<T> p)
        where T : struct, IReal<T>
        where TIndex : struct, IParameterIndex =>
        new(One<T, TIndex>(p.First, 0), One<T, TIndex>(p.Second, 1), One<T, TIndex>(p.Third, 2), One<T, TIndex>(p.Fourth, 3));

    /// <summary>One is the variable beside the argument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P<Gradient<T>> Beside<T, TIndex>(P<T> p)
        where T : struct, IReal<T>
        where TIndex : struct, IParameterIndex =>
        new(OneBeside<T, TIndex>(p.First, 0), OneBeside<T, TIndex>(p.Second, 1), OneBeside<T, TIndex>(p.Third, 2), OneBeside<T, TIndex>(p.Fourth, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Dual<T> One<T, TIndex>(T value, int index)
        where T : struct, IReal<T>
        where TIndex : struct, IParameterIndex => index == TIndex.Index ? Dual<T>.Variable(value) : Dual<T>.Fixed(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Gradient<T> OneBeside<T, TIndex>(T value, int index)
        where T : struct, IReal<T>
        where TIndex : struct, IParameterIndex => index == TIndex.Index ? Gradient<T>.Parameter(value) : Gradient<T>.Fixed(value);
}
