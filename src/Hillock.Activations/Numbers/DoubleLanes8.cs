using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hillock.Activations.Numbers;

/// <summary>Eight doubles in a 512-bit register.</summary>
public readonly struct DoubleLanes8 : IDoubleLanes<DoubleLanes8>
{
    private readonly Vector512<double> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DoubleLanes8(Vector512<double> lanes) => _lanes = lanes;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Broadcast(double value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Load(ref readonly double source) => new(Vector512.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Load(ref readonly float source) =>
        Avx512F.IsSupported
            ? new(Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(in source)))
            : new(Vector512.WidenLower(Vector256.LoadUnsafe(in source).ToVector512Unsafe()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes8 value, ref double destination) => value._lanes.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes8 value, ref float destination) =>
        (Avx512F.IsSupported
            ? Avx512F.ConvertToVector256Single(value._lanes)
            : Vector256.Narrow(value._lanes.GetLower(), value._lanes.GetUpper())).StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator +(DoubleLanes8 left, DoubleLanes8 right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator -(DoubleLanes8 left, DoubleLanes8 right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator *(DoubleLanes8 left, DoubleLanes8 right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator /(DoubleLanes8 left, DoubleLanes8 right) => new(left._lanes / right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 operator -(DoubleLanes8 value) => new(-value._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 MultiplyAdd(DoubleLanes8 a, DoubleLanes8 b, DoubleLanes8 c) =>
        new(Vector512.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Abs(DoubleLanes8 x) => new(Vector512.Abs(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Sqrt(DoubleLanes8 x) => new(Vector512.Sqrt(x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Min(DoubleLanes8 left, DoubleLanes8 right) => new(Vector512.MinNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 Max(DoubleLanes8 left, DoubleLanes8 right) => new(Vector512.MaxNative(left._lanes, right._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 CopySign(DoubleLanes8 magnitude, DoubleLanes8 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0.0), sign._lanes, magnitude._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 IfGreater(DoubleLanes8 left, DoubleLanes8 right, DoubleLanes8 whenTrue, DoubleLanes8 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left._lanes, right._lanes), whenTrue._lanes, otherwise._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(DoubleLanes8 left, DoubleLanes8 right) => Vector512.GreaterThanAny(left._lanes, right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 KeepNaN(DoubleLanes8 x, DoubleLanes8 number) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(x._lanes, x._lanes), number._lanes, x._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 PowerOfTwo(DoubleLanes8 shiftedExponent) =>
        new(((shiftedExponent._lanes.AsInt64() << 52) + Vector512.Create(1.0).AsInt64()).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes8 SplitExponent(DoubleLanes8 x, out DoubleLanes8 exponent)
    {
        // Adding (1 - √½) in the bits carries into the exponent just where the mantissa reaches √2.
        Vector512<long> bits = x._lanes.AsInt64();
        Vector512<long> shifted = bits - Vector512.Create(LaneConstants.SqrtHalfBits);
        Vector512<long> e = shifted >> 52;
        exponent = new((e + Vector512.Create(LaneConstants.ShiftBits)).AsDouble() - Vector512.Create(LaneConstants.Shift));
        return new((bits - (e << 52)).AsDouble());
    }
}
