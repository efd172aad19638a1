using Hillock.Activations.Numbers;

namespace Hillock.Activations.Verification;

/// <summary>
/// A value, its derivative and the largest summand of that derivative: where summands cancel, no evaluation in finite precision can be better than
/// a fraction of the largest, and the accuracy contract is stated with it.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Slope">The derivative.</param>
/// <param name="Largest">The largest magnitude among the summands of the derivative, multiplied out.</param>
internal readonly record struct SummandBound<T>(T Value, T Slope, T Largest) : IReal<SummandBound<T>>
    where T : struct, IReal<T>
{
    public static SummandBound<T> Variable(T value) => new(value, T.Constant(1), T.Constant(1));

    public static SummandBound<T> Constant(double value) => Fixed(T.Constant(value));

    public static SummandBound<T> operator +(SummandBound<T> left, SummandBound<T> right) =>
        new(left.Value + right.Value, left.Slope + right.Slope, Greater(left.Largest, right.Largest));

    public static SummandBound<T> operator -(SummandBound<T> left, SummandBound<T> right) => left + -right;

    public static SummandBound<T> operator -(SummandBound<T> value) => new(-value.Value, -value.Slope, value.Largest);

    public static SummandBound<T> operator *(SummandBound<T> left, SummandBound<T> right) => new(
        left.Value * right.Value,
        (left.Slope * right.Value) + (left.Value * right.Slope),
        Greater(left.Largest * T.Abs(right.Value), T.Abs(left.Value) * right.Largest));

    public static SummandBound<T> operator /(SummandBound<T> left, SummandBound<T> right)
    {
        T inverse = T.Constant(1) / right.Value;
        SummandBound<T> product = left * Chain(inverse, -(inverse * inverse), right);
        return product with { Value = left.Value / right.Value };
    }

    public static SummandBound<T> MultiplyAdd(SummandBound<T> a, SummandBound<T> b, SummandBound<T> c) => (a * b) + c;

    public static SummandBound<T> Scale(SummandBound<T> x, SummandBound<T> factor) => new(
        factor.Value * x.Value,
        (factor.Value * x.Slope) + T.IfPositive(factor.Largest, factor.Slope * x.Value, T.Constant(0)),
        Greater(T.Abs(factor.Value) * x.Largest, T.IfPositive(factor.Largest, factor.Largest * T.Abs(x.Value), T.Constant(0))));

    public static SummandBound<T> IfPositive(SummandBound<T> condition, SummandBound<T> positive, SummandBound<T> otherwise) => new(
        T.IfPositive(condition.Value, positive.Value, otherwise.Value),
        T.IfPositive(condition.Value, positive.Slope, otherwise.Slope),
        T.IfPositive(condition.Value, positive.Largest, otherwise.Largest));

    public static SummandBound<T> Abs(SummandBound<T> x) =>
        Chain(T.Abs(x.Value), T.IfPositive(x.Value, T.Constant(1), T.IfPositive(-x.Value, T.Constant(-1), T.Constant(0))), x);

    public static SummandBound<T> Sqrt(SummandBound<T> x)
    {
        T root = T.Sqrt(x.Value);
        return Chain(root, T.Constant(0.5) / root, x);
    }

    public static SummandBound<T> Round(SummandBound<T> x) => Fixed(T.Round(x.Value));

    public static SummandBound<T> Sin(SummandBound<T> x) => Chain(T.Sin(x.Value, out T slope), slope, x);

    public static SummandBound<T> Cos(SummandBound<T> x) => Chain(T.Cos(x.Value, out T slope), slope, x);

    public static SummandBound<T> Pow(SummandBound<T> x, SummandBound<T> y)
    {
        // What does not depend on the variable adds nothing, however steep the power is.
        T value = T.Pow(x.Value, y.Value, out T byBase, out T byExponent);
        T zero = T.Constant(0);
        return Chain(value, T.IfPositive(x.Largest, byBase, zero), x) + Chain(zero, T.IfPositive(y.Largest, byExponent, zero), y);
    }

    public static SummandBound<T> Exp(SummandBound<T> x) => Chain(T.Exp(x.Value, out T slope), slope, x);

    public static SummandBound<T> ExpM1(SummandBound<T> x) => Chain(T.ExpM1(x.Value, out T slope), slope, x);

    public static SummandBound<T> Log(SummandBound<T> x) => Chain(T.Log(x.Value, out T slope), slope, x);

    public static SummandBound<T> Log1P(SummandBound<T> x) => Chain(T.Log1P(x.Value, out T slope), slope, x);

    public static SummandBound<T> Tanh(SummandBound<T> x) => Chain(T.Tanh(x.Value, out T slope), slope, x);

    public static SummandBound<T> Sigmoid(SummandBound<T> x) => Chain(T.Sigmoid(x.Value, out T slope), slope, x);

    public static SummandBound<T> SoftPlus(SummandBound<T> x) => Chain(T.SoftPlus(x.Value, out T slope), slope, x);

    public static SummandBound<T> Erf(SummandBound<T> x) => Chain(T.Erf(x.Value, out T slope), slope, x);

    public static SummandBound<T> Erfc(SummandBound<T> x) => Chain(T.Erfc(x.Value, out T slope), slope, x);

    public static SummandBound<T> NormalCdf(SummandBound<T> x) => Chain(T.NormalCdf(x.Value, out T slope), slope, x);

    public static SummandBound<T> TanhSoftPlus(SummandBound<T> x) => Chain(T.TanhSoftPlus(x.Value, out T slope), slope, x);

    public static SummandBound<T> TanhShrink(SummandBound<T> x) => Chain(T.TanhShrink(x.Value, out T slope), slope, x);

    public static SummandBound<T> TanhGelu(SummandBound<T> x)
    {
        // Its summands are σ and x·σ'·u': the derivative less σ is the second.
        T value = T.TanhGelu(x.Value, out T slope);
        T gate = value / x.Value;
        return new(value, slope * x.Slope, Greater(T.Abs(gate), T.Abs(slope - gate)) * x.Largest);
    }

    public static SummandBound<T> Apply<TFunction>(SummandBound<T> x)
        where TFunction : struct, IStatedFunction => Chain(TFunction.Value(x.Value), TFunction.Slope(x.Value), x);

    private static SummandBound<T> Fixed(T value) => new(value, T.Constant(0), T.Constant(0));

    private static T Greater(T left, T right) => T.IfPositive(left - right, left, right);

    private static SummandBound<T> Chain(T value, T slope, SummandBound<T> inner) => new(value, slope * inner.Slope, T.Abs(slope) * inner.Largest);
}
