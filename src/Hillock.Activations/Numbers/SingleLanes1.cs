using System.Runtime.CompilerServices;

namespace Hillock.Activations.Numbers;

/// <summary>One float: the scalar twin of the registers.</summary>
public readonly struct SingleLanes1 : ISingleLanes<SingleLanes1>
{
    private readonly float _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SingleLanes1(float value) => _value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 Broadcast(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 Load(ref readonly float source) => new(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleLanes1 value, ref float destination) => destination = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 operator +(SingleLanes1 left, SingleLanes1 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 operator -(SingleLanes1 left, SingleLanes1 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 operator *(SingleLanes1 left, SingleLanes1 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 operator /(SingleLanes1 left, SingleLanes1 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 operator -(SingleLanes1 value) => new(-value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 MultiplyAdd(SingleLanes1 a, SingleLanes1 b, SingleLanes1 c) =>
        new(MathF.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 Abs(SingleLanes1 x) => new(MathF.Abs(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 Sqrt(SingleLanes1 x) => new(MathF.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 Min(SingleLanes1 left, SingleLanes1 right) => left._value < right._value ? left : right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 Max(SingleLanes1 left, SingleLanes1 right) => left._value > right._value ? left : right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 IfGreater(SingleLanes1 left, SingleLanes1 right, SingleLanes1 whenTrue, SingleLanes1 otherwise) =>
        left._value > right._value ? whenTrue : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 KeepNaN(SingleLanes1 x, SingleLanes1 number) => float.IsNaN(x._value) ? x : number;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 CopySign(SingleLanes1 magnitude, SingleLanes1 sign) => new(MathF.CopySign(magnitude._value, sign._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 LowBitsAsExponent(SingleLanes1 x) => new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x._value) << 23));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 ShiftBitsRight(SingleLanes1 x, int count) => new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x._value) >>> count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 SplitExponent(SingleLanes1 x, out SingleLanes1 exponent)
    {
        bool subnormal = x._value < LaneConstants.LeastNormal;
        int bits = BitConverter.SingleToInt32Bits(subnormal ? x._value * LaneConstants.IntoNormals : x._value);
        exponent = new((bits >>> 23) - (subnormal ? 127 + LaneConstants.IntoNormalsExponent : 127));
        return new(BitConverter.Int32BitsToSingle((bits & LaneConstants.FractionBits) | BitConverter.SingleToInt32Bits(1)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleLanes1 Lookup(ReadOnlySpan<float> entries, SingleLanes1 index) => new(entries[BitConverter.SingleToInt32Bits(index._value) & 15]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllWithin(SingleLanes1 x, SingleLanes1 limit) => MathF.Abs(x._value) <= limit._value;
}
