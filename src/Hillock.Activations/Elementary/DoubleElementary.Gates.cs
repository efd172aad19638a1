using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>tanh, the logistic function, and their products with x: quotients of exponentials, whose sums and products carry what they lose.</content>
internal static partial class DoubleElementary<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>2√(2/π) and 0.044715 of the tanh approximation of GELU, each with what its double lacks.</summary>
    private const double Slope = 1.5957691216057308;
    private const double SlopeLow = -9.96930880911092e-17;
    private const double Cubic = 0.044715;
    private const double CubicLow = 2.1960211427085595e-18;

    /// <summary>tanh from m = e^(-2|x|) - 1: -m/(2 + m); its derivative is 4(m + 1)/(2 + m)².</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Tanh(in V x, out V slope) => TanhOfSum(x, V.Broadcast(0), out slope);

    /// <summary>tanh(k·x) and its derivative by the product, with what the product loses in rounding.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V TanhProduct(in V x, in V k, out V slope)
    {
        V product = k * x;
        return TanhOfSum(product, V.MultiplyAdd(k, x, -product), out slope);
    }

    /// <summary>x - tanh x: a polynomial up to √3, where the difference would cancel; its derivative is tanh² x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V TanhShrink(in V x, out V slope)
    {
        V tanh = Tanh(x, out _);
        slope = tanh * tanh;

        // (x - tanh x)/x³ in v = 2x²/3 - 1 on [-1, 1], error 2^-61.7.
        V z = x * x;
        V v = V.MultiplyAdd(z, V.Broadcast(0.6666666666666666), V.Broadcast(-1));
        V p = V.MultiplyAdd(V.Broadcast(-1.5030165662226594e-11), v, V.Broadcast(3.9753797190395554e-11));
        p = V.MultiplyAdd(p, v, V.Broadcast(-7.450095670979644e-12));
        p = V.MultiplyAdd(p, v, V.Broadcast(1.970501184145256e-11));
        p = V.MultiplyAdd(p, v, V.Broadcast(-3.329946779199651e-10));
        p = V.MultiplyAdd(p, v, V.Broadcast(8.807489677096686e-10));
        p = V.MultiplyAdd(p, v, V.Broadcast(-1.8593605794151854e-09));
        p = V.MultiplyAdd(p, v, V.Broadcast(4.917886139049881e-09));
        p = V.MultiplyAdd(p, v, V.Broadcast(-1.3515046235076976e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(3.574640620218417e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(-9.4177092615838e-08));
        p = V.MultiplyAdd(p, v, V.Broadcast(2.4909220057640264e-07));
        p = V.MultiplyAdd(p, v, V.Broadcast(-6.590173445494014e-07));
        p = V.MultiplyAdd(p, v, V.Broadcast(1.7430574252555927e-06));
        p = V.MultiplyAdd(p, v, V.Broadcast(-4.61020871034366e-06));
        p = V.MultiplyAdd(p, v, V.Broadcast(1.2193698076521943e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(-3.225154199067456e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(8.530320293223752e-05));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.0002256213581607878));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.0005967538194821204));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.001578377718617941));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.004174755856273546));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.011042761999928105));
        p = V.MultiplyAdd(p, v, V.Broadcast(0.029220335885852617));
        p = V.MultiplyAdd(p, v, V.Broadcast(-0.07749958305591358));
        // The last step of Horner's scheme and the product by x³ with what they lose.
        V step = p * v;
        V constant = V.Broadcast(0.20885798230894997);
        V sum = constant + step;
        V sumLost = SumLost(step, constant, sum) + V.MultiplyAdd(p, v, -step);
        V product = sum * x;
        V productLost = V.MultiplyAdd(sum, x, -product) + (sumLost * x);
        V near = V.MultiplyAdd(product, z, V.MultiplyAdd(productLost, z, product * V.MultiplyAdd(x, x, -z)));
        return V.IfGreater(z, V.Broadcast(3), x - tanh, near);
    }

    /// <summary>The logistic function from e = e^(-|x|); its derivative is e/(1 + e)².</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Sigmoid(in V x, out V slope)
    {
        V value = TimesSigmoid(V.Broadcast(1), x, V.Broadcast(0), out Gate gate);
        slope = gate.Times(gate.Other);
        return value;
    }

    /// <summary>x·σ(kx) with its derivatives: σ(z)·(1 + z·σ(-z)) by x and x²·σ(z)σ(-z) by k, where z = kx.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V SigmoidLinear(in V x, in V k, out V byX, out V byK)
    {
        V z = k * x;
        V value = TimesSigmoid(x, z, V.MultiplyAdd(k, x, -z), out Gate gate);
        byX = gate.Times(V.MultiplyAdd(z, gate.Other, V.Broadcast(1)));
        byK = V.IfGreater(V.Broadcast(LeastExponent), z, V.Broadcast(0), gate.Times(x * gate.Other) * x);
        return value;
    }

    /// <summary>x·σ(u) with u = 2√(2/π)·(x + 0.044715x³), the tanh approximation of GELU; e^u needs more digits of u than a double has.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V TanhGelu(in V x, out V slope)
    {
        // Far out the value is x or 0, and the cube must not overflow.
        V near = V.Min(V.Max(x, V.Broadcast(-1e3)), V.Broadcast(1e3));
        V one = V.Broadcast(1);
        V square = near * near;
        V cubic = V.Broadcast(Cubic) * square;
        V cubicLost = V.MultiplyAdd(V.Broadcast(Cubic), square, -cubic)
            + V.MultiplyAdd(V.Broadcast(Cubic), V.MultiplyAdd(near, near, -square), V.Broadcast(CubicLow) * square);
        V sum = one + cubic;
        V sumLost = SumLost(cubic, one, sum) + cubicLost;
        V factor = V.Broadcast(Slope) * near;
        V factorLost = V.MultiplyAdd(V.Broadcast(Slope), near, -factor) + (V.Broadcast(SlopeLow) * near);
        V u = factor * sum;
        V uLost = V.MultiplyAdd(factor, sum, -u) + V.MultiplyAdd(factor, sumLost, factorLost * sum);
        V value = TimesSigmoid(x, u, uLost, out Gate gate);
        V factorSlope = V.MultiplyAdd(V.Broadcast(3), cubic, one);
        V growth = V.MultiplyAdd(factor, factorSlope, factorLost * factorSlope);
        slope = gate.Times(V.MultiplyAdd(growth, gate.Other, one));
        return value;
    }

    /// <summary>
    /// tanh(ln(1 + w)) with w = e^x is n/(n + 2) with n = w(w + 2); its derivative by x is 4w(w + 1)/(n + 2)².
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V TanhSoftPlus(in V x, out V slope)
    {
        V value = TimesGate(V.Broadcast(1), x, out V high, out _, out V w, out V reciprocal, out V scale, out V scaleAgain);
        slope = V.Broadcast(4) * (high * reciprocal) * ((w + V.Broadcast(1)) * reciprocal) * scale * scaleAgain;
        return value;
    }

    /// <summary>x·tanh(ln(1 + w)) with w = e^x; its derivative is w·((w + 2) + 4x(w + 1)/(n + 2))/(n + 2), scaled last as the value is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V TanhSoftPlusLinear(in V x, out V slope)
    {
        V value = TimesGate(x, x, out V high, out V low, out V w, out V reciprocal, out V scale, out V scaleAgain);
        // Where the gate is 1 or 0 to the last bit, a huge x must not bring back what is left of its derivative.
        V near = V.Min(V.Max(x, V.Broadcast(-1e3)), V.Broadcast(1e3));
        V rest = reciprocal * V.MultiplyAdd(V.Broadcast(4) * near, (w + V.Broadcast(1)) * reciprocal, w + V.Broadcast(2));
        slope = V.MultiplyAdd(high, rest, low * rest) * scale * scaleAgain;
        return value;
    }

    /// <summary>factor·n/(n + 2) with n = w(w + 2) and w = e^x, what w and the sums lose carried along, the power of 2 in w applied last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TimesGate(V factor, V x, out V high, out V low, out V w, out V reciprocal, out V scale, out V scaleAgain)
    {
        V two = V.Broadcast(2);
        high = ExpOfSum(V.Min(x, V.Broadcast(170)), V.Broadcast(0), out scale, out scaleAgain, out low);
        w = high * scale * scaleAgain;
        V sum = w + two;
        V sumLost = SumLost(w, two, sum);
        V product = high * sum;
        V productLost = V.MultiplyAdd(high, sum, -product) + V.MultiplyAdd(high, sumLost, low * (sum + w));
        V n = product * scale * scaleAgain;
        V denominator = n + two;
        V denominatorLost = SumLost(n, two, denominator) + (productLost * scale * scaleAgain);
        V numerator = factor * product;
        V numeratorLost = V.MultiplyAdd(factor, product, -numerator) + (factor * productLost);
        return Quotient(numerator, numeratorLost, denominator, denominatorLost, out reciprocal) * scale * scaleAgain;
    }

    /// <summary>x·σ(z + zLost) from e = e^(-|z|), whose power of 2 is applied last, so that a product with a large x keeps the digits that a subnormal e would lose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TimesSigmoid(V x, V z, V zLost, out Gate gate)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        V high = ExpOfSum(-V.Abs(z), Remainder(V.IfGreater(z, zero, -zLost, zLost)), out V scale, out V scaleAgain, out V low);
        V e = high * scale * scaleAgain;
        V denominator = one + e;
        V denominatorLost = (e - (denominator - one)) + (low * scale * scaleAgain);
        scale = V.IfGreater(z, zero, one, scale);
        scaleAgain = V.IfGreater(z, zero, one, scaleAgain);
        V numerator = V.IfGreater(z, zero, one, high);
        V numeratorLost = V.IfGreater(z, zero, zero, low);
        V product = x * numerator;
        V productLost = V.MultiplyAdd(x, numerator, -product) + (x * numeratorLost);
        V value = Quotient(product, productLost, denominator, denominatorLost, out V reciprocal);
        gate = new(numerator, numeratorLost, reciprocal, V.IfGreater(z, zero, e, one) * reciprocal, scale, scaleAgain);
        return value * scale * scaleAgain;
    }

    /// <summary>σ(z) in parts, for its derivatives, and σ(-z).</summary>
    private readonly struct Gate(V numerator, V numeratorLost, V reciprocal, V other, V scale, V scaleAgain)
    {
        /// <summary>σ(-z).</summary>
        public V Other
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => other;
        }

        /// <summary>factor·σ(z).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Times(V factor)
        {
            V rest = reciprocal * factor;
            return V.MultiplyAdd(numerator, rest, numeratorLost * rest) * scale * scaleAgain;
        }
    }

    /// <summary>(numerator + lost)/(denominator + lost), nearly correctly rounded, with one division: the remainder corrects the product with the reciprocal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient(V numerator, V numeratorLost, V denominator, V denominatorLost, out V reciprocal)
    {
        V one = V.Broadcast(1);
        V inverse = one / denominator;
        V quotient = numerator * inverse;
        V remainder = V.MultiplyAdd(-quotient, denominator, numerator) + (numeratorLost - (quotient * denominatorLost));
        reciprocal = V.MultiplyAdd(V.MultiplyAdd(-inverse, denominator, one) - (inverse * denominatorLost), inverse, inverse);
        return V.MultiplyAdd(remainder, inverse, quotient);
    }

    /// <summary>What a product lost, while it matters: far out, where the function has arrived, it must not grow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Remainder(V lost) => V.Min(V.Max(lost, V.Broadcast(-1e-9)), V.Broadcast(1e-9));

    /// <summary>tanh(x + low) from m = e^(-2|x|) - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TanhOfSum(V x, V low, out V slope)
    {
        V twice = V.Broadcast(-2) * V.Abs(x);
        V twiceLow = V.Broadcast(-2) * Remainder(V.IfGreater(V.Broadcast(0), x, -low, low));
        V minusOne = ExpM1Near(V.Max(twice, V.Broadcast(-80)), twiceLow, out V lost);
        V denominator = V.Broadcast(2) + minusOne;
        V denominatorLost = (minusOne - (denominator - V.Broadcast(2))) + lost;
        V quotient = Quotient(minusOne, lost, denominator, denominatorLost, out V reciprocal);
        V high = ExpOfSum(twice, twiceLow, out V scale, out V scaleAgain, out _);
        V far = V.Broadcast(4) * high * (reciprocal * reciprocal) * scale * scaleAgain;
        slope = V.IfGreater(V.Abs(quotient), V.Broadcast(0.6), far, V.MultiplyAdd(-quotient, quotient, V.Broadcast(1)));
        return V.CopySign(quotient, x);
    }
}
