using System.Runtime.CompilerServices;

namespace Hillock.Activations.Numbers;

/// <summary>
/// The algebra of real numbers in which activation formulas are written. A formula is a generic method over it and is
/// run over many number types: scalars and SIMD registers give values, dual numbers give derivatives,
/// expression nodes give text.
/// </summary>
/// <remarks>
/// Every primitive comes in two forms: its value, and its value together with its derivative, so that a number type can
/// share the work between the two. The defaults state the derivatives; a number type overrides one where it can do better.
/// </remarks>
/// <typeparam name="T">The number type itself.</typeparam>
public interface IReal<T>
    where T : struct, IReal<T>
{
    /// <summary>The number that stands for <paramref name="value"/>, in every lane.</summary>
    static abstract T Constant(double value);

    /// <summary>Sum.</summary>
    static abstract T operator +(T left, T right);

    /// <summary>Difference.</summary>
    static abstract T operator -(T left, T right);

    /// <summary>Product.</summary>
    static abstract T operator *(T left, T right);

    /// <summary>Quotient.</summary>
    static abstract T operator /(T left, T right);

    /// <summary>Negation; changes the sign of zero too.</summary>
    static abstract T operator -(T value);

    /// <summary>Product with a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T operator *(double left, T right) => T.Constant(left) * right;

    /// <summary>Sum with a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T operator +(double left, T right) => T.Constant(left) + right;

    /// <summary>Difference with a literal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T operator -(double left, T right) => T.Constant(left) - right;

    /// <summary><c>a·b + c</c> with a single rounding.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary><paramref name="positive"/> where <paramref name="condition"/> &gt; 0, <paramref name="otherwise"/> elsewhere (NaN included).</summary>
    static abstract T IfPositive(T condition, T positive, T otherwise);

    /// <summary>factor·x for a factor that is a parameter: its own derivative, where it has none, does not meet an infinite x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Scale(T x, T factor) => factor * x;

    /// <summary>factor·slope; 0 where the slope is 0, also if the factor is infinite: what does not depend on the variable adds nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TimesSlope(T factor, T slope) => T.IfPositive(T.Abs(slope), factor * slope, T.Constant(0));

    /// <summary>max(x, 0); its derivative at 0 is 0. Where x is NaN it may be anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Rectified(T x) => T.IfPositive(x, x, T.Constant(0));

    /// <summary>Absolute value; its derivative at 0 is 0.</summary>
    static abstract T Abs(T x);

    /// <summary>Square root.</summary>
    static abstract T Sqrt(T x);

    /// <summary>The nearest whole number, of two the even one; its derivative is 0 everywhere.</summary>
    static abstract T Round(T x);

    /// <summary>The sine, for numbers of any size; none at ±∞.</summary>
    static abstract T Sin(T x);

    /// <summary>The cosine, for numbers of any size; none at ±∞.</summary>
    static abstract T Cos(T x);

    /// <summary>x^y; for negative x a number only where y is whole.</summary>
    static abstract T Pow(T x, T y);

    /// <summary>e^x.</summary>
    static abstract T Exp(T x);

    /// <summary>e^x - 1 without cancellation near 0.</summary>
    static abstract T ExpM1(T x);

    /// <summary>Natural logarithm.</summary>
    static abstract T Log(T x);

    /// <summary>ln(1 + x) without cancellation near 0.</summary>
    static abstract T Log1P(T x);

    /// <summary>Hyperbolic tangent.</summary>
    static abstract T Tanh(T x);

    /// <summary>The logistic function 1/(1 + e^-x).</summary>
    static abstract T Sigmoid(T x);

    /// <summary>ln(1 + e^x), without overflow.</summary>
    static abstract T SoftPlus(T x);

    /// <summary>The error function.</summary>
    static abstract T Erf(T x);

    /// <summary>1 - erf(x), exact in its tail.</summary>
    static abstract T Erfc(T x);

    /// <summary>Φ(x), the distribution function of the standard normal distribution, exact in its lower tail.</summary>
    static abstract T NormalCdf(T x);

    /// <summary>tanh(ln(1 + e^x)), the gate of Mish.</summary>
    static abstract T TanhSoftPlus(T x);

    /// <summary>x·sigmoid(k·x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T SigmoidLinear(T x, T k) => x * T.Sigmoid(k * x);

    /// <summary>x·Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T NormalLinear(T x) => x * T.NormalCdf(x);

    /// <summary>x·tanh(ln(1 + e^x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhSoftPlusLinear(T x) => x * T.TanhSoftPlus(x);

    /// <summary>x·σ(2√(2/π)·(x + 0.044715x³)), the tanh approximation of x·Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhGelu(T x) => x * T.Sigmoid(2 * Constants.SqrtTwoOverPi * (x + 0.044715 * (x * x * x)));

    /// <summary>tanh(k·x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhProduct(T x, T k) => T.Tanh(k * x);

    /// <summary>x - tanh x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhShrink(T x) => x - T.Tanh(x);

    /// <summary>x - tanh x and its derivative tanh² x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhShrink(T x, out T slope)
    {
        T y = T.Tanh(x);
        slope = y * y;
        return T.TanhShrink(x);
    }

    /// <summary>e^(-x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Gauss(T x) => T.Exp(-(x * x));

    /// <summary>A function that states its own derivative.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Apply<TFunction>(T x)
        where TFunction : struct, IStatedFunction => TFunction.Value(x);

    /// <summary>sin x and its derivative cos x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Sin(T x, out T slope)
    {
        slope = T.Cos(x);
        return T.Sin(x);
    }

    /// <summary>cos x and its derivative -sin x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Cos(T x, out T slope)
    {
        slope = -T.Sin(x);
        return T.Cos(x);
    }

    /// <summary>x^y and its derivatives by both; where x is not positive, the one by y is taken to be 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Pow(T x, T y, out T byBase, out T byExponent)
    {
        T value = T.Pow(x, y);
        // 0·0^-1 is the derivative of the constant 1.
        byBase = T.IfPositive(T.Abs(y), y * T.Pow(x, y - T.Constant(1)), T.Constant(0));
        byExponent = T.IfPositive(x, value * T.Log(x), T.Constant(0));
        return value;
    }

    /// <summary>e^x and its derivative e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Exp(T x, out T slope) => slope = T.Exp(x);

    /// <summary>e^x - 1 and its derivative e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T ExpM1(T x, out T slope)
    {
        slope = T.Exp(x);
        return T.ExpM1(x);
    }

    /// <summary>ln x and its derivative 1/x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Log(T x, out T slope)
    {
        slope = T.Constant(1) / x;
        return T.Log(x);
    }

    /// <summary>ln(1 + x) and its derivative 1/(1 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Log1P(T x, out T slope)
    {
        slope = T.Constant(1) / (1 + x);
        return T.Log1P(x);
    }

    /// <summary>tanh x and its derivative 1 - tanh² x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Tanh(T x, out T slope)
    {
        T y = T.Tanh(x);
        slope = 1 - y * y;
        return y;
    }

    /// <summary>σ(x) and its derivative σ(x)·σ(-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Sigmoid(T x, out T slope)
    {
        T y = T.Sigmoid(x);
        slope = y * T.Sigmoid(-x);
        return y;
    }

    /// <summary>ln(1 + e^x) and its derivative σ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T SoftPlus(T x, out T slope)
    {
        slope = T.Sigmoid(x);
        return T.SoftPlus(x);
    }

    /// <summary>erf x and its derivative 2/√π·e^(-x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Erf(T x, out T slope)
    {
        slope = Constants.TwoOverSqrtPi * T.Exp(-(x * x));
        return T.Erf(x);
    }

    /// <summary>erfc x and its derivative -2/√π·e^(-x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Erfc(T x, out T slope)
    {
        slope = -Constants.TwoOverSqrtPi * T.Exp(-(x * x));
        return T.Erfc(x);
    }

    /// <summary>Φ(x) and its derivative, the normal density e^(-x²/2)/√(2π).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T NormalCdf(T x, out T slope)
    {
        slope = Constants.InverseSqrtTwoPi * T.Exp(-0.5 * (x * x));
        return T.NormalCdf(x);
    }

    /// <summary>t = tanh(ln(1 + e^x)) and its derivative (1 - t²)·σ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhSoftPlus(T x, out T slope)
    {
        T t = T.TanhSoftPlus(x);
        slope = (1 - t * t) * T.Sigmoid(x);
        return t;
    }

    /// <summary>x·σ(k·x) with its derivatives σ(z) + z·σ(z)σ(-z) by x and x²·σ(z)σ(-z) by k, where z = k·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T SigmoidLinear(T x, T k, out T byX, out T byK)
    {
        T gate = T.Sigmoid(k * x, out T slope);
        byX = T.MultiplyAdd(x, slope * k, gate);
        byK = x * (slope * x);
        return x * gate;
    }

    /// <summary>x·Φ(x) and its derivative Φ(x) + x·φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T NormalLinear(T x, out T slope)
    {
        T gate = T.NormalCdf(x, out T density);
        slope = T.MultiplyAdd(x, density, gate);
        return x * gate;
    }

    /// <summary>x·t with t = tanh(ln(1 + e^x)), and its derivative t + x·t'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhSoftPlusLinear(T x, out T slope)
    {
        T gate = T.TanhSoftPlus(x, out T gateSlope);
        slope = T.MultiplyAdd(x, gateSlope, gate);
        return x * gate;
    }

    /// <summary>x·σ(u) with u = 2√(2/π)·(x + 0.044715x³), and its derivative σ(u) + x·σ(u)σ(-u)·u'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhGelu(T x, out T slope)
    {
        T square = x * x;
        T gate = T.Sigmoid(2 * Constants.SqrtTwoOverPi * (x + 0.044715 * (square * x)), out T gateSlope);
        T argumentSlope = 2 * Constants.SqrtTwoOverPi * (1 + 0.044715 * (square + (x + x) * x));
        slope = T.MultiplyAdd(x, gateSlope * argumentSlope, gate);
        return x * gate;
    }

    /// <summary>tanh(k·x) and its derivative by k·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T TanhProduct(T x, T k, out T slope) => T.Tanh(k * x, out slope);

    /// <summary>e^(-x²) and its derivative -2x·e^(-x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Gauss(T x, out T slope)
    {
        T value = T.Gauss(x);
        slope = -2 * (x * value);
        return value;
    }
}
