namespace Hillock.Activations.Numbers;

/// <summary>A number type that the loops can fill from memory and write back.</summary>
/// <typeparam name="T">The number type itself.</typeparam>
/// <typeparam name="TScalar">What memory holds: float or double.</typeparam>
public interface IRegister<T, TScalar>
    where T : struct, IRegister<T, TScalar>
    where TScalar : unmanaged
{
    /// <summary>How many scalars the register holds.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> scalars.</summary>
    static abstract T Load(ref readonly TScalar source);

    /// <summary>Writes <see cref="Count"/> scalars.</summary>
    static abstract void Store(T value, ref TScalar destination);

    /// <summary>The same scalar in every lane.</summary>
    static abstract T Broadcast(TScalar value);

    /// <summary>
    /// Replaces infinities by numbers so large that a formula has its limit there to the last bit, because ∞ itself would meet 0 in a
    /// product somewhere and become NaN. What it does to NaN does not matter.
    /// </summary>
    /// <param name="x">The argument.</param>
    /// <param name="degree">The highest power that the formula computes of it, at most 5: it stays finite.</param>
    static abstract T Finite(T x, int degree = 2);

    /// <summary>Mends a value computed from <see cref="Finite"/>: the limit at infinities, NaN at NaN.</summary>
    /// <param name="x">The argument as it was.</param>
    /// <param name="value">The value of what <see cref="Finite"/> made of it.</param>
    /// <param name="degree">The same as for <see cref="Finite"/>.</param>
    static abstract T AtLimit(T x, T value, int degree = 2);

    /// <summary><paramref name="result"/> where <paramref name="x"/> is a number, <paramref name="x"/> where it is NaN.</summary>
    static abstract T KeepNaN(T x, T result);
}
