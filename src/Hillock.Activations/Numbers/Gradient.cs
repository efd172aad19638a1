using System.Runtime.CompilerServices;

namespace Hillock.Activations.Numbers;

/// <summary>
/// A <see cref="Dual{T}"/> of two variables: a value with its derivatives by the argument and by one parameter, carried through a formula together, so that
/// what they share, such as an exponential, is computed once. Only for kernels: a formula needs no more than <see cref="Dual{T}"/> does.
/// </summary>
/// <typeparam name="T">The number type of value and derivatives.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="ByArgument">The derivative by the argument.</param>
/// <param name="ByParameter">The derivative by the parameter.</param>
internal readonly record struct Gradient<T>(T Value, T ByArgument, T ByParameter) : IReal<Gradient<T>>
    where T : struct, IReal<T>
{
    /// <summary>The argument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Argument(T value) => new(value, T.Constant(1), T.Constant(0));

    /// <summary>The parameter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Parameter(T value) => new(value, T.Constant(0), T.Constant(1));

    /// <summary>A number that depends on neither.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Fixed(T value) => new(value, T.Constant(0), T.Constant(0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Constant(double value) => Fixed(T.Constant(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> operator +(Gradient<T> left, Gradient<T> right) => new(left.Value + right.Value, left.ByArgument + right.ByArgument, left.ByParameter + right.ByParameter);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> operator -(Gradient<T> left, Gradient<T> right) => new(left.Value - right.Value, left.ByArgument - right.ByArgument, left.ByParameter - right.ByParameter);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> operator *(Gradient<T> left, Gradient<T> right) =>
        new(
            left.Value * right.Value,
            T.MultiplyAdd(left.Value, right.ByArgument, left.ByArgument * right.Value),
            T.MultiplyAdd(left.Value, right.ByParameter, left.ByParameter * right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> operator /(Gradient<T> left, Gradient<T> right)
    {
        T quotient = left.Value / right.Value;
        return new(
            quotient,
            (left.ByArgument - T.TimesSlope(quotient, right.ByArgument)) / right.Value,
            (left.ByParameter - T.TimesSlope(quotient, right.ByParameter)) / right.Value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> operator -(Gradient<T> value) => new(-value.Value, -value.ByArgument, -value.ByParameter);

    /// <summary>Product with a literal, whose derivative need not be multiplied by anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> operator *(double left, Gradient<T> right) => new(left * right.Value, left * right.ByArgument, left * right.ByParameter);

    /// <summary>Sum with a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> operator +(double left, Gradient<T> right) => new(left + right.Value, right.ByArgument, right.ByParameter);

    /// <summary>Difference with a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> operator -(double left, Gradient<T> right) => new(left - right.Value, -right.ByArgument, -right.ByParameter);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> MultiplyAdd(Gradient<T> a, Gradient<T> b, Gradient<T> c) => new(
        T.MultiplyAdd(a.Value, b.Value, c.Value),
        T.MultiplyAdd(a.Value, b.ByArgument, T.MultiplyAdd(a.ByArgument, b.Value, c.ByArgument)),
        T.MultiplyAdd(a.Value, b.ByParameter, T.MultiplyAdd(a.ByParameter, b.Value, c.ByParameter)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Scale(Gradient<T> x, Gradient<T> factor) => new(
        factor.Value * x.Value,
        T.MultiplyAdd(factor.Value, x.ByArgument, T.TimesSlope(x.Value, factor.ByArgument)),
        T.MultiplyAdd(factor.Value, x.ByParameter, T.TimesSlope(x.Value, factor.ByParameter)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> IfPositive(Gradient<T> condition, Gradient<T> positive, Gradient<T> otherwise) => new(
        T.IfPositive(condition.Value, positive.Value, otherwise.Value),
        T.IfPositive(condition.Value, positive.ByArgument, otherwise.ByArgument),
        T.IfPositive(condition.Value, positive.ByParameter, otherwise.ByParameter));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Abs(Gradient<T> x) => new(
        T.Abs(x.Value),
        T.IfPositive(x.Value, x.ByArgument, T.IfPositive(-x.Value, -x.ByArgument, T.Constant(0))),
        T.IfPositive(x.Value, x.ByParameter, T.IfPositive(-x.Value, -x.ByParameter, T.Constant(0))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Sqrt(Gradient<T> x)
    {
        T root = T.Sqrt(x.Value);
        return new(root, 0.5 * (x.ByArgument / root), 0.5 * (x.ByParameter / root));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Round(Gradient<T> x) => Fixed(T.Round(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Sin(Gradient<T> x) => Chain(T.Sin(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Cos(Gradient<T> x) => Chain(T.Cos(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    /// <remarks>
    /// What does not depend on a variable adds nothing, however steep the power is. A call: inlined, the longest of the primitives with two derivatives takes all that the compiler
    /// allows a loop, and the rest of the formula becomes calls.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Gradient<T> Pow(Gradient<T> x, Gradient<T> y)
    {
        T value = T.Pow(x.Value, y.Value, out T byBase, out T byExponent);
        return new(
            value,
            T.TimesSlope(byBase, x.ByArgument) + T.TimesSlope(byExponent, y.ByArgument),
            T.TimesSlope(byBase, x.ByParameter) + T.TimesSlope(byExponent, y.ByParameter));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Exp(Gradient<T> x) => Chain(T.Exp(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> ExpM1(Gradient<T> x) => Chain(T.ExpM1(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Log(Gradient<T> x) => Chain(T.Log(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Log1P(Gradient<T> x) => Chain(T.Log1P(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Tanh(Gradient<T> x) => Chain(T.Tanh(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Sigmoid(Gradient<T> x) => Chain(T.Sigmoid(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> SoftPlus(Gradient<T> x) => Chain(T.SoftPlus(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Erf(Gradient<T> x) => Chain(T.Erf(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Erfc(Gradient<T> x) => Chain(T.Erfc(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> NormalCdf(Gradient<T> x) => Chain(T.NormalCdf(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> TanhSoftPlus(Gradient<T> x) => Chain(T.TanhSoftPlus(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> TanhShrink(Gradient<T> x) => Chain(T.TanhShrink(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Gauss(Gradient<T> x) => Chain(T.Gauss(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> SigmoidLinear(Gradient<T> x, Gradient<T> k) =>
        new(
            T.SigmoidLinear(x.Value, k.Value, out T byX, out T byK),
            T.MultiplyAdd(byX, x.ByArgument, byK * k.ByArgument),
            T.MultiplyAdd(byX, x.ByParameter, byK * k.ByParameter));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> NormalLinear(Gradient<T> x) => Chain(T.NormalLinear(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> TanhSoftPlusLinear(Gradient<T> x) => Chain(T.TanhSoftPlusLinear(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> TanhGelu(Gradient<T> x) => Chain(T.TanhGelu(x.Value, out T slope), slope, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> TanhProduct(Gradient<T> x, Gradient<T> k) =>
        new(
            T.TanhProduct(x.Value, k.Value, out T slope),
            slope * T.MultiplyAdd(k.Value, x.ByArgument, k.ByArgument * x.Value),
            slope * T.MultiplyAdd(k.Value, x.ByParameter, k.ByParameter * x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gradient<T> Apply<TFunction>(Gradient<T> x)
        where TFunction : struct, IStatedFunction => Chain(TFunction.Value(x.Value), TFunction.Slope(x.Value), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Gradient<T> Chain(T value, T slope, Gradient<T> x) => new(value, slope * x.ByArgument, slope * x.ByParameter);
}
