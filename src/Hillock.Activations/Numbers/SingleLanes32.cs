using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hillock.Activations.Numbers;

/// <summary>
/// Thirty-two floats in two 512-bit registers: each operation is done to both before the next, so that the processor always has two chains of
/// dependent operations in hand. The compiler leaves instructions in the order in which they are written.
/// </summary>
/// <remarks>Written in terms of registers, not of <see cref="SingleLanes16"/>, which would double what the compiler has to inline.</remarks>
public readonly struct SingleLanes32 : ISingleLanes<SingleLanes32>
{
    private readonly Vector512<float> _first;
    private readonly Vector512<float> _second;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SingleLanes32(Vector512<float> first, Vector512<float> second)
    {
        _first = first;
        _second = second;
    }

    /// <inheritdoc/>
    public static int Count => 32;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 Broadcast(float value) =>
        new(Vector512.Create(value), Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 Load(ref readonly float source) =>
        new(Vector512.LoadUnsafe(in source), Vector512.LoadUnsafe(in source, 16));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleLanes32 value, ref float destination)
    {
        value._first.StoreUnsafe(ref destination);
        value._second.StoreUnsafe(ref destination, 16);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 operator +(SingleLanes32 left, SingleLanes32 right) =>
        new(left._first + right._first, left._second + right._second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 operator -(SingleLanes32 left, SingleLanes32 right) =>
        new(left._first - right._first, left._second - right._second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 operator *(SingleLanes32 left, SingleLanes32 right) =>
        new(left._first * right._first, left._second * right._second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 operator /(SingleLanes32 left, SingleLanes32 right) =>
        new(left._first / right._first, left._second / right._second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 operator -(SingleLanes32 value) =>
        new(-value._first, -value._second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 MultiplyAdd(SingleLanes32 a, SingleLanes32 b, SingleLanes32 c) =>
        new(Vector512.FusedMultiplyAdd(a._first, b._first, c._first), Vector512.FusedMultiplyAdd(a._second, b._second, c._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 MultiplyAddNegated(SingleLanes32 a, SingleLanes32 b, SingleLanes32 c) =>
        new(Avx512F.FusedMultiplyAddNegated(a._first, b._first, c._first), Avx512F.FusedMultiplyAddNegated(a._second, b._second, c._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 Abs(SingleLanes32 x) =>
        new(Vector512.Abs(x._first), Vector512.Abs(x._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 Sqrt(SingleLanes32 x) =>
        new(Vector512.Sqrt(x._first), Vector512.Sqrt(x._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 Min(SingleLanes32 left, SingleLanes32 right) =>
        new(Vector512.MinNative(left._first, right._first), Vector512.MinNative(left._second, right._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 Max(SingleLanes32 left, SingleLanes32 right) =>
        new(Vector512.MaxNative(left._first, right._first), Vector512.MaxNative(left._second, right._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 IfGreater(SingleLanes32 left, SingleLanes32 right, SingleLanes32 whenTrue, SingleLanes32 otherwise) =>
        new(
            Vector512.ConditionalSelect(Vector512.GreaterThan(left._first, right._first), whenTrue._first, otherwise._first),
            Vector512.ConditionalSelect(Vector512.GreaterThan(left._second, right._second), whenTrue._second, otherwise._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 KeepNaN(SingleLanes32 x, SingleLanes32 number) =>
        new(
            Vector512.ConditionalSelect(Vector512.Equals(x._first, x._first), number._first, x._first),
            Vector512.ConditionalSelect(Vector512.Equals(x._second, x._second), number._second, x._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 CopySign(SingleLanes32 magnitude, SingleLanes32 sign) =>
        new(
            Vector512.ConditionalSelect(Vector512.Create(-0f), sign._first, magnitude._first),
            Vector512.ConditionalSelect(Vector512.Create(-0f), sign._second, magnitude._second));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 LowBitsAsExponent(SingleLanes32 x) =>
        new(
            Vector512.ShiftLeft(x._first.AsInt32(), 23).AsSingle(),
            Vector512.ShiftLeft(x._second.AsInt32(), 23).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 ShiftBitsRight(SingleLanes32 x, int count) =>
        new(
            Vector512.ShiftRightLogical(x._first.AsInt32(), count).AsSingle(),
            Vector512.ShiftRightLogical(x._second.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 SplitExponent(SingleLanes32 x, out SingleLanes32 exponent)
    {
        exponent = new(Avx512F.GetExponent(x._first), Avx512F.GetExponent(x._second));
        return new(Avx512F.GetMantissa(x._first, 0), Avx512F.GetMantissa(x._second, 0));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes32 Lookup(ReadOnlySpan<float> entries, SingleLanes32 index) =>
        new(
            Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(in entries[0]), index._first.AsInt32()),
            Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(in entries[0]), index._second.AsInt32()));

    /// <inheritdoc/>
    /// <remarks>The bits of magnitudes are ordered as the magnitudes are, with NaN above all of them.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(SingleLanes32 x, SingleLanes32 limit) => Vector512.LessThanOrEqualAll(
        Vector512.Max(Vector512.Abs(x._first).AsInt32(), Vector512.Abs(x._second).AsInt32()), limit._first.AsInt32());
}
