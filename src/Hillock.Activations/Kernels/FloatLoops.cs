using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

using TwoRegisters = Hillock.Activations.Numbers.NativeSingle<Hillock.Activations.Numbers.SingleLanes32, Hillock.Activations.Numbers.DoubleLanes8>;

namespace Hillock.Activations.Kernels;

/// <summary>
/// The loops of formulas whose primitives run in float lanes up to <see cref="IElementwiseFormula.FloatRange"/>. A register with
/// a lane beyond it is computed in both ways, and each lane keeps the one that is its own: no result depends on its neighbours.
/// </summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <typeparam name="F">The register of floats.</typeparam>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static unsafe class FloatLoops<TFormula, F, V>
    where TFormula : struct, IElementwiseFormula
    where F : struct, ISingleLanes<F>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>How value and derivative come about. A loop is compiled for one of these alone: what stands in a branch not taken would count towards what the compiler inlines.</summary>
    private interface IEvaluation
    {
        /// <summary>The function.</summary>
        static abstract NativeSingle<L, W> Value<L, W>(NativeSingle<L, W> x, P<float>* p)
            where L : struct, ISingleLanes<L>
            where W : struct, IDoubleLanes<W>;

        /// <summary>Its derivative: by the rules of differentiation, in floats, unless the formula states it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static virtual NativeSingle<L, W> Slope<L, W>(NativeSingle<L, W> x, P<float>* p)
            where L : struct, ISingleLanes<L>
            where W : struct, IDoubleLanes<W> =>
            TFormula.FloatValue<TFormula, Dual<NativeSingle<L, W>>>(Dual<NativeSingle<L, W>>.Variable(x), FewParameters.Fixed(Broadcast<L, W>(p))).Slope;
    }

    /// <summary>Computes the function, or where there is a gradient its product with the derivative.</summary>
    public static void Run(float* x, float* gradient, float* result, nint length, ParameterSources<float> sources)
    {
        if (TFormula.HasSingleValue)
        {
            Run<Stated>(x, gradient, result, length, sources);
        }
        else if (TFormula.FloatCompensates)
        {
            Run<Compensated>(x, gradient, result, length, sources);
        }
        else
        {
            Run<Written>(x, gradient, result, length, sources);
        }
    }

    private static void Run<TEvaluation>(float* x, float* gradient, float* result, nint length, ParameterSources<float> sources)
        where TEvaluation : struct, IEvaluation
    {
        nint whole = length - (length % F.Count);
        if (gradient == null)
        {
            Forward<TEvaluation>(x, result, whole, sources);
        }
        else
        {
            Backward<TEvaluation>(x, gradient, result, whole, sources);
        }

        if (whole < length)
        {
            Tail<TEvaluation>(x + whole, gradient == null ? null : gradient + whole, result + whole, length - whole, sources);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<TEvaluation>(float* x, float* result, nint length, ParameterSources<float> sources)
        where TEvaluation : struct, IEvaluation
    {
        P<float> constants = Constants(sources);
        P<float>* p = &constants;
        // Two registers at a time, both read before either is written: results that lie a multiple of a page behind the arguments
        // would otherwise look to the processor like the arguments read next.
        nint i = 0;
        for (; i <= length - (2 * F.Count); i += 2 * F.Count)
        {
            if (typeof(F) == typeof(SingleLanes16))
            {
                TwoRegisters argument = TwoRegisters.Load(ref x[i]);
                if (SingleLanes32.AllWithin(argument.Lanes, SingleLanes32.Broadcast(TFormula.FloatRange)))
                {
                    TwoRegisters.Store(TEvaluation.Value(argument, p), ref result[i]);
                    continue;
                }
            }
            else if (F.AllWithin(F.Load(ref x[i]), F.Broadcast(TFormula.FloatRange))
                && F.AllWithin(F.Load(ref x[i + F.Count]), F.Broadcast(TFormula.FloatRange)))
            {
                NativeSingle<F, V> one = TEvaluation.Value(NativeSingle<F, V>.Load(ref x[i]), p);
                NativeSingle<F, V> other = TEvaluation.Value(NativeSingle<F, V>.Load(ref x[i + F.Count]), p);
                NativeSingle<F, V>.Store(one, ref result[i]);
                NativeSingle<F, V>.Store(other, ref result[i + F.Count]);
                continue;
            }

            One<TEvaluation>(x + i, null, result + i, sources);
            One<TEvaluation>(x + i + F.Count, null, result + i + F.Count, sources);
        }

        if (i < length)
        {
            One<TEvaluation>(x + i, null, result + i, sources);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backward<TEvaluation>(float* x, float* gradient, float* result, nint length, ParameterSources<float> sources)
        where TEvaluation : struct, IEvaluation
    {
        P<float> constants = Constants(sources);
        P<float>* p = &constants;
        for (nint i = 0; i < length; i += F.Count)
        {
            if (typeof(F) == typeof(SingleLanes16) && i <= length - TwoRegisters.Count
                && TwoRegisters.Load(ref x[i]) is var argument && SingleLanes32.AllWithin(argument.Lanes, SingleLanes32.Broadcast(TFormula.FloatRange)))
            {
                TwoRegisters.Store(TwoRegisters.Load(ref gradient[i]) * TEvaluation.Slope(argument, p), ref result[i]);
                i += F.Count;
            }
            else if (typeof(F) != typeof(SingleLanes16) && F.AllWithin(F.Load(ref x[i]), F.Broadcast(TFormula.FloatRange)))
            {
                NativeSingle<F, V>.Store(
                    NativeSingle<F, V>.Load(ref gradient[i]) * TEvaluation.Slope(NativeSingle<F, V>.Load(ref x[i]), p), ref result[i]);
            }
            else
            {
                One<TEvaluation>(x + i, gradient + i, result + i, sources);
            }
        }
    }

    /// <summary>One register: float lanes where they suffice, double lanes elsewhere.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void One<TEvaluation>(float* x, float* gradient, float* result, ParameterSources<float> sources)
        where TEvaluation : struct, IEvaluation
    {
        P<float> constants = Constants(sources);
        P<float>* p = &constants;
        NativeSingle<F, V> argument = NativeSingle<F, V>.Load(ref *x);
        NativeSingle<F, V> narrow = gradient == null ? TEvaluation.Value(argument, p) : NativeSingle<F, V>.Load(ref *gradient) * TEvaluation.Slope(argument, p);
        F range = F.Broadcast(TFormula.FloatRange);
        F lanes = F.Load(ref *x);
        if (F.AllWithin(lanes, range))
        {
            NativeSingle<F, V>.Store(narrow, ref *result);
            return;
        }

        float* wide = stackalloc float[F.Count];
        Widen(x, gradient, wide, sources);
        // The same comparison that decides for a whole register; NaN is not within.
        F within = F.IfGreater(F.Abs(lanes), range, F.Load(ref *wide), narrow.Lanes);
        F.Store(F.KeepNaN(lanes, within), ref *result);
    }

    /// <summary>A register computed in double lanes.</summary>
    private static void Widen(float* x, float* gradient, float* result, ParameterSources<float> sources)
    {
        if (gradient == null)
        {
            ElementwiseLoops<TFormula, SingleReal<V>, float>.Run<ElementwiseLoops<TFormula, SingleReal<V>, float>.Forward>(
                x, null, result, F.Count, sources);
        }
        else
        {
            ElementwiseLoops<TFormula, SingleReal<V>, float>.Run<ElementwiseLoops<TFormula, SingleReal<V>, float>.Backward>(
                x, gradient, result, F.Count, sources);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail<TEvaluation>(float* x, float* gradient, float* result, nint length, ParameterSources<float> sources)
        where TEvaluation : struct, IEvaluation
    {
        float* padded = stackalloc float[2 * F.Count];
        new Span<float>(padded, 2 * F.Count).Clear();
        Unsafe.CopyBlockUnaligned(padded, x, (uint)length * sizeof(float));
        if (gradient != null)
        {
            Unsafe.CopyBlockUnaligned(padded + F.Count, gradient, (uint)length * sizeof(float));
        }

        One<TEvaluation>(padded, gradient == null ? null : padded + F.Count, padded, sources);
        Unsafe.CopyBlockUnaligned(result, padded, (uint)length * sizeof(float));
    }

    /// <summary>The parameters, each one value for all elements.</summary>
    private static P<float> Constants(in ParameterSources<float> sources) =>
        TFormula.HasSingleValue ? TFormula.SingleParameters(sources.Constants) : sources.Constants;

    // Read from memory one by one: the registers that a loop cannot keep would be read whole, and across the lines of the cache.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static P<NativeSingle<L, W>> Broadcast<L, W>(P<float>* p)
        where L : struct, ISingleLanes<L>
        where W : struct, IDoubleLanes<W> => new(
            NativeSingle<L, W>.Broadcast(p->First),
            NativeSingle<L, W>.Broadcast(p->Second),
            NativeSingle<L, W>.Broadcast(p->Third),
            NativeSingle<L, W>.Broadcast(p->Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static P<L> Lanes<L, W>(P<NativeSingle<L, W>> p)
        where L : struct, ISingleLanes<L>
        where W : struct, IDoubleLanes<W> => new(p.First.Lanes, p.Second.Lanes, p.Third.Lanes, p.Fourth.Lanes);

    /// <summary>The formula as it is written, in floats.</summary>
    private readonly struct Written : IEvaluation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static NativeSingle<L, W> Value<L, W>(NativeSingle<L, W> x, P<float>* p)
            where L : struct, ISingleLanes<L>
            where W : struct, IDoubleLanes<W> => TFormula.FloatValue<TFormula, NativeSingle<L, W>>(x, Broadcast<L, W>(p));
    }

    /// <summary>The formula in floats that carry what they lack.</summary>
    private readonly struct Compensated : IEvaluation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static NativeSingle<L, W> Value<L, W>(NativeSingle<L, W> x, P<float>* p)
            where L : struct, ISingleLanes<L>
            where W : struct, IDoubleLanes<W>
        {
            P<NativeSingle<L, W>> exact = Broadcast<L, W>(p);
            return TFormula.FloatValue<TFormula, CompensatedSingle<L, W>>(new(x), new(new(exact.First), new(exact.Second), new(exact.Third), new(exact.Fourth))).Rounded;
        }
    }

    /// <summary>What the formula states for float lanes.</summary>
    private readonly struct Stated : IEvaluation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static NativeSingle<L, W> Value<L, W>(NativeSingle<L, W> x, P<float>* p)
            where L : struct, ISingleLanes<L>
            where W : struct, IDoubleLanes<W> => NativeSingle<L, W>.Of(TFormula.SingleValue(x.Lanes, Lanes(Broadcast<L, W>(p)), out _));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static NativeSingle<L, W> Slope<L, W>(NativeSingle<L, W> x, P<float>* p)
            where L : struct, ISingleLanes<L>
            where W : struct, IDoubleLanes<W>
        {
            TFormula.SingleValue(x.Lanes, Lanes(Broadcast<L, W>(p)), out L slope);
            return NativeSingle<L, W>.Of(slope);
        }
    }
}
