using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hillock.Activations.Numbers;

/// <summary>Four doubles in a 256-bit register.</summary>
public readonly struct DoubleLanes4 : IDoubleLanes<DoubleLanes4>
{
    private readonly Vector256<double> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DoubleLanes4(Vector256<double> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Broadcast(double value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Load(ref readonly double source) => new(Vector256.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Load(ref readonly float source) =>
        Avx.IsSupported
            ? new(Avx.ConvertToVector256Double(Vector128.LoadUnsafe(in source)))
            : new(Vector256.WidenLower(Vector128.LoadUnsafe(in source).ToVector256Unsafe()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes4 value, ref double destination) => value._lanes.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes4 value, ref float destination) =>
        (Avx.IsSupported
            ? Avx.ConvertToVector128Single(value._lanes)
            : Vector128.Narrow(value._lanes.GetLower(), value._lanes.GetUpper())).StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator +(DoubleLanes4 left, DoubleLanes4 right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator -(DoubleLanes4 left, DoubleLanes4 right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator *(DoubleLanes4 left, DoubleLanes4 right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator /(DoubleLanes4 left, DoubleLanes4 right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 operator -(DoubleLanes4 value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 MultiplyAdd(DoubleLanes4 a, DoubleLanes4 b, DoubleLanes4 c) =>
        new(Vector256.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Abs(DoubleLanes4 x) => new(Vector256.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Sqrt(DoubleLanes4 x) => new(Vector256.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Min(DoubleLanes4 left, DoubleLanes4 right) => new(Vector256.MinNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 Max(DoubleLanes4 left, DoubleLanes4 right) => new(Vector256.MaxNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 CopySign(DoubleLanes4 magnitude, DoubleLanes4 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0.0), sign._lanes, magnitude._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 IfGreater(DoubleLanes4 left, DoubleLanes4 right, DoubleLanes4 whenTrue, DoubleLanes4 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left._lanes, right._lanes), whenTrue._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(DoubleLanes4 left, DoubleLanes4 right) => Vector256.GreaterThanAny(left._lanes, right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 KeepNaN(DoubleLanes4 x, DoubleLanes4 number) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(x._lanes, x._lanes), number._lanes, x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 PowerOfTwo(DoubleLanes4 shiftedExponent) =>
        new(((shiftedExponent._lanes.AsInt64() << 52) + Vector256.Create(1.0).AsInt64()).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes4 SplitExponent(DoubleLanes4 x, out DoubleLanes4 exponent)
    {
        // Adding (1 - √½) in the bits carries into the exponent just where the mantissa reaches √2.
        Vector256<long> bits = x._lanes.AsInt64();
        Vector256<long> shifted = bits - Vector256.Create(LaneConstants.SqrtHalfBits);
        Vector256<long> e = shifted >> 52;
        exponent = new((e + Vector256.Create(LaneConstants.ShiftBits)).AsDouble() - Vector256.Create(LaneConstants.Shift));
        return new((bits - (e << 52)).AsDouble());
    }
}
