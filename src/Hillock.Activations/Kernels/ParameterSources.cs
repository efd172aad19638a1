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

    /// <summary>The source of a span.</summary>
    /// <param name="values">Where it lies.</param>
    /// <param name="count">How many values it has.</param>
    /// <param name="oneForEach">Whether a single value is that of a single element: <see cref="ActivationArguments{T}.OneForEach"/>.</param>
    public static ParameterSource<TScalar> Of(TScalar* values, int count, bool oneForEach) => new(values, count > 1 || (count == 1 && oneForEach));

    /// <summary>The values of the elements from <paramref name="index"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(nint index)
        where T : struct, IRegister<T, TScalar> =>
        _values == null ? default : PerElement ? T.Load(ref _values[index]) : T.Broadcast(*_values);

    /// <summary>The value where it is one for all.</summary>
    public TScalar Constant => _values == null ? default : *_values;

    /// <summary>The source of the elements from <paramref name="index"/> on.</summary>
    public ParameterSource<TScalar> From(nint index) => PerElement ? new(_values + index, true) : this;

    /// <summary>The same for a register that is not full, through memory that a whole one may be read from.</summary>
    public T AtTail<T>(nint start, nint length, TScalar* room)
        where T : struct, IRegister<T, TScalar>
    {
        for (nint i = 0; i < length && PerElement; i++)
        {
            room[i] = _values[start + i];
        }

        return PerElement ? T.Load(ref room[0]) : At<T>(0);
    }
}

/// <summary>The sources of all parameters of a formula: of the first four, and a table of those after them, which few formulas have.</summary>
internal readonly unsafe struct ParameterSources<TScalar>(
    ParameterSource<TScalar> first,
    ParameterSource<TScalar> second,
    ParameterSource<TScalar> third,
    ParameterSource<TScalar> fourth,
    ParameterSource<TScalar>* later = null)
    where TScalar : unmanaged
{
    /// <summary>How many parameters there may be after the fourth.</summary>
    public const int LaterCount = 8;

    /// <summary>Whether any parameter has a value for each element.</summary>
    public bool AnyPerElement
    {
        get
        {
            bool any = first.PerElement || second.PerElement || third.PerElement || fourth.PerElement;
            for (int i = 0; i < LaterCount && later != null; i++)
            {
                any |= later[i].PerElement;
            }

            return any;
        }
    }

    /// <summary>The first four parameters of the elements from <paramref name="index"/> on: few formulas have more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public P<T> Few<T>(nint index)
        where T : struct, IRegister<T, TScalar> =>
        new(first.At<T>(index), second.At<T>(index), third.At<T>(index), fourth.At<T>(index));

    /// <summary>The parameters, with those after the fourth, of the elements from <paramref name="index"/> on.</summary>
    public P<T> Many<T>(nint index)
        where T : struct, IRegister<T, TScalar> => new(
            first.At<T>(index),
            second.At<T>(index),
            third.At<T>(index),
            fourth.At<T>(index),
            later[0].At<T>(index),
            later[1].At<T>(index),
            later[2].At<T>(index),
            later[3].At<T>(index),
            later[4].At<T>(index),
            later[5].At<T>(index),
            later[6].At<T>(index),
            later[7].At<T>(index));

    /// <summary>The first four values, where each is one for all.</summary>
    public P<TScalar> Constants => new(first.Constant, second.Constant, third.Constant, fourth.Constant);

    /// <summary>The parameters of a last register that is not full.</summary>
    /// <param name="start">The first element.</param>
    /// <param name="length">How many elements there are.</param>
    /// <param name="room">Room for a register.</param>
    public P<T> AtTail<T>(nint start, nint length, TScalar* room)
        where T : struct, IRegister<T, TScalar>
    {
        T a = first.AtTail<T>(start, length, room);
        T b = second.AtTail<T>(start, length, room);
        T c = third.AtTail<T>(start, length, room);
        T d = fourth.AtTail<T>(start, length, room);
        return later == null
            ? new(a, b, c, d)
            : new(
                a,
                b,
                c,
                d,
                later[0].AtTail<T>(start, length, room),
                later[1].AtTail<T>(start, length, room),
                later[2].AtTail<T>(start, length, room),
                later[3].AtTail<T>(start, length, room),
                later[4].AtTail<T>(start, length, room),
                later[5].AtTail<T>(start, length, room),
                later[6].AtTail<T>(start, length, room),
                later[7].AtTail<T>(start, length, room));
    }

    /// <summary>The first four sources, of the elements from <paramref name="index"/> on: gates have no more.</summary>
    public ParameterSources<TScalar> From(nint index) => new(first.From(index), second.From(index), third.From(index), fourth.From(index));
}

/// <summary>The index of a parameter as a type, so that each parameter's gradient is a loop of its own.</summary>
internal interface IParameterIndex
{
    static abstract int Index { get; }
}
