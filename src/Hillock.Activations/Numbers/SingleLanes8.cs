using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hillock.Activations.Numbers;

/// <summary>Eight floats in a 256-bit register.</summary>
public readonly struct SingleLanes8 : ISingleLanes<SingleLanes8>
{
    private readonly Vector256<float> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SingleLanes8(Vector256<float> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleLanes8 value, ref float destination) => value._lanes.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 operator +(SingleLanes8 left, SingleLanes8 right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 operator -(SingleLanes8 left, SingleLanes8 right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 operator *(SingleLanes8 left, SingleLanes8 right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 operator /(SingleLanes8 left, SingleLanes8 right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 operator -(SingleLanes8 value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 MultiplyAdd(SingleLanes8 a, SingleLanes8 b, SingleLanes8 c) =>
        new(Vector256.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 Abs(SingleLanes8 x) => new(Vector256.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 Sqrt(SingleLanes8 x) => new(Vector256.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 Min(SingleLanes8 left, SingleLanes8 right) => new(Vector256.MinNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 Max(SingleLanes8 left, SingleLanes8 right) => new(Vector256.MaxNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 IfGreater(SingleLanes8 left, SingleLanes8 right, SingleLanes8 whenTrue, SingleLanes8 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left._lanes, right._lanes), whenTrue._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 KeepNaN(SingleLanes8 x, SingleLanes8 number) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(x._lanes, x._lanes), number._lanes, x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 CopySign(SingleLanes8 magnitude, SingleLanes8 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign._lanes, magnitude._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 LowBitsAsExponent(SingleLanes8 x) => new(Vector256.ShiftLeft(x._lanes.AsInt32(), 23).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 ShiftBitsRight(SingleLanes8 x, int count) => new(Vector256.ShiftRightLogical(x._lanes.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 SplitExponent(SingleLanes8 x, out SingleLanes8 exponent)
    {
        Vector256<float> subnormal = Vector256.LessThan(x._lanes, Vector256.Create(LaneConstants.LeastNormal));
        Vector256<int> bits = Vector256.ConditionalSelect(subnormal, x._lanes * LaneConstants.IntoNormals, x._lanes).AsInt32();
        Vector256<float> bias = Vector256.ConditionalSelect(
            subnormal, Vector256.Create(127 + LaneConstants.IntoNormalsExponent), Vector256.Create(127f));
        exponent = new(Vector256.ConvertToSingle(Vector256.ShiftRightLogical(bits, 23)) - bias);
        return new(((bits & Vector256.Create(LaneConstants.FractionBits)) | Vector256.Create(1f).AsInt32()).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes8 Lookup(ReadOnlySpan<float> entries, SingleLanes8 index)
    {
        Vector256<int> places = index._lanes.AsInt32();
        Vector256<float> low = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in entries[0]), places);
        Vector256<float> high = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in entries[8]), places);
        // The fourth bit, as the sign, chooses the half.
        return new(Avx.BlendVariable(low, high, Vector256.ShiftLeft(places, 28).AsSingle()));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(SingleLanes8 x, SingleLanes8 limit) => Vector256.LessThanOrEqualAll(Vector256.Abs(x._lanes), limit._lanes);
}
