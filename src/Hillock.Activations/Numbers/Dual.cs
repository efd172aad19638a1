using System.Runtime.CompilerServices;

namespace Hillock.Activations.Numbers;

/// <summary>
/// A dual number: a value and its derivative by one chosen variable, carried through a formula together (Clifford 1873;
/// forward-mode differentiation, Wengert 1964). Over a SIMD register it gives exact derivatives at SIMD speed.
/// </summary>
/// <typeparam name="T">The number type of value and derivative.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Slope">The derivative.</param>
public readonly record struct Dual<T>(T Value, T Slope) : IReal<Dual<T>>
    where T : struct, IReal<T>
{
    /// <summary>The variable by which one differentiates: its derivative is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Variable(T value) => new(value, T.Constant(1));

    /// <summary>A number that does not depend on the variable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Fixed(T value) => new(value, T.Constant(0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Constant(double value) => Fixed(T.Constant(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator +(Dual<T> left, Dual<T> right) => new(left.Value + right.Value, left.Slope + right.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator -(Dual<T> left, Dual<T> right) => new(left.Value - right.Value, left.Slope - right.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator *(Dual<T> left, Dual<T> right) =>
        new(left.Value * right.Value, T.MultiplyAdd(left.Value, right.Slope, left.Slope * right.Value));

    /// <inheritdoc/>
    /// <remarks>A divisor that does not depend on the variable adds nothing, also where the quotient is infinite.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator /(Dual<T> left, Dual<T> right)
    {
        T quotient = left.Value / right.Value;
        return new(quotient, (left.Slope - T.TimesSlope(quotient, right.Slope)) / right.Value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator -(Dual<T> value) => new(-value.Value, -value.Slope);

    /// <summary>Product with a literal, whose derivative need not be multiplied by anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator *(double left, Dual<T> right) => new(left * right.Value, left * right.Slope);

    /// <summary>Sum with a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator +(double left, Dual<T> right) => new(left + right.Value, right.Slope);

    /// <summary>Difference with a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> operator -(double left, Dual<T> right) => new(left - right.Value, -right.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> MultiplyAdd(Dual<T> a, Dual<T> b, Dual<T> c) => new(
        T.MultiplyAdd(a.Value, b.Value, c.Value),
        T.MultiplyAdd(a.Value, b.Slope, T.MultiplyAdd(a.Slope, b.Value, c.Slope)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Scale(Dual<T> x, Dual<T> factor) => new(
        factor.Value * x.Value,
        T.MultiplyAdd(factor.Value, x.Slope, T.TimesSlope(x.Value, factor.Slope)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> IfPositive(Dual<T> condition, Dual<T> positive, Dual<T> otherwise) => new(
        T.IfPositive(condition.Value, positive.Value, otherwise.Value),
        T.IfPositive(condition.Value, positive.Slope, otherwise.Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Abs(Dual<T> x) => new(
        T.Abs(x.Value),
        T.IfPositive(x.Value, x.Slope, T.IfPositive(-x.Value, -x.Slope, T.Constant(0))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Sqrt(Dual<T> x)
    {
        T root = T.Sqrt(x.Value);
        return new(root, 0.5 * (x.Slope / root));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Round(Dual<T> x) => Fixed(T.Round(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Sin(Dual<T> x) => new(T.Sin(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Cos(Dual<T> x) => new(T.Cos(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    /// <remarks>What does not depend on the variable adds nothing, however steep the power is.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Pow(Dual<T> x, Dual<T> y)
    {
        T value = T.Pow(x.Value, y.Value, out T byBase, out T byExponent);
        return new(value, T.TimesSlope(byBase, x.Slope) + T.TimesSlope(byExponent, y.Slope));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Exp(Dual<T> x) => new(T.Exp(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> ExpM1(Dual<T> x) => new(T.ExpM1(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Log(Dual<T> x) => new(T.Log(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Log1P(Dual<T> x) => new(T.Log1P(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Tanh(Dual<T> x) => new(T.Tanh(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Sigmoid(Dual<T> x) => new(T.Sigmoid(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> SoftPlus(Dual<T> x) => new(T.SoftPlus(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Erf(Dual<T> x) => new(T.Erf(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Erfc(Dual<T> x) => new(T.Erfc(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> NormalCdf(Dual<T> x) => new(T.NormalCdf(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> TanhSoftPlus(Dual<T> x) => new(T.TanhSoftPlus(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> TanhShrink(Dual<T> x) => new(T.TanhShrink(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Gauss(Dual<T> x) => new(T.Gauss(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> SigmoidLinear(Dual<T> x, Dual<T> k) =>
        new(T.SigmoidLinear(x.Value, k.Value, out T byX, out T byK), T.MultiplyAdd(byX, x.Slope, byK * k.Slope));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> NormalLinear(Dual<T> x) => new(T.NormalLinear(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> TanhSoftPlusLinear(Dual<T> x) => new(T.TanhSoftPlusLinear(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> TanhGelu(Dual<T> x) => new(T.TanhGelu(x.Value, out T slope), slope * x.Slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> TanhProduct(Dual<T> x, Dual<T> k) =>
        new(T.TanhProduct(x.Value, k.Value, out T slope), slope * T.MultiplyAdd(k.Value, x.Slope, k.Slope * x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual<T> Apply<TFunction>(Dual<T> x)
        where TFunction : struct, IStatedFunction => new(TFunction.Value(x.Value), TFunction.Slope(x.Value) * x.Slope);
}
