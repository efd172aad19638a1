using System.Runtime.CompilerServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Elementary;

/// <content>Functions of functions: the inner value is handed on with what it loses, which the outer function would multiply, and a subnormal factor is scaled last.</content>
internal static partial class DoubleElementary<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>Below this e^x vanishes beside 1: functions of it are their leading term.</summary>
    private const double FarLeft = -40;

    /// <summary>2/√π less its double.</summary>
    private const double TwoOverSqrtPiLow = 1.533545961316588e-17;

    /// <summary>x·tanh(e^x); its derivative is tanh(e^x) + x·e^x·tanh′(e^x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V TanhExpLinear(in V x, out V slope)
    {
        // From 6 on tanh(e^x) is 1 to the last bit.
        V one = V.Broadcast(1);
        V end = V.Broadcast(6);
        Exponential exp = Exponential.Of(V.Min(x, end), V.Broadcast(0));
        Pair<V> w = exp.Value;
        V gate = TanhOfSum(w.High, w.Low, out V gateSlope);
        V far = V.Broadcast(FarLeft);
        slope = V.IfGreater(far, x, exp.Times(one + x), V.IfGreater(x, end, one, V.MultiplyAdd(x * w.High, gateSlope, gate)));
        return V.IfGreater(far, x, exp.Times(x), V.IfGreater(x, end, x, x * gate));
    }

    /// <summary>x·ln(1 + σ(x)); its derivative is ln(1 + σ(x)) + x·σ(x)σ(-x)/(1 + σ(x)).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V LogishLinear(in V x, out V slope)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Exponential exp = Exponential.Of(-V.Abs(x), zero);
        Pair<V> e = exp.Value;
        Pair<V> denominator = e + one;
        Pair<V> sigmoid = Pair<V>.IfGreater(x, zero, new(one, zero), e) / denominator;
        Pair<V> sum = sigmoid + one;
        Pair<V> log = Log(sum);
        // σ(x)σ(-x)/(1 + σ(x)) is e/((1 + e)·(1 + 2e)) on the left, e/((1 + e)·(2 + e)) on the right, where e = e^(-|x|).
        Pair<V> growth = e / (denominator * (denominator + V.IfGreater(x, zero, one, e.High)));
        V far = V.Broadcast(FarLeft);
        slope = V.IfGreater(far, x, exp.Times(one + x), ((growth * x) + log).Rounded);
        return V.IfGreater(far, x, exp.Times(x), V.CopySign((log * x).Rounded, x));
    }

    /// <summary>x·erf(ln(1 + e^x)); its derivative is erf(u) + x·erf′(u)·σ(x) with u = ln(1 + e^x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V SerfLinear(in V x, out V slope)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Exponential exp = Exponential.Of(-V.Abs(x), zero);
        Pair<V> e = exp.Value;
        Pair<V> denominator = e + one;
        Pair<V> gate = Erf(Log(denominator) + V.Max(x, zero), out V gateSlope);
        Pair<V> sigmoid = Pair<V>.IfGreater(x, zero, new(one, zero), e) / denominator;
        V far = V.Broadcast(FarLeft);
        Pair<V> factor = new(V.Broadcast(Constants.TwoOverSqrtPi), V.Broadcast(TwoOverSqrtPiLow));
        slope = V.IfGreater(far, x, exp.Times((factor * (one + x)).Rounded), ((sigmoid * x * gateSlope) + gate).Rounded);
        return V.IfGreater(far, x, exp.Times((factor * x).Rounded), V.CopySign((gate * x).Rounded, x));
    }

    /// <summary>x·σ(z)^alpha with z = beta·x; its derivative is σ(z)^alpha·(1 + alpha·z·σ(-z)).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V PowerOfSigmoidLinear(in V x, in V alpha, in V beta, out V slope)
    {
        // ln σ(z) = min(z, 0) - ln(1 + e^(-|z|)).
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Pair<V> z = Pair<V>.Product(beta, x);
        V lost = Remainder(z.Low);
        Pair<V> e = AccurateExp(-V.Abs(z.High), V.IfGreater(z.High, zero, -lost, lost)).Value;
        Pair<V> denominator = e + one;
        Pair<V> log = new Pair<V>(V.Min(z.High, zero), V.IfGreater(z.High, zero, zero, lost)) + -Log(denominator);
        Pair<V> exponent = log * alpha;
        Exponential power = Exponential.Of(exponent.High, Remainder(exponent.Low));
        V other = V.IfGreater(z.High, zero, e.High, one) / denominator.High;
        slope = power.Times(V.MultiplyAdd(alpha * z.High, other, one));
        return power.Times(x);
    }

    /// <summary>1 - e^(-e^x); its derivative is e^(x - e^x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V ComplementaryLogLog(in V x, out V slope)
    {
        // From 6.7 on the value is 1, and e^(-e^x) is less than the least double.
        V end = V.Broadcast(6.7);
        V near = V.Min(x, end);
        Pair<V> w = AccurateExp(near, V.Broadcast(0)).Value;
        V minusOne = ExpM1Near(V.Max(-w.High, V.Broadcast(-80)), -w.Low, out V lost);
        Pair<V> exponent = Pair<V>.Sum(near, -w.High);
        V density = Exponential.Of(exponent.High, exponent.Low - w.Low).Times(V.Broadcast(1));
        slope = V.IfGreater(x, end, V.Broadcast(0), density);
        return V.IfGreater(x, end, V.Broadcast(1), -(minusOne + lost));
    }

    /// <summary>x/(x/alpha + e^(-x/beta)); its derivative is e·(1 + x/beta)/D² with e = e^(-|x|/beta) and D = x/alpha + e on the right, 1 + e·x/alpha on the left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V SoftRootSign(in V x, in V alpha, in V beta, out V slope)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Pair<V> inverseBeta = Pair<V>.Reciprocal(new(beta, zero));
        Pair<V> exponent = inverseBeta * -V.Abs(x);
        Exponential exp = AccurateExp(exponent.High, Remainder(exponent.Low));
        Pair<V> inverseAlpha = Pair<V>.Reciprocal(new(alpha, zero));
        Pair<V> right = (inverseAlpha * x) + exp.Value;
        Pair<V> left = (exp.Value * x * inverseAlpha) + one;
        Pair<V> inverse = Pair<V>.Reciprocal(Pair<V>.IfGreater(x, zero, right, left));
        slope = exp.Times((Pair<V>.Sum(beta, x) * inverseBeta * inverse * inverse).Rounded);
        V product = V.CopySign((inverse * x).Rounded, inverse.High * x);
        return V.IfGreater(x, zero, product, exp.Times(product));
    }

    /// <summary>alpha·((1 + s·x)^(1/s) - 1) for negative x, where s = 1 - t; its derivative is alpha·(1 + s·x)^(1/s - 1).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V DeformableExponential(in V x, in V alpha, in V t, out V slope)
    {
        V zero = V.Broadcast(0);
        V one = V.Broadcast(1);
        Pair<V> s = Pair<V>.Sum(one, -t);
        Pair<V> power = (s * x) + one;
        Pair<V> log = Log(power);
        Pair<V> exponent = log / s;
        V minusOne = ExpM1Near(V.Max(exponent.High, V.Broadcast(-80)), Remainder(exponent.Low), out V lost);
        V value = (new Pair<V>(minusOne, lost) * alpha).Rounded;
        Pair<V> slopeExponent = exponent + -log;
        V derivative = Exponential.Of(slopeExponent.High, Remainder(slopeExponent.Low)).Times(alpha);

        // Near 0 the function is alpha·x, of which s·x would lose the digits where it is subnormal.
        value = V.IfGreater(x, V.Broadcast(-1e-20), alpha * x, V.IfGreater(power.High, zero, value, -alpha));
        slope = V.IfGreater(x, zero, one, V.IfGreater(power.High, zero, derivative, zero));
        return V.IfGreater(x, zero, x, value);
    }

    /// <summary>x + sin²(alpha·x)/alpha; its derivative 1 + sin(2·alpha·x) is (sin(alpha·x) + cos(alpha·x))², which is 0 without cancelling.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Snake(in V x, in V alpha, out V slope)
    {
        Pair<V> angle = Pair<V>.Product(alpha, x);
        V magnitude = V.Abs(angle.High);
        V largest = V.Broadcast(double.MaxValue);
        if (V.AnyGreater(magnitude, largest))
        {
            angle = Pair<V>.IfGreater(magnitude, largest, ReduceProduct(alpha, x), angle);
        }

        Pair<V> sine = SineOfSum(angle, out Pair<V> cosine);
        V root = (sine + cosine).Rounded;
        slope = root * root;
        return ((sine * sine * Pair<V>.Reciprocal(new(alpha, V.Broadcast(0)))) + x).Rounded;
    }

    /// <summary>The sine and the cosine of an angle in two parts, each of any size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair<V> SineOfSum(Pair<V> angle, out Pair<V> cosine)
    {
        Pair<V> sine = SinePair(angle.High, out cosine);
        V rest = angle.Low;
        V magnitude = V.Abs(rest);
        V limit = V.Broadcast(1e-6);
        Pair<V> sineOfRest = new(rest, V.Broadcast(0));
        Pair<V> cosineOfRest = new(V.Broadcast(1), V.Broadcast(-0.5) * rest * rest);
        if (V.AnyGreater(magnitude, limit))
        {
            Pair<V> farSine = SinePair(rest, out Pair<V> farCosine);
            sineOfRest = Pair<V>.IfGreater(magnitude, limit, farSine, sineOfRest);
            cosineOfRest = Pair<V>.IfGreater(magnitude, limit, farCosine, cosineOfRest);
        }

        Pair<V> sum = (sine * cosineOfRest) + (cosine * sineOfRest);
        cosine = (cosine * cosineOfRest) + -(sine * sineOfRest);
        return sum;
    }

    /// <summary>The sine and the cosine, each with what its last sum lost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Pair<V> SinePair(in V x, out Pair<V> cosine) => SineAndCosine(x, out cosine);

    /// <summary>
    /// e^(x + rest) to some 14 bits more than a double has, for x below 10 and a rest far below x: for what multiplies its error, as an exponential of it or a difference
    /// from it does.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Exponential AccurateExp(in V x, in V rest)
    {
        // As in Reduce, but of an eighth of the rest, so that the terms from the cubic one on may be rounded.
        V argument = V.Max(x, V.Broadcast(LeastExponent));
        V shifted = V.MultiplyAdd(argument, V.Broadcast(1.4426950408889634), V.Broadcast(LaneConstants.Shift));
        V k = shifted - V.Broadcast(LaneConstants.Shift);
        V eighth = V.Broadcast(0.125);
        Pair<V> r = Pair<V>.Sum(V.MultiplyAdd(k, V.Broadcast(-Ln2High), argument), V.MultiplyAdd(k, V.Broadcast(-Ln2Low), rest)) * eighth;

        // (e^r - 1 - r - r²/2)/r³ on |r| ≤ ln 2/16: the Taylor series, error 2^-51 of it.
        V q = V.MultiplyAdd(V.Broadcast(1.0 / 362880), r.High, V.Broadcast(1.0 / 40320));
        q = V.MultiplyAdd(q, r.High, V.Broadcast(1.0 / 5040));
        q = V.MultiplyAdd(q, r.High, V.Broadcast(1.0 / 720));
        q = V.MultiplyAdd(q, r.High, V.Broadcast(1.0 / 120));
        q = V.MultiplyAdd(q, r.High, V.Broadcast(1.0 / 24));
        q = V.MultiplyAdd(q, r.High, V.Broadcast(1.0 / 6));
        Pair<V> square = r * r;
        Pair<V> minusOne = r + ((square * V.Broadcast(0.5)) + (q * r.High * square.High));

        // e^2r - 1 = m(m + 2), three times.
        V two = V.Broadcast(2);
        minusOne *= minusOne + two;
        minusOne *= minusOne + two;
        minusOne *= minusOne + two;
        V half = V.MultiplyAdd(k, V.Broadcast(0.5), V.Broadcast(LaneConstants.Shift));
        V scale = V.PowerOfTwo(half);
        V scaleAgain = V.PowerOfTwo((k - (half - V.Broadcast(LaneConstants.Shift))) + V.Broadcast(LaneConstants.Shift));
        return new(minusOne + V.Broadcast(1), scale, scaleAgain);
    }

    /// <summary>ln x for a positive number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Pair<V> Log(in Pair<V> x)
    {
        V log = LogPair(x.High, out V low);
        return Pair<V>.Normalized(log, low + (x.Low / x.High));
    }

    /// <summary>erf x for x ≥ 0, and its derivative.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Pair<V> Erf(in Pair<V> x, out V slope)
    {
        V tail = ComplementaryTail(x.High, out V gauss);
        slope = V.Broadcast(Constants.TwoOverSqrtPi) * gauss;
        Pair<V> square = Pair<V>.Product(x.High, x.High);
        Pair<V> quotient = (square * ErfQuotientRest(square.High)) + new Pair<V>(V.Broadcast(Constants.TwoOverSqrtPi), V.Broadcast(TwoOverSqrtPiLow));
        Pair<V> near = quotient * x.High;
        Pair<V> far = Pair<V>.Sum(V.Broadcast(1), -tail);
        Pair<V> erf = Pair<V>.IfGreater(x.High, V.Broadcast(1), far, near);
        return new(erf.High, V.MultiplyAdd(slope, x.Low, erf.Low));
    }

    /// <summary>e^x as a pair times two powers of 2 that are normal numbers, so that products with it are rounded to subnormals only in the end.</summary>
    private readonly struct Exponential(Pair<V> mantissa, V scale, V scaleAgain)
    {
        /// <summary>The number, whose digits may be lost to subnormals.</summary>
        public Pair<V> Value
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => new(mantissa.High * scale * scaleAgain, mantissa.Low * scale * scaleAgain);
        }

        /// <summary>e^(x + rest) for a rest far below x.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Exponential Of(V x, V rest)
        {
            V high = ExpOfSum(x, rest, out V scale, out V scaleAgain, out V low);
            return new(new(high, low), scale, scaleAgain);
        }

        /// <summary>factor·e^x.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Times(Pair<V> factor) => (mantissa * factor).Rounded * scale * scaleAgain;

        /// <summary>The same for a factor without lower digits, of its sign where it is a zero too.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Times(V factor) => V.CopySign((mantissa * factor).Rounded, factor) * scale * scaleAgain;
    }
}
