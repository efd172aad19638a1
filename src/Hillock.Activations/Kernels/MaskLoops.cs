using System.Numerics;
using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>The forward loop of formulas of two slopes: values, and beside them the mask that tells the slopes (<see cref="SlopeMask"/>).</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <typeparam name="T">The number type, a register.</typeparam>
/// <typeparam name="TScalar">What memory holds.</typeparam>
internal static unsafe class MaskLoops<TFormula, T, TScalar>
    where TFormula : struct, IElementwiseFormula
    where T : struct, IReal<T>, IRegister<T, TScalar>
    where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
{
    private const int LineBytes = 64;

    /// <summary>Computes values and mask; parameters have one value each.</summary>
    public static void Forward(TScalar* x, TScalar* result, uint* mask, nint length, ParameterSources<TScalar> sources)
    {
        nint words = length / SlopeMask.Count;
        Whole(x, result, mask, words, sources);
        int rest = (int)(length % SlopeMask.Count);
        if (rest > 0)
        {
            nint start = length - rest;
            TScalar* padded = stackalloc TScalar[SlopeMask.Count];
            Span<TScalar> values = new(padded, SlopeMask.Count);
            values.Clear();
            new Span<TScalar>(x + start, rest).CopyTo(values);
            Whole(padded, padded, mask + words, 1, sources);
            values[..rest].CopyTo(new Span<TScalar>(result + start, rest));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Whole(TScalar* x, TScalar* result, uint* mask, nint words, ParameterSources<TScalar> sources)
    {
        // On a cache line of their own: a register that crosses two is stored and read back ten times as slowly.
        TScalar* room = stackalloc TScalar[SlopeMask.Count + (LineBytes / sizeof(TScalar))];
        TScalar* slopes = (TScalar*)(((nuint)room + LineBytes - 1) & ~(nuint)(LineBytes - 1));
        P<T> p = sources.Few<T>(0);
        for (nint word = 0; word < words; word++)
        {
            for (nint i = 0; i < SlopeMask.Count; i += T.Count)
            {
                T argument = T.Load(ref x[i]);
                T.Store(ElementwiseLoops<TFormula, T, TScalar>.Backward.Apply(argument, T.Constant(1), p), ref slopes[i]);
                T.Store(ElementwiseLoops<TFormula, T, TScalar>.Forward.Apply(argument, default, p), ref result[i]);
            }

            mask[word] = SlopeMask.Of(slopes);
            x += SlopeMask.Count;
            result += SlopeMask.Count;
        }
    }
}
