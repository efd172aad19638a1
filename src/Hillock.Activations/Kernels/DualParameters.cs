using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>The parameters of a formula as dual numbers: written out for as many as there are, so that each stays in a register.</summary>
internal interface IDualParameters
{
    /// <summary>None is the variable.</summary>
    static abstract P<Dual<T>> Fixed<T>(P<T> p)
        where T : struct, IReal<T>;
}

/// <summary>Up to four parameters.</summary>
internal readonly struct FewParameters : IDualParameters
{
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

/// <summary>Up to twelve parameters.</summary>
internal readonly struct ManyParameters : IDualParameters
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static P<Dual<T>> Fixed<T>(P<T> p)
        where T : struct, IReal<T> => new(
            Dual<T>.Fixed(p.First),
            Dual<T>.Fixed(p.Second),
            Dual<T>.Fixed(p.Third),
            Dual<T>.Fixed(p.Fourth),
            Dual<T>.Fixed(p.Fifth),
            Dual<T>.Fixed(p.Sixth),
            Dual<T>.Fixed(p.Seventh),
            Dual<T>.Fixed(p.Eighth),
            Dual<T>.Fixed(p.Ninth),
            Dual<T>.Fixed(p.Tenth),
            Dual<T>.Fixed(p.Eleventh),
            Dual<T>.Fixed(p.Twelfth));
}
