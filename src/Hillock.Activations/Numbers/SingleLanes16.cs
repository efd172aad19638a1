using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hillock.Activations.Numbers;

/// <summary>Sixteen floats in a 512-bit register.</summary>
public readonly struct SingleLanes16 : ISingleLanes<SingleLanes16>
{
    private readonly Vector512<float> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SingleLanes16(Vector512<float> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleLanes16 value, ref float destination) => value._lanes.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 operator +(SingleLanes16 left, SingleLanes16 right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 operator -(SingleLanes16 left, SingleLanes16 right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 operator *(SingleLanes16 left, SingleLanes16 right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 operator /(SingleLanes16 left, SingleLanes16 right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 operator -(SingleLanes16 value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 MultiplyAdd(SingleLanes16 a, SingleLanes16 b, SingleLanes16 c) =>
        new(Vector512.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 MultiplyAddNegated(SingleLanes16 a, SingleLanes16 b, SingleLanes16 c) =>
        new(Avx512F.FusedMultiplyAddNegated(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 Abs(SingleLanes16 x) => new(Vector512.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 Sqrt(SingleLanes16 x) => new(Vector512.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 Min(SingleLanes16 left, SingleLanes16 right) => new(Vector512.MinNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 Max(SingleLanes16 left, SingleLanes16 right) => new(Vector512.MaxNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 IfGreater(SingleLanes16 left, SingleLanes16 right, SingleLanes16 whenTrue, SingleLanes16 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left._lanes, right._lanes), whenTrue._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 KeepNaN(SingleLanes16 x, SingleLanes16 number) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(x._lanes, x._lanes), number._lanes, x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 CopySign(SingleLanes16 magnitude, SingleLanes16 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign._lanes, magnitude._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 LowBitsAsExponent(SingleLanes16 x) => new(Vector512.ShiftLeft(x._lanes.AsInt32(), 23).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 ShiftBitsRight(SingleLanes16 x, int count) => new(Vector512.ShiftRightLogical(x._lanes.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 SplitExponent(SingleLanes16 x, out SingleLanes16 exponent)
    {
        exponent = new(Avx512F.GetExponent(x._lanes));
        return new(Avx512F.GetMantissa(x._lanes, 0));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes16 Lookup(ReadOnlySpan<float> entries, SingleLanes16 index) =>
        new(Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(in entries[0]), index._lanes.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(SingleLanes16 x, SingleLanes16 limit) => Vector512.LessThanOrEqualAll(Vector512.Abs(x._lanes), limit._lanes);
}
