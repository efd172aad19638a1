using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>Relatives of the logistic function: its powers, its product with a factor and x, that product's derivative, and the hyperbolic secant.</content>
internal static partial class DoubleElementary<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>σ(x)^m; its derivative is m·σ(x)^m·σ(-x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V PowerOfSigmoid(in V x, in V m, out V slope)
    {
        // ln σ(x) = min(x, 0) - ln(1 + e^-|x|).
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Exponential exp = AccurateExp(-V.Abs(x), zero);
        Pair<V> denominator = exp.Value + one;
        Pair<V> log = -Log(denominator) + V.Min(x, zero);
        Pair<V> exponent = log * m;
        Exponential power = Exponential.Of(exponent.High, Remainder(exponent.Low));
        V value = power.Times(one);

        // σ(-x) is e/(1 + e) on the right and 1/(1 + e) on the left.
        V rest = m / denominator.High;
        slope = V.IfGreater(x, zero, exp.Times(rest * value), power.Times(rest));
        return value;
    }

    /// <summary>factor·x·σ(x); its derivative is factor·σ(x)·(1 + x·σ(-x)).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V ScaledSigmoidLinear(in V x, in V factor, out V slope)
    {
        V value = TimesSigmoid(factor * x, x, V.Broadcast(0), out Gate gate);
        slope = gate.Times(factor * V.MultiplyAdd(x, gate.Other, V.Broadcast(1)));
        return value;
    }

    /// <summary>σ(x)·(1 + x·σ(-x)), the derivative of x·σ(x); its own is σ(x)·σ(-x)·(2 + x·(σ(-x) - σ(x))).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V SigmoidLinearSlope(in V x, out V slope)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Exponential exp = Exponential.Of(-V.Abs(x), zero);
        Pair<V> e = exp.Value;
        Pair<V> denominator = e + one;
        Pair<V> inverse = Pair<V>.Reciprocal(denominator * denominator);

        // On the right (1 + e + x·e)/(1 + e)², where x·e is 0 soon enough; on the left e·(1 + x + e)/(1 + e)², whose last sum is written about its root.
        Pair<V> right = ((e * V.Min(x, V.Broadcast(1e3))) + denominator) * inverse;
        Pair<V> distance = Pair<V>.Sum(V.Max(x, V.Broadcast(-1e3)), V.Broadcast(Formulas.SigmoidLinearSlope.Root)) + V.Broadcast(Formulas.SigmoidLinearSlope.RootLow);
        V near = V.Max(V.Min(distance.High, V.Broadcast(2)), V.Broadcast(FarLeft));
        V growth = ExpM1Near(near, Remainder(distance.Low), out V lost);
        Pair<V> sum = distance + (new Pair<V>(growth, lost) * V.Broadcast(Formulas.SigmoidLinearSlope.Root - 1));
        V left = exp.Times(sum * inverse);

        V bounded = V.Min(V.Abs(x), V.Broadcast(1e3));
        V difference = V.MultiplyAdd(bounded, (e.High - one) / denominator.High, V.Broadcast(2));
        slope = exp.Times(inverse * difference);
        return V.IfGreater(x, zero, right.Rounded, left);
    }

    /// <summary>x·sech(x) = 2x·e/(1 + e²) with e = e^-|x|; its derivative is sech(x)·(1 - x·tanh(x)).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V SechLinear(in V x, out V slope)
    {
        V one = V.Broadcast(1);
        V two = V.Broadcast(2);
        V bounded = V.Min(V.Abs(x), V.Broadcast(1e3));
        Exponential exp = Exponential.Of(-bounded, V.Broadcast(0));
        Pair<V> e = exp.Value;
        Pair<V> square = e * e;
        Pair<V> inverse = Pair<V>.Reciprocal(square + one) * two;
        V tanh = TanhOfSum(bounded, V.Broadcast(0), out _);
        slope = exp.Times(inverse * V.MultiplyAdd(-bounded, tanh, one));
        return V.CopySign(exp.Times(inverse * bounded), x);
    }

    /// <summary>factor·tanh(z) for z ≤ 0, and slopeFactor·(1 - tanh² z), which is scaled last.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V TimesTanh(in Pair<V> z, in V factor, in V slopeFactor, out V slope)
    {
        // tanh z is m/(2 + m) with m = e^2z - 1, and 1 - tanh² z is 4·e^2z/(2 + m)².
        V two = V.Broadcast(2);
        V twice = two * z.High;
        V rest = Remainder(two * z.Low);
        V minusOne = ExpM1Near(V.Max(twice, V.Broadcast(-80)), rest, out V lost);
        Pair<V> m = new(minusOne, lost);
        Pair<V> inverse = Pair<V>.Reciprocal(m + two);
        slope = Exponential.Of(twice, rest).Times(inverse * inverse * (V.Broadcast(4) * slopeFactor));
        return (m * inverse * factor).Rounded;
    }

    /// <summary>alpha·x where positive, alpha·x·e^z elsewhere with z = beta·x; its derivative there is alpha·(1 + z)·e^z.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V RectifiedExponential(in V x, in V alpha, in V beta, out V slope)
    {
        V zero = V.Broadcast(0);
        V negative = V.Min(x, zero);
        Pair<V> z = Pair<V>.Product(beta, negative);
        Exponential exp = Exponential.Of(z.High, Remainder(z.Low));
        V line = alpha * x;
        slope = V.IfGreater(x, zero, alpha, exp.Times((z + V.Broadcast(1)) * alpha));
        return V.IfGreater(x, zero, line, exp.Times(line));
    }
}
