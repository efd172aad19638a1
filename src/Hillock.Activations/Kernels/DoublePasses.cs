using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>The passes over doubles of formulas that have a <see cref="IElementwiseFormula.DoubleValue{V}"/>.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <typeparam name="V">The register of doubles.</typeparam>
internal static class DoublePasses<TFormula, V>
    where TFormula : struct, IElementwiseFormula
    where V : struct, IDoubleLanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleReal<V> Value(DoubleReal<V> x, P<DoubleReal<V>> p, out DoubleReal<V> slope)
    {
        V value = TFormula.DoubleValue(
            (TFormula.InfinitiesAsLimits ? DoubleReal<V>.Finite(x, TFormula.Degree) : x).Lanes,
            new P<V>(
                p.First.Lanes,
                p.Second.Lanes,
                p.Third.Lanes,
                p.Fourth.Lanes,
                p.Fifth.Lanes,
                p.Sixth.Lanes,
                p.Seventh.Lanes,
                p.Eighth.Lanes,
                p.Ninth.Lanes,
                p.Tenth.Lanes,
                p.Eleventh.Lanes,
                p.Twelfth.Lanes),
            out V derivative);
        slope = DoubleReal<V>.Of(derivative);
        return DoubleReal<V>.Of(value);
    }

    /// <summary>The function.</summary>
    internal readonly struct Forward : ElementwiseLoops<TFormula, DoubleReal<V>, double>.IPass
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static DoubleReal<V> Apply(DoubleReal<V> x, DoubleReal<V> gradient, P<DoubleReal<V>> p)
        {
            DoubleReal<V> value = Value(x, p, out _);
            return TFormula.InfinitiesAsLimits ? DoubleReal<V>.AtLimit(x, value, TFormula.Degree) : DoubleReal<V>.KeepNaN(x, value);
        }
    }

    /// <summary>The gradient of the outputs times the derivative.</summary>
    internal readonly struct Backward : ElementwiseLoops<TFormula, DoubleReal<V>, double>.IPass
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static DoubleReal<V> Apply(DoubleReal<V> x, DoubleReal<V> gradient, P<DoubleReal<V>> p)
        {
            Value(x, p, out DoubleReal<V> slope);
            return DoubleReal<V>.KeepNaN(x, gradient * slope);
        }
    }
}
