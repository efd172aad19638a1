using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>The last elements, fewer than a register holds, as registers: behind them stand zeros.</summary>
/// <typeparam name="T">The number type, a register.</typeparam>
/// <typeparam name="TScalar">What memory holds.</typeparam>
internal readonly unsafe ref struct TailRegisters<T, TScalar>
    where T : struct, IReal<T>, IRegister<T, TScalar>
    where TScalar : unmanaged
{
    /// <summary>How many registers the room must hold.</summary>
    public const int Count = 4;

    private readonly TScalar* _memory;
    private readonly nint _start;
    private readonly nint _length;

    /// <summary>Copies the elements.</summary>
    /// <param name="memory">Room for <see cref="Count"/> registers.</param>
    /// <param name="x">The first input.</param>
    /// <param name="gradient">The first gradient.</param>
    /// <param name="start">The first element of the tail.</param>
    /// <param name="end">The end of all elements.</param>
    public TailRegisters(TScalar* memory, TScalar* x, TScalar* gradient, nint start, nint end)
    {
        _memory = memory;
        _start = start;
        _length = end - start;
        new Span<TScalar>(memory, Count * T.Count).Clear();
        T.Store(T.Constant(1), ref memory[2 * T.Count]);
        for (nint i = 0; i < T.Count; i++)
        {
            if (i < _length)
            {
                memory[i] = x[start + i];
                memory[T.Count + i] = gradient[start + i];
            }
            else
            {
                memory[(2 * T.Count) + i] = default;
            }
        }
    }

    /// <summary>The inputs.</summary>
    public T X => T.Load(ref _memory[0]);

    /// <summary>The gradients.</summary>
    public T Gradient => T.Load(ref _memory[T.Count]);

    /// <summary>Room for one more register, of parameters.</summary>
    public TScalar* Room => _memory + (3 * T.Count);

    /// <summary>The values of the elements, with zeros behind them: what a sum takes.</summary>
    public T Inside(T values) => T.IfPositive(T.Load(ref _memory[2 * T.Count]), values, T.Constant(0));

    /// <summary>Writes the values of the elements.</summary>
    public void Write(T values, TScalar* to)
    {
        T.Store(values, ref *Room);
        new Span<TScalar>(Room, (int)_length).CopyTo(new(to + _start, (int)_length));
    }
}
