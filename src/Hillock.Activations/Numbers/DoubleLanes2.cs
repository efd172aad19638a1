using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Activations.Numbers;

/// <summary>Two doubles in a 128-bit register.</summary>
public readonly struct DoubleLanes2 : IDoubleLanes<DoubleLanes2>
{
    private readonly Vector128<double> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DoubleLanes2(Vector128<double> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Broadcast(double value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Load(ref readonly double source) => new(Vector128.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Load(ref readonly float source) =>
        new(Vector128.WidenLower(Vector64.LoadUnsafe(in source).ToVector128Unsafe()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes2 value, ref double destination) => value._lanes.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes2 value, ref float destination) =>
        Vector128.Narrow(value._lanes, value._lanes).GetLower().StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 operator +(DoubleLanes2 left, DoubleLanes2 right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 operator -(DoubleLanes2 left, DoubleLanes2 right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 operator *(DoubleLanes2 left, DoubleLanes2 right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 operator /(DoubleLanes2 left, DoubleLanes2 right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 operator -(DoubleLanes2 value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 MultiplyAdd(DoubleLanes2 a, DoubleLanes2 b, DoubleLanes2 c) =>
        new(Vector128.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Abs(DoubleLanes2 x) => new(Vector128.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Sqrt(DoubleLanes2 x) => new(Vector128.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Min(DoubleLanes2 left, DoubleLanes2 right) => new(Vector128.MinNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 Max(DoubleLanes2 left, DoubleLanes2 right) => new(Vector128.MaxNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 CopySign(DoubleLanes2 magnitude, DoubleLanes2 sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0.0), sign._lanes, magnitude._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 IfGreater(DoubleLanes2 left, DoubleLanes2 right, DoubleLanes2 whenTrue, DoubleLanes2 otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(left._lanes, right._lanes), whenTrue._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(DoubleLanes2 left, DoubleLanes2 right) => Vector128.GreaterThanAny(left._lanes, right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 KeepNaN(DoubleLanes2 x, DoubleLanes2 number) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(x._lanes, x._lanes), number._lanes, x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 PowerOfTwo(DoubleLanes2 shiftedExponent) =>
        new(((shiftedExponent._lanes.AsInt64() << 52) + Vector128.Create(1.0).AsInt64()).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes2 SplitExponent(DoubleLanes2 x, out DoubleLanes2 exponent)
    {
        // Adding (1 - √½) in the bits carries into the exponent just where the mantissa reaches √2.
        Vector128<long> bits = x._lanes.AsInt64();
        Vector128<long> shifted = bits - Vector128.Create(LaneConstants.SqrtHalfBits);
        Vector128<long> e = shifted >> 52;
        exponent = new((e + Vector128.Create(LaneConstants.ShiftBits)).AsDouble() - Vector128.Create(LaneConstants.Shift));
        return new((bits - (e << 52)).AsDouble());
    }
}
