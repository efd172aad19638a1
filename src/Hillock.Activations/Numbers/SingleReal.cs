using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;

namespace Hillock.Activations.Numbers;

/// <summary>
/// A register of floats held as doubles: what it computes is meant to be rounded to float in the end. Half as many lanes as
/// floats would fill, but twice the digits and eight times the exponents, so that a formula composed of primitives
/// is accurate without care for cancellation, overflow and subnormals.
/// </summary>
/// <typeparam name="V">The register of doubles.</typeparam>
public readonly struct SingleReal<V> : IReal<SingleReal<V>>, IRegister<SingleReal<V>, float>, IRegister<SingleReal<V>, double>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>Stands for infinity: beyond every float, and small enough for its square and cube.</summary>
    private const double Infinity = 1.6069380442589903e60;

    private readonly V _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SingleReal(V lanes) => _lanes = lanes;

    /// <summary>The register itself.</summary>
    internal V Lanes => _lanes;

    /// <inheritdoc/>
    public static int Count => V.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Load(ref readonly float source) => new(V.Load(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleReal<V> value, ref float destination) => V.Store(value._lanes, ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Broadcast(float value) => new(V.Broadcast(value));

    /// <summary>Reads doubles: what a formula in steps keeps between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Load(ref readonly double source) => new(V.Load(in source));

    /// <summary>Writes doubles, unrounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleReal<V> value, ref double destination) => V.Store(value._lanes, ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Broadcast(double value) => new(V.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Finite(SingleReal<V> x, int degree = 2) =>
        new(V.Min(V.Max(x._lanes, V.Broadcast(-Infinity)), V.Broadcast(Infinity)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> AtLimit(SingleReal<V> x, SingleReal<V> value, int degree = 2) => new(V.KeepNaN(x._lanes, value._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> KeepNaN(SingleReal<V> x, SingleReal<V> result) => new(V.KeepNaN(x._lanes, result._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Constant(double value) => new(V.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> operator +(SingleReal<V> left, SingleReal<V> right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> operator -(SingleReal<V> left, SingleReal<V> right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> operator *(SingleReal<V> left, SingleReal<V> right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> operator /(SingleReal<V> left, SingleReal<V> right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> operator -(SingleReal<V> value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> MultiplyAdd(SingleReal<V> a, SingleReal<V> b, SingleReal<V> c) => new(V.MultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> IfPositive(SingleReal<V> condition, SingleReal<V> positive, SingleReal<V> otherwise) =>
        new(V.IfGreater(condition._lanes, V.Broadcast(0), positive._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Rectified(SingleReal<V> x) => new(V.Max(x._lanes, V.Broadcast(0)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Abs(SingleReal<V> x) => new(V.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Sqrt(SingleReal<V> x) => new(V.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Round(SingleReal<V> x) => new(Rounding<V>.ToWhole(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Sin(SingleReal<V> x) => new(SingleElementary<V>.Sin(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Cos(SingleReal<V> x)
    {
        SingleElementary<V>.Sin(x._lanes, out V cosine);
        return new(cosine);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Sin(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.Sin(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Cos(SingleReal<V> x, out SingleReal<V> slope)
    {
        slope = new(-SingleElementary<V>.Sin(x._lanes, out V value));
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Pow(SingleReal<V> x, SingleReal<V> y) => new(Power<V>.Of(x._lanes, y._lanes, SingleElementary<V>.PowerOfPositive(V.Abs(x._lanes), y._lanes)));

    /// <summary>ln x and its derivative 1/x, which is no number either where x is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Log(SingleReal<V> x, out SingleReal<V> slope)
    {
        V zero = V.Broadcast(0);
        V elsewhere = V.IfGreater(zero, x._lanes, V.Broadcast(double.NaN), V.Broadcast(double.PositiveInfinity));
        slope = new(V.IfGreater(x._lanes, zero, V.Broadcast(1) / x._lanes, elsewhere));
        return Log(x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Exp(SingleReal<V> x) => new(SingleElementary<V>.Exp(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Log(SingleReal<V> x) => new(SingleElementary<V>.Log(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Log1P(SingleReal<V> x) => new(SingleElementary<V>.Log1P(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> SoftPlus(SingleReal<V> x) => new(SingleElementary<V>.SoftPlus(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> ExpM1(SingleReal<V> x) => new(SingleElementary<V>.ExpM1(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Tanh(SingleReal<V> x) => new(SingleElementary<V>.Tanh(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Sigmoid(SingleReal<V> x) => new(SingleElementary<V>.Sigmoid(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Erf(SingleReal<V> x) => new(SingleElementary<V>.Erf(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Erfc(SingleReal<V> x) => new(SingleElementary<V>.Erfc(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> NormalCdf(SingleReal<V> x) => new(SingleElementary<V>.NormalCdf(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> TanhSoftPlus(SingleReal<V> x) => new(SingleElementary<V>.TanhSoftPlus(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> TanhShrink(SingleReal<V> x) => new(SingleElementary<V>.TanhShrink(x._lanes, out _));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> TanhShrink(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.TanhShrink(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> ExpM1(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.ExpM1(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Tanh(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.Tanh(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Sigmoid(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.Sigmoid(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Erf(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.Erf(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> Erfc(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.Erfc(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> NormalCdf(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.NormalCdf(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleReal<V> TanhSoftPlus(SingleReal<V> x, out SingleReal<V> slope)
    {
        V value = SingleElementary<V>.TanhSoftPlus(x._lanes, out V derivative);
        slope = new(derivative);
        return new(value);
    }
}
