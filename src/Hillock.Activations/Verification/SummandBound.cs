using Hillock.Activations.Numbers;
using Scalar = Hillock.Activations.Verification.Scalar<Hillock.Activations.Numbers.DoubleReal<Hillock.Activations.Numbers.DoubleLanes1>>;

namespace Hillock.Activations.Verification;

/// <summary>
/// A value, its derivative and the largest summand of that derivative: where summands cancel, no evaluation in finite precision can be better than
/// a fraction of the largest, and the accuracy contract is stated with it.
/// </summary>
/// <param name="Value">The value.</param>
/// <param name="Slope">The derivative.</param>
/// <param name="Largest">The largest magnitude among the summands of the derivative, multiplied out.</param>
internal readonly record struct SummandBound(double Value, double Slope, double Largest) : IReal<SummandBound>
{
    public static SummandBound Variable(double value) => new(value, 1, 1);

    public static SummandBound Constant(double value) => new(value, 0, 0);

    public static SummandBound operator +(SummandBound left, SummandBound right) =>
        new(left.Value + right.Value, left.Slope + right.Slope, Math.Max(left.Largest, right.Largest));

    public static SummandBound operator -(SummandBound left, SummandBound right) => left + -right;

    public static SummandBound operator -(SummandBound value) => new(-value.Value, -value.Slope, value.Largest);

    public static SummandBound operator *(SummandBound left, SummandBound right) => new(
        left.Value * right.Value,
        (left.Slope * right.Value) + (left.Value * right.Slope),
        Math.Max(left.Largest * Math.Abs(right.Value), Math.Abs(left.Value) * right.Largest));

    public static SummandBound operator /(SummandBound left, SummandBound right)
    {
        double inverse = 1 / right.Value;
        return left * Chain(inverse, -inverse * inverse, right);
    }

    public static SummandBound MultiplyAdd(SummandBound a, SummandBound b, SummandBound c) => (a * b) + c;

    public static SummandBound IfPositive(SummandBound condition, SummandBound positive, SummandBound otherwise) =>
        condition.Value > 0 ? positive : otherwise;

    public static SummandBound Abs(SummandBound x) => Chain(Math.Abs(x.Value), Math.Sign(x.Value), x);

    public static SummandBound Sqrt(SummandBound x) => Chain(Math.Sqrt(x.Value), 0.5 / Math.Sqrt(x.Value), x);

    public static SummandBound Round(SummandBound x) => Constant(Scalar.Round(x.Value));

    public static SummandBound Sin(SummandBound x) => Chain(Scalar.Sin(x.Value, out double slope), slope, x);

    public static SummandBound Cos(SummandBound x) => Chain(Scalar.Cos(x.Value, out double slope), slope, x);

    public static SummandBound Pow(SummandBound x, SummandBound y)
    {
        double value = Scalar.Pow(x.Value, y.Value, out double byBase, out double byExponent);
        return Chain(value, byBase, x) + Chain(0, byExponent, y);
    }

    public static SummandBound Exp(SummandBound x) => Chain(Scalar.Exp(x.Value, out double slope), slope, x);

    public static SummandBound ExpM1(SummandBound x) => Chain(Scalar.ExpM1(x.Value, out double slope), slope, x);

    public static SummandBound Log(SummandBound x) => Chain(Scalar.Log(x.Value, out double slope), slope, x);

    public static SummandBound Log1P(SummandBound x) => Chain(Scalar.Log1P(x.Value, out double slope), slope, x);

    public static SummandBound Tanh(SummandBound x) => Chain(Scalar.Tanh(x.Value, out double slope), slope, x);

    public static SummandBound Sigmoid(SummandBound x) => Chain(Scalar.Sigmoid(x.Value, out double slope), slope, x);

    public static SummandBound SoftPlus(SummandBound x) => Chain(Scalar.SoftPlus(x.Value, out double slope), slope, x);

    public static SummandBound Erf(SummandBound x) => Chain(Scalar.Erf(x.Value, out double slope), slope, x);

    public static SummandBound Erfc(SummandBound x) => Chain(Scalar.Erfc(x.Value, out double slope), slope, x);

    public static SummandBound NormalCdf(SummandBound x) => Chain(Scalar.NormalCdf(x.Value, out double slope), slope, x);

    public static SummandBound TanhSoftPlus(SummandBound x) => Chain(Scalar.TanhSoftPlus(x.Value, out double slope), slope, x);

    public static SummandBound TanhShrink(SummandBound x) => Chain(Scalar.TanhShrink(x.Value, out double slope), slope, x);

    public static SummandBound Apply<TFunction>(SummandBound x)
        where TFunction : struct, IStatedFunction =>
        Chain(TFunction.Value(Constant(x.Value)).Value, TFunction.Slope(Constant(x.Value)).Value, x);

    private static SummandBound Chain(double value, double slope, SummandBound inner) =>
        new(value, slope * inner.Slope, Math.Abs(slope) * inner.Largest);
}
