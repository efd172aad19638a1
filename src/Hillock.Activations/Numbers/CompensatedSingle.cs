using System.Runtime.CompilerServices;
using Hillock.Activations.Elementary;

namespace Hillock.Activations.Numbers;

/// <summary>
/// A register of floats with what each lacks of the number that it stands for, as a second float: sums, products and quotients carry their rounding errors along
/// (Dekker 1971), and the primitives take and give such pairs, so that a formula in float lanes is rounded once, in the end.
/// </summary>
/// <remarks>Ranges are those of <see cref="NativeSingle{F, V}"/>; the primitives without a compensated form are those of that type.</remarks>
/// <typeparam name="F">The register of floats.</typeparam>
/// <typeparam name="V">The register of doubles of the same width.</typeparam>
internal readonly struct CompensatedSingle<F, V> : IReal<CompensatedSingle<F, V>>
    where F : struct, ISingleLanes<F>
    where V : struct, IDoubleLanes<V>
{
    private readonly F _high;
    private readonly F _low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CompensatedSingle(F high, F low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>A float as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CompensatedSingle(NativeSingle<F, V> exact)
        : this(exact.Lanes, F.Broadcast(0))
    {
    }

    /// <summary>The nearest floats. Nothing is taken from 0 by way of 0 less it, which leaves zeros their sign.</summary>
    public NativeSingle<F, V> Rounded
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => NativeSingle<F, V>.Of(_high - (F.Broadcast(0) - _low));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> Constant(double value) => new(F.Broadcast((float)value), F.Broadcast((float)(value - (float)value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> operator +(CompensatedSingle<F, V> left, CompensatedSingle<F, V> right)
    {
        F sum = left._high + right._high;
        F back = sum - right._high;
        return new(sum, ((left._high - back) + (right._high - (sum - back))) + (left._low + right._low));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> operator -(CompensatedSingle<F, V> left, CompensatedSingle<F, V> right)
    {
        F difference = left._high - right._high;
        F back = difference + right._high;
        return new(difference, ((left._high - back) - (right._high - (back - difference))) + (left._low - right._low));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> operator *(CompensatedSingle<F, V> left, CompensatedSingle<F, V> right)
    {
        F product = left._high * right._high;
        F lost = F.MultiplyAdd(left._high, right._high, -product);
        return new(product, F.MultiplyAdd(left._low, right._high, F.MultiplyAdd(left._high, right._low, lost)));
    }

    /// <summary>Product with a literal, which a power of two multiplies without loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> operator *(double left, CompensatedSingle<F, V> right) => left is 2 or 0.5
        ? new(F.Broadcast((float)left) * right._high, F.Broadcast((float)left) * right._low)
        : Constant(left) * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> operator /(CompensatedSingle<F, V> left, CompensatedSingle<F, V> right)
    {
        F inverse = F.Broadcast(1) / right._high;
        F quotient = left._high * inverse;
        F remainder = F.MultiplyAddNegated(quotient, right._high, left._high) + F.MultiplyAddNegated(quotient, right._low, left._low);
        return new(quotient, remainder * inverse);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> operator -(CompensatedSingle<F, V> value) => new(-value._high, -value._low);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> MultiplyAdd(CompensatedSingle<F, V> a, CompensatedSingle<F, V> b, CompensatedSingle<F, V> c) => (a * b) + c;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> IfPositive(CompensatedSingle<F, V> condition, CompensatedSingle<F, V> positive, CompensatedSingle<F, V> otherwise) => new(
        F.IfGreater(condition._high, F.Broadcast(0), positive._high, otherwise._high),
        F.IfGreater(condition._high, F.Broadcast(0), positive._low, otherwise._low));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> Abs(CompensatedSingle<F, V> x) =>
        new(F.Abs(x._high), F.IfGreater(F.Broadcast(0), x._high, -x._low, x._low));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> Sqrt(CompensatedSingle<F, V> x)
    {
        F root = F.Sqrt(x._high);
        F remainder = F.MultiplyAddNegated(root, root, x._high) + x._low;
        return new(root, remainder * (F.Broadcast(0.5f) / root));
    }

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> Round(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.Round(x.Rounded));

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> Sin(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.Sin(x.Rounded));

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> Cos(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.Cos(x.Rounded));

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> Pow(CompensatedSingle<F, V> x, CompensatedSingle<F, V> y) => new(NativeSingle<F, V>.Pow(x.Rounded, y.Rounded));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> Exp(CompensatedSingle<F, V> x)
    {
        F value = FloatElementary<F>.Exp(x._high, x._low, out F low);
        return new(value, low);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> ExpM1(CompensatedSingle<F, V> x)
    {
        F value = FloatElementary<F>.ExpM1(x._high, x._low, out F low);
        return new(value, low);
    }

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> Log(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.Log(x.Rounded));

    /// <inheritdoc/>
    /// <remarks>x is greater than -1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> Log1P(CompensatedSingle<F, V> x)
    {
        F value = FloatElementary<F>.Log1P(x._high, x._low, out F low);
        return new(value, low);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> Tanh(CompensatedSingle<F, V> x)
    {
        F value = FloatElementary<F>.Tanh(x._high, x._low, out F low);
        return new(value, low);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CompensatedSingle<F, V> Sigmoid(CompensatedSingle<F, V> x)
    {
        F value = FloatElementary<F>.Sigmoid(x._high, x._low, out F low);
        return new(value, low);
    }

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> SoftPlus(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.SoftPlus(x.Rounded));

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> Erf(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.Erf(x.Rounded));

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> Erfc(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.Erfc(x.Rounded));

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> NormalCdf(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.NormalCdf(x.Rounded));

    /// <inheritdoc/>
    public static CompensatedSingle<F, V> TanhSoftPlus(CompensatedSingle<F, V> x) => new(NativeSingle<F, V>.TanhSoftPlus(x.Rounded));
}
