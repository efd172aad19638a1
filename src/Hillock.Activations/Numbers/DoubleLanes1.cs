using System.Runtime.CompilerServices;

namespace Hillock.Activations.Numbers;

/// <summary>One double: the scalar twin of the registers.</summary>
public readonly struct DoubleLanes1 : IDoubleLanes<DoubleLanes1>
{
    private readonly double _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DoubleLanes1(double value) => _value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 Broadcast(double value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 Load(ref readonly double source) => new(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 Load(ref readonly float source) => new(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes1 value, ref double destination) => destination = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes1 value, ref float destination) => destination = (float)value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 operator +(DoubleLanes1 left, DoubleLanes1 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 operator -(DoubleLanes1 left, DoubleLanes1 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 operator *(DoubleLanes1 left, DoubleLanes1 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 operator /(DoubleLanes1 left, DoubleLanes1 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 operator -(DoubleLanes1 value) => new(-value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 MultiplyAdd(DoubleLanes1 a, DoubleLanes1 b, DoubleLanes1 c) =>
        new(Math.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 Abs(DoubleLanes1 x) => new(Math.Abs(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 Sqrt(DoubleLanes1 x) => new(Math.Sqrt(x._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 Min(DoubleLanes1 left, DoubleLanes1 right) => left._value < right._value ? left : right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 Max(DoubleLanes1 left, DoubleLanes1 right) => left._value > right._value ? left : right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 CopySign(DoubleLanes1 magnitude, DoubleLanes1 sign) => new(Math.CopySign(magnitude._value, sign._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 IfGreater(DoubleLanes1 left, DoubleLanes1 right, DoubleLanes1 whenTrue, DoubleLanes1 otherwise) =>
        left._value > right._value ? whenTrue : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(DoubleLanes1 left, DoubleLanes1 right) => left._value > right._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 KeepNaN(DoubleLanes1 x, DoubleLanes1 number) => double.IsNaN(x._value) ? x : number;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 PowerOfTwo(DoubleLanes1 shiftedExponent) =>
        new(BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(shiftedExponent._value) << 52) + BitConverter.DoubleToInt64Bits(1.0)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes1 SplitExponent(DoubleLanes1 x, out DoubleLanes1 exponent)
    {
        long bits = BitConverter.DoubleToInt64Bits(x._value);
        long e = (bits - LaneConstants.SqrtHalfBits) >> 52;
        exponent = new(e);
        return new(BitConverter.Int64BitsToDouble(bits - (e << 52)));
    }
}
