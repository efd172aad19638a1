using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;

namespace Hillock.Activations.Numbers;

/// <summary>A register of doubles whose primitives are accurate to the last bits of double.</summary>
/// <typeparam name="V">The register of doubles.</typeparam>
public readonly struct DoubleReal<V> : IReal<DoubleReal<V>>, IRegister<DoubleReal<V>, double>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>2^511: where every function of the catalogue is its asymptote to the last bit, and whose square is finite.</summary>
    private const double Limit = 6.703903964971299e+153;

    /// <summary>2^200, the same for formulas with powers up to the fifth, whose fifth power is finite.</summary>
    private const double LowLimit = 1.6069380442589903e60;

    private readonly V _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DoubleReal(V lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count => V.Count;

    /// <summary>The register itself.</summary>
    internal V Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lanes;
    }

    /// <summary>The number that a register holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DoubleReal<V> Of(V lanes) => new(lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Load(ref readonly double source) => new(V.Load(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleReal<V> value, ref double destination) => V.Store(value._lanes, ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Broadcast(double value) => new(V.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Finite(DoubleReal<V> x, int degree = 2) =>
        new(V.Min(V.Max(x._lanes, V.Broadcast(-LimitOf(degree))), V.Broadcast(LimitOf(degree))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> AtLimit(DoubleReal<V> x, DoubleReal<V> value, int degree = 2)
    {
        // Beyond the limit a function is its asymptote: constant, or in proportion to x or to 1/x.
        double large = degree > 2 ? 1.0889035741470031e40 : 1.6069380442589903e60;
        V magnitude = V.Abs(value._lanes);
        V beyond = V.Abs(x._lanes) * V.Broadcast(1 / LimitOf(degree));
        V far = V.IfGreater(magnitude, V.Broadcast(large), value._lanes * beyond, value._lanes);
        far = V.IfGreater(V.Broadcast(1 / large), magnitude, value._lanes / beyond, far);
        return new(V.KeepNaN(x._lanes, V.IfGreater(V.Abs(x._lanes), V.Broadcast(LimitOf(degree)), far, value._lanes)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double LimitOf(int degree) => degree > 2 ? LowLimit : Limit;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> KeepNaN(DoubleReal<V> x, DoubleReal<V> result) => new(V.KeepNaN(x._lanes, result._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Constant(double value) => new(V.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> operator +(DoubleReal<V> left, DoubleReal<V> right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> operator -(DoubleReal<V> left, DoubleReal<V> right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> operator *(DoubleReal<V> left, DoubleReal<V> right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> operator /(DoubleReal<V> left, DoubleReal<V> right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> operator -(DoubleReal<V> value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> MultiplyAdd(DoubleReal<V> a, DoubleReal<V> b, DoubleReal<V> c) => new(V.MultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> IfPositive(DoubleReal<V> condition, DoubleReal<V> positive, DoubleReal<V> otherwise) =>
        new(V.IfGreater(condition._lanes, V.Broadcast(0), positive._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Rectified(DoubleReal<V> x) => new(V.Max(x._lanes, V.Broadcast(0)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Abs(DoubleReal<V> x) => new(V.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Sqrt(DoubleReal<V> x) => new(V.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Round(DoubleReal<V> x) => new(Rounding<V>.ToWhole(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Sin(DoubleReal<V> x) => new(DoubleElementary<V>.Sin(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Cos(DoubleReal<V> x)
    {
        DoubleElementary<V>.Sin(x._lanes, out V cosine);
        return new(cosine);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Sin(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.Sin(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Cos(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        slope = new(-DoubleElementary<V>.Sin(x._lanes, out V value));
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Pow(DoubleReal<V> x, DoubleReal<V> y) => new(Power<V>.Of(x._lanes, y._lanes, DoubleElementary<V>.PowerOfPositive(V.Abs(x._lanes), y._lanes)));

    /// <summary>ln x and its derivative 1/x, which is no number either where x is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Log(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V zero = V.Broadcast(0);
        V elsewhere = V.IfGreater(zero, x._lanes, V.Broadcast(double.NaN), V.Broadcast(double.PositiveInfinity));
        slope = new(V.IfGreater(x._lanes, zero, V.Broadcast(1) / x._lanes, elsewhere));
        return Log(x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Exp(DoubleReal<V> x) => new(DoubleElementary<V>.Exp(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Log(DoubleReal<V> x) => new(DoubleElementary<V>.Log(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Log1P(DoubleReal<V> x) => new(DoubleElementary<V>.Log1P(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> SoftPlus(DoubleReal<V> x) => new(DoubleElementary<V>.SoftPlus(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> ExpM1(DoubleReal<V> x) => new(DoubleElementary<V>.ExpM1(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Tanh(DoubleReal<V> x) => new(DoubleElementary<V>.Tanh(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Sigmoid(DoubleReal<V> x) => new(DoubleElementary<V>.Sigmoid(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Erf(DoubleReal<V> x) => new(DoubleElementary<V>.Erf(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Erfc(DoubleReal<V> x) => new(DoubleElementary<V>.Erfc(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> NormalCdf(DoubleReal<V> x) => new(DoubleElementary<V>.NormalCdf(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhSoftPlus(DoubleReal<V> x) => new(DoubleElementary<V>.TanhSoftPlus(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Gauss(DoubleReal<V> x) => new(DoubleElementary<V>.Gauss(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhShrink(DoubleReal<V> x) => new(DoubleElementary<V>.TanhShrink(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhShrink(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.TanhShrink(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> ExpM1(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.ExpM1(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Tanh(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.Tanh(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Sigmoid(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.Sigmoid(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Erf(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.Erf(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Erfc(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.Erfc(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> NormalCdf(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.NormalCdf(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhSoftPlus(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.TanhSoftPlus(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> Gauss(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.Gauss(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> NormalLinear(DoubleReal<V> x) => new(DoubleElementary<V>.NormalLinear(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> NormalLinear(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.NormalLinear(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhSoftPlusLinear(DoubleReal<V> x) => new(DoubleElementary<V>.TanhSoftPlusLinear(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhSoftPlusLinear(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.TanhSoftPlusLinear(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhGelu(DoubleReal<V> x) => new(DoubleElementary<V>.TanhGelu(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhGelu(DoubleReal<V> x, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.TanhGelu(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> SigmoidLinear(DoubleReal<V> x, DoubleReal<V> k) => new(DoubleElementary<V>.SigmoidLinear(x._lanes, k._lanes, out _, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> SigmoidLinear(DoubleReal<V> x, DoubleReal<V> k, out DoubleReal<V> byX, out DoubleReal<V> byK)
    {
        V value = DoubleElementary<V>.SigmoidLinear(x._lanes, k._lanes, out V derivative, out V derivativeByK);
        byX = new(derivative);
        byK = new(derivativeByK);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhProduct(DoubleReal<V> x, DoubleReal<V> k) => new(DoubleElementary<V>.TanhProduct(x._lanes, k._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleReal<V> TanhProduct(DoubleReal<V> x, DoubleReal<V> k, out DoubleReal<V> slope)
    {
        V value = DoubleElementary<V>.TanhProduct(x._lanes, k._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }
}
