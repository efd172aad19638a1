using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <summary>
/// The unevaluated sum of two doubles in each lane (Dekker 1971), for the steps of an evaluation that would lose more than doubles may: about twice their digits. Sums, products and
/// quotients are those of Joldes, Muller and Popescu (Tight and rigorous error bounds for basic building blocks of double-word arithmetic, ACM TOMS 2017) without their last
/// normalisation where the next step does not need it. Numbers are finite, and so are all that arise on the way.
/// </summary>
/// <typeparam name="V">The register of doubles.</typeparam>
internal readonly struct Pair<V>
    where V : struct, IDoubleLanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair(V high, V low)
    {
        High = high;
        Low = low;
    }

    /// <summary>The leading digits.</summary>
    public V High { get; }

    /// <summary>The digits after them.</summary>
    public V Low { get; }

    /// <summary>The nearest double, or nearly so.</summary>
    public V Rounded
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => High + Low;
    }

    /// <summary>left + right, exactly (Knuth's two-sum).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Sum(V left, V right)
    {
        V sum = left + right;
        V back = sum - right;
        return new(sum, (left - back) + (right - (sum - back)));
    }

    /// <summary>high + low with all that fits there in the leading digits; |low| is not above |high| (Dekker's fast two-sum).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Normalized(V high, V low)
    {
        V sum = high + low;
        return new(sum, low - (sum - high));
    }

    /// <summary>left·right, exactly unless it comes near the subnormals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Product(V left, V right)
    {
        V product = left * right;
        return new(product, V.MultiplyAdd(left, right, -product));
    }

    /// <summary>left/right, the first part correctly rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Quotient(V left, V right)
    {
        V quotient = left / right;
        return new(quotient, V.MultiplyAdd(-quotient, right, left) / right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator -(Pair<V> value) => new(-value.High, -value.Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator +(Pair<V> left, V right)
    {
        Pair<V> sum = Sum(left.High, right);
        return Normalized(sum.High, sum.Low + left.Low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator +(Pair<V> left, Pair<V> right)
    {
        Pair<V> sum = Sum(left.High, right.High);
        return Normalized(sum.High, sum.Low + (left.Low + right.Low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator *(Pair<V> left, V right)
    {
        V product = left.High * right;
        return new(product, V.MultiplyAdd(left.Low, right, V.MultiplyAdd(left.High, right, -product)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator *(Pair<V> left, Pair<V> right)
    {
        V product = left.High * right.High;
        V lost = V.MultiplyAdd(left.High, right.High, -product);
        return new(product, lost + V.MultiplyAdd(left.High, right.Low, left.Low * right.High));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator /(Pair<V> left, Pair<V> right)
    {
        V inverse = V.Broadcast(1) / right.High;
        V quotient = left.High * inverse;
        V remainder = V.MultiplyAdd(-quotient, right.High, left.High) + V.MultiplyAdd(-quotient, right.Low, left.Low);
        return new(quotient, remainder * inverse);
    }

    /// <summary>1/value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Reciprocal(Pair<V> value)
    {
        V inverse = V.Broadcast(1) / value.High;
        return new(inverse, V.MultiplyAdd(-inverse, value.Low, V.MultiplyAdd(-inverse, value.High, V.Broadcast(1))) * inverse);
    }

    /// <summary>The square root of a positive number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Sqrt(Pair<V> value)
    {
        V root = V.Sqrt(value.High);
        V remainder = V.MultiplyAdd(-root, root, value.High) + value.Low;
        return new(root, remainder * V.Broadcast(0.5) * (V.Broadcast(1) / root));
    }

    /// <summary>One of two numbers: the first where left &gt; right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> IfGreater(V left, V right, Pair<V> whenTrue, Pair<V> otherwise) =>
        new(V.IfGreater(left, right, whenTrue.High, otherwise.High), V.IfGreater(left, right, whenTrue.Low, otherwise.Low));
}
