using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Activations.Numbers;

/// <summary>Four floats in a 128-bit register.</summary>
public readonly struct SingleLanes4 : ISingleLanes<SingleLanes4>
{
    private readonly Vector128<float> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SingleLanes4(Vector128<float> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 Load(ref readonly float source) => new(Vector128.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleLanes4 value, ref float destination) => value._lanes.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 operator +(SingleLanes4 left, SingleLanes4 right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 operator -(SingleLanes4 left, SingleLanes4 right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 operator *(SingleLanes4 left, SingleLanes4 right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 operator /(SingleLanes4 left, SingleLanes4 right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 operator -(SingleLanes4 value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 MultiplyAdd(SingleLanes4 a, SingleLanes4 b, SingleLanes4 c) =>
        new(Vector128.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 Abs(SingleLanes4 x) => new(Vector128.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 Sqrt(SingleLanes4 x) => new(Vector128.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 Min(SingleLanes4 left, SingleLanes4 right) => new(Vector128.MinNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 Max(SingleLanes4 left, SingleLanes4 right) => new(Vector128.MaxNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 IfGreater(SingleLanes4 left, SingleLanes4 right, SingleLanes4 whenTrue, SingleLanes4 otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(left._lanes, right._lanes), whenTrue._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 KeepNaN(SingleLanes4 x, SingleLanes4 number) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(x._lanes, x._lanes), number._lanes, x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 CopySign(SingleLanes4 magnitude, SingleLanes4 sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0f), sign._lanes, magnitude._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 LowBitsAsExponent(SingleLanes4 x) => new(Vector128.ShiftLeft(x._lanes.AsInt32(), 23).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 ShiftBitsRight(SingleLanes4 x, int count) => new(Vector128.ShiftRightLogical(x._lanes.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 SplitExponent(SingleLanes4 x, out SingleLanes4 exponent)
    {
        Vector128<float> subnormal = Vector128.LessThan(x._lanes, Vector128.Create(LaneConstants.LeastNormal));
        Vector128<int> bits = Vector128.ConditionalSelect(subnormal, x._lanes * LaneConstants.IntoNormals, x._lanes).AsInt32();
        Vector128<float> bias = Vector128.ConditionalSelect(
            subnormal, Vector128.Create(127 + LaneConstants.IntoNormalsExponent), Vector128.Create(127f));
        exponent = new(Vector128.ConvertToSingle(Vector128.ShiftRightLogical(bits, 23)) - bias);
        return new(((bits & Vector128.Create(LaneConstants.FractionBits)) | Vector128.Create(1f).AsInt32()).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes4 Lookup(ReadOnlySpan<float> entries, SingleLanes4 index)
    {
        Vector128<int> places = index._lanes.AsInt32() & Vector128.Create(15);
        return new(Vector128.Create(entries[places[0]], entries[places[1]], entries[places[2]], entries[places[3]]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(SingleLanes4 x, SingleLanes4 limit) => Vector128.LessThanOrEqualAll(Vector128.Abs(x._lanes), limit._lanes);
}
