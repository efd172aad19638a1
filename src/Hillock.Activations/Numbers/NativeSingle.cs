using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;

namespace Hillock.Activations.Numbers;

/// <summary>
/// A register of floats with float arithmetic, for formulas of a few operations: as fast as memory. The primitives that are exponentials at heart
/// are valid for arguments up to 80 in magnitude; the others are those of <see cref="SingleReal{V}"/>, rounded.
/// </summary>
/// <typeparam name="F">The register of floats.</typeparam>
/// <typeparam name="V">The register of doubles of the same width.</typeparam>
public readonly struct NativeSingle<F, V> : IReal<NativeSingle<F, V>>, IRegister<NativeSingle<F, V>, float>
    where F : struct, ISingleLanes<F>
    where V : struct, IDoubleLanes<V>
{
    private readonly F _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NativeSingle(F lanes) => _lanes = lanes;

    private interface IFunction
    {
        static abstract SingleReal<V> Of(SingleReal<V> x);
    }

    /// <summary>The register itself.</summary>
    public F Lanes => _lanes;

    /// <summary>The number in a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static NativeSingle<F, V> Of(F lanes) => new(lanes);

    /// <inheritdoc/>
    public static int Count => F.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Load(ref readonly float source) => new(F.Load(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(NativeSingle<F, V> value, ref float destination) => F.Store(value._lanes, ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Broadcast(float value) => new(F.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Finite(NativeSingle<F, V> x, int degree = 2) =>
        new(F.Min(F.Max(x._lanes, F.Broadcast(-float.MaxValue)), F.Broadcast(float.MaxValue)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> AtLimit(NativeSingle<F, V> x, NativeSingle<F, V> value, int degree = 2)
    {
        // At infinity a function is its asymptote: constant, or in proportion to x.
        F infinite = F.IfGreater(F.Abs(value._lanes), F.Broadcast(1.8446744e19f), value._lanes * F.Abs(x._lanes), value._lanes);
        return new(F.KeepNaN(x._lanes, F.IfGreater(F.Abs(x._lanes), F.Broadcast(float.MaxValue), infinite, value._lanes)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> KeepNaN(NativeSingle<F, V> x, NativeSingle<F, V> result) => new(F.KeepNaN(x._lanes, result._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Constant(double value) => new(F.Broadcast((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> operator +(NativeSingle<F, V> left, NativeSingle<F, V> right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> operator -(NativeSingle<F, V> left, NativeSingle<F, V> right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> operator *(NativeSingle<F, V> left, NativeSingle<F, V> right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> operator /(NativeSingle<F, V> left, NativeSingle<F, V> right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> operator -(NativeSingle<F, V> value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> MultiplyAdd(NativeSingle<F, V> a, NativeSingle<F, V> b, NativeSingle<F, V> c) => new(F.MultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> IfPositive(NativeSingle<F, V> condition, NativeSingle<F, V> positive, NativeSingle<F, V> otherwise) =>
        new(F.IfGreater(condition._lanes, F.Broadcast(0), positive._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Rectified(NativeSingle<F, V> x) => new(F.Max(x._lanes, F.Broadcast(0)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Abs(NativeSingle<F, V> x) => new(F.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Sqrt(NativeSingle<F, V> x) => new(F.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Round(NativeSingle<F, V> x) => Apply<RoundFunction>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Sin(NativeSingle<F, V> x) => Apply<SinFunction>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Cos(NativeSingle<F, V> x) => Apply<CosFunction>(x);

    /// <inheritdoc/>
    public static NativeSingle<F, V> Pow(NativeSingle<F, V> x, NativeSingle<F, V> y)
    {
        Span<float> bases = stackalloc float[Count];
        Span<float> exponents = stackalloc float[Count];
        F.Store(x._lanes, ref bases[0]);
        F.Store(y._lanes, ref exponents[0]);
        for (int i = 0; i < Count; i += Math.Min(Count, V.Count))
        {
            SingleReal<V>.Store(SingleReal<V>.Pow(SingleReal<V>.Load(ref bases[i]), SingleReal<V>.Load(ref exponents[i])), ref bases[i]);
        }

        return new(F.Load(ref bases[0]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Exp(NativeSingle<F, V> x) => new(FloatElementary<F>.Exp(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> ExpM1(NativeSingle<F, V> x) => new(FloatElementary<F>.ExpM1(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Log(NativeSingle<F, V> x) => new(FloatElementary<F>.Log(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Log1P(NativeSingle<F, V> x) => new(FloatElementary<F>.Log1P(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Tanh(NativeSingle<F, V> x) => new(FloatElementary<F>.Tanh(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Sigmoid(NativeSingle<F, V> x) => new(FloatElementary<F>.Sigmoid(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> SoftPlus(NativeSingle<F, V> x) => new(FloatElementary<F>.SoftPlus(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Erf(NativeSingle<F, V> x) => new(FloatElementary<F>.Erf(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Erfc(NativeSingle<F, V> x) => Apply<ErfcFunction>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> NormalCdf(NativeSingle<F, V> x) => Apply<NormalCdfFunction>(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> TanhSoftPlus(NativeSingle<F, V> x) => new(FloatElementary<F>.TanhSoftPlus(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> SigmoidLinear(NativeSingle<F, V> x, NativeSingle<F, V> k) => new(FloatElementary<F>.SigmoidLinear(x._lanes, k._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> NormalLinear(NativeSingle<F, V> x) => new(FloatElementary<F>.NormalLinear(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> TanhGelu(NativeSingle<F, V> x) => new(FloatElementary<F>.TanhGelu(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> TanhShrink(NativeSingle<F, V> x) => new(FloatElementary<F>.TanhShrink(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Gauss(NativeSingle<F, V> x) => new(FloatElementary<F>.Gauss(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> ExpM1(NativeSingle<F, V> x, out NativeSingle<F, V> slope)
    {
        F value = FloatElementary<F>.ExpM1(x._lanes, out F derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Log(NativeSingle<F, V> x, out NativeSingle<F, V> slope)
    {
        // Where there is no logarithm there is no derivative; that at either zero is the limit from the right.
        slope = new(F.IfGreater(F.Broadcast(0), x._lanes, F.Broadcast(float.NaN), F.Abs(F.Broadcast(1) / x._lanes)));
        return Log(x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Tanh(NativeSingle<F, V> x, out NativeSingle<F, V> slope)
    {
        F value = FloatElementary<F>.Tanh(x._lanes, out F derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Sigmoid(NativeSingle<F, V> x, out NativeSingle<F, V> slope)
    {
        F value = FloatElementary<F>.Sigmoid(x._lanes, out F derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> NormalLinear(NativeSingle<F, V> x, out NativeSingle<F, V> slope)
    {
        F value = FloatElementary<F>.NormalLinear(x._lanes, out F derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> TanhGelu(NativeSingle<F, V> x, out NativeSingle<F, V> slope)
    {
        F value = FloatElementary<F>.TanhGelu(x._lanes, out F derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> TanhProduct(NativeSingle<F, V> x, NativeSingle<F, V> k, out NativeSingle<F, V> slope)
    {
        F product = k._lanes * x._lanes;
        slope = new(FloatElementary<F>.TanhSlope(product, F.MultiplyAdd(k._lanes, x._lanes, -product)));
        return new(FloatElementary<F>.Tanh(product));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeSingle<F, V> Erf(NativeSingle<F, V> x, out NativeSingle<F, V> slope)
    {
        F gauss = FloatElementary<F>.Gauss(x._lanes);
        slope = new(F.MultiplyAdd(F.Broadcast((float)Constants.TwoOverSqrtPi), gauss, F.Broadcast(PieceTables.ErfSlopeLow) * gauss));
        return new(FloatElementary<F>.Erf(x._lanes));
    }

    private static NativeSingle<F, V> Apply<TFunction>(NativeSingle<F, V> x)
        where TFunction : struct, IFunction
    {
        Span<float> lanes = stackalloc float[Count];
        F.Store(x._lanes, ref lanes[0]);
        for (int i = 0; i < Count; i += Math.Min(Count, V.Count))
        {
            SingleReal<V>.Store(TFunction.Of(SingleReal<V>.Load(ref lanes[i])), ref lanes[i]);
        }

        return new(F.Load(ref lanes[0]));
    }

    private readonly struct RoundFunction : IFunction
    {
        public static SingleReal<V> Of(SingleReal<V> x) => SingleReal<V>.Round(x);
    }

    private readonly struct SinFunction : IFunction
    {
        public static SingleReal<V> Of(SingleReal<V> x) => SingleReal<V>.Sin(x);
    }

    private readonly struct CosFunction : IFunction
    {
        public static SingleReal<V> Of(SingleReal<V> x) => SingleReal<V>.Cos(x);
    }

    private readonly struct NormalCdfFunction : IFunction
    {
        public static SingleReal<V> Of(SingleReal<V> x) => SingleReal<V>.NormalCdf(SingleReal<V>.Finite(x));
    }

    private readonly struct ErfcFunction : IFunction
    {
        public static SingleReal<V> Of(SingleReal<V> x) => SingleReal<V>.Erfc(SingleReal<V>.Finite(x));
    }
}
