using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>Where one parameter's values lie: one value for all elements, or one each.</summary>
internal readonly unsafe struct ParameterSource<TScalar>
    where TScalar : unmanaged
{
    private readonly TScalar* _values;

    public ParameterSource(TScalar* values, bool perElement)
    {
        _values = values;
        PerElement = perElement;
    }

    public bool PerElement { get; }

    /// <summary>The values of the elements from <paramref name="index"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(nint index)
        where T : struct, IRegister<T, TScalar> =>
        _values == null ? default : PerElement ? T.Load(ref _values[index]) : T.Broadcast(*_values);

    /// <summary>The value where it is one for all.</summary>
    public TScalar Constant => _values == null ? default : *_values;

    /// <summary>The source of the elements from <paramref name="index"/> on.</summary>
    public ParameterSource<TScalar> From(nint index) => PerElement ? new(_values + index, true) : this;

    /// <summary>The same values in memory that a whole register may be read from.</summary>
    public ParameterSource<TScalar> Padded(TScalar* room, nint length)
    {
        if (!PerElement)
        {
            return this;
        }

        for (nint i = 0; i < length; i++)
        {
            room[i] = _values[i];
        }

        return new(room, true);
    }
}

/// <summary>The sources of all parameters of a formula.</summary>
internal readonly struct ParameterSources<TScalar>(
    ParameterSource<TScalar> first, ParameterSource<TScalar> second, ParameterSource<TScalar> third, ParameterSource<TScalar> fourth)
    where TScalar : unmanaged
{
    /// <summary>Whether any parameter has a value for each element.</summary>
    public bool AnyPerElement => first.PerElement || second.PerElement || third.PerElement || fourth.PerElement;

    /// <summary>The parameters of the elements from <paramref name="index"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P<T> At<T>(nint index)
        where T : struct, IRegister<T, TScalar> =>
        new(first.At<T>(index), second.At<T>(index), third.At<T>(index), fourth.At<T>(index));

    /// <summary>The values where each is one for all.</summary>
    public P<TScalar> Constants => new(first.Constant, second.Constant, third.Constant, fourth.Constant);

    /// <summary>Each source <see cref="ParameterSource{TScalar}.Padded"/>, in rooms of <paramref name="count"/> values.</summary>
    public unsafe ParameterSources<TScalar> Padded(TScalar* room, int count, nint length) => new(
        first.Padded(room, length),
        second.Padded(room + count, length),
        third.Padded(room + (2 * count), length),
        fourth.Padded(room + (3 * count), length));

    /// <summary>The sources of the elements from <paramref name="index"/> on.</summary>
    public ParameterSources<TScalar> From(nint index) => new(first.From(index), second.From(index), third.From(index), fourth.From(index));
}

/// <summary>The index of a parameter as a type, so that each parameter's gradient is a loop of its own.</summary>
internal interface IParameterIndex
{
    static abstract int Index { get; }
}
