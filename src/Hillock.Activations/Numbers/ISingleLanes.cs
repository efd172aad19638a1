namespace Hillock.Activations.Numbers;

/// <summary>A register of floats, for formulas so simple that float arithmetic serves them; twice as many lanes as doubles.</summary>
/// <typeparam name="F">The register type itself.</typeparam>
public interface ISingleLanes<F>
    where F : struct, ISingleLanes<F>
{
    /// <summary>How many floats the register holds.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract F Broadcast(float value);

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract F Load(ref readonly float source);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(F value, ref float destination);

    /// <summary>Sum.</summary>
    static abstract F operator +(F left, F right);

    /// <summary>Difference.</summary>
    static abstract F operator -(F left, F right);

    /// <summary>Product.</summary>
    static abstract F operator *(F left, F right);

    /// <summary>Quotient, correctly rounded.</summary>
    static abstract F operator /(F left, F right);

    /// <summary>Negation.</summary>
    static abstract F operator -(F value);

    /// <summary><c>a·b + c</c> with a single rounding.</summary>
    static abstract F MultiplyAdd(F a, F b, F c);

    /// <summary><c>c - a·b</c> with a single rounding.</summary>
    static virtual F MultiplyAddNegated(F a, F b, F c) => F.MultiplyAdd(-a, b, c);

    /// <summary>Absolute value.</summary>
    static abstract F Abs(F x);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract F Sqrt(F x);

    /// <summary>The lesser; neither operand may be NaN.</summary>
    static abstract F Min(F left, F right);

    /// <summary>The greater; neither operand may be NaN.</summary>
    static abstract F Max(F left, F right);

    /// <summary><paramref name="whenTrue"/> where <c>left &gt; right</c>, else <paramref name="otherwise"/> (also for NaN).</summary>
    static abstract F IfGreater(F left, F right, F whenTrue, F otherwise);

    /// <summary><paramref name="number"/> where <paramref name="x"/> is a number, <paramref name="x"/> where it is NaN.</summary>
    static abstract F KeepNaN(F x, F number);

    /// <summary>The magnitude of one number with the sign of another.</summary>
    static abstract F CopySign(F magnitude, F sign);

    /// <summary>The low bits of a float moved to where its exponent stands: 2^k where they hold k + 127.</summary>
    static abstract F LowBitsAsExponent(F x);

    /// <summary>The bits of each number, moved towards the lowest.</summary>
    static abstract F ShiftBitsRight(F x, int count);

    /// <summary>A positive finite number, subnormal or not, as m·2^exponent with 1 ≤ m &lt; 2: m, and the exponent. What it gives for others means nothing.</summary>
    static abstract F SplitExponent(F x, out F exponent);

    /// <summary>Of sixteen entries, for each lane the one whose number stands in the lowest four bits of the index.</summary>
    static abstract F Lookup(ReadOnlySpan<float> entries, F index);

    /// <summary>Whether |x| ≤ limit in every lane; NaN is not.</summary>
    static abstract bool AllWithin(F x, F limit);
}
