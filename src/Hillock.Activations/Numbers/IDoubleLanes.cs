namespace Hillock.Activations.Numbers;

/// <summary>
/// A register of doubles: the few machine operations from which every elementary function is built. One implementation for
/// each register width; the functions above are written once. All operations round as IEEE 754 says, so that the same input gives the same
/// bits at every width.
/// </summary>
/// <typeparam name="V">The register type itself.</typeparam>
public interface IDoubleLanes<V>
    where V : struct, IDoubleLanes<V>
{
    /// <summary>How many doubles the register holds.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract V Broadcast(double value);

    /// <summary>Reads <see cref="Count"/> doubles.</summary>
    static abstract V Load(ref readonly double source);

    /// <summary>Reads <see cref="Count"/> floats and widens them.</summary>
    static abstract V Load(ref readonly float source);

    /// <summary>Writes <see cref="Count"/> doubles.</summary>
    static abstract void Store(V value, ref double destination);

    /// <summary>Rounds to float and writes <see cref="Count"/> floats.</summary>
    static abstract void Store(V value, ref float destination);

    /// <summary>Sum.</summary>
    static abstract V operator +(V left, V right);

    /// <summary>Difference.</summary>
    static abstract V operator -(V left, V right);

    /// <summary>Product.</summary>
    static abstract V operator *(V left, V right);

    /// <summary>Quotient, correctly rounded.</summary>
    static abstract V operator /(V left, V right);

    /// <summary>Negation.</summary>
    static abstract V operator -(V value);

    /// <summary><c>a·b + c</c> with a single rounding.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>Absolute value.</summary>
    static abstract V Abs(V x);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract V Sqrt(V x);

    /// <summary>The lesser; neither operand may be NaN.</summary>
    static abstract V Min(V left, V right);

    /// <summary>The greater; neither operand may be NaN.</summary>
    static abstract V Max(V left, V right);

    /// <summary>The magnitude of one number with the sign of another.</summary>
    static abstract V CopySign(V magnitude, V sign);

    /// <summary><paramref name="whenTrue"/> where <c>left &gt; right</c>, else <paramref name="otherwise"/> (also for NaN).</summary>
    static abstract V IfGreater(V left, V right, V whenTrue, V otherwise);

    /// <summary>Whether <c>left &gt; right</c> in any lane: only to skip work whose results would not be used, so that bits do not depend on the width.</summary>
    static abstract bool AnyGreater(V left, V right);

    /// <summary><paramref name="number"/> where <paramref name="x"/> is a number, <paramref name="x"/> where it is NaN.</summary>
    static abstract V KeepNaN(V x, V number);

    /// <summary>
    /// 2^k for k given as the double <c>k + 1.5·2^52</c>, whose low bits spell the integer k; k must lie in [-1022, 1023].
    /// </summary>
    static abstract V PowerOfTwo(V shiftedExponent);

    /// <summary>
    /// Splits a positive normal number into <c>m·2^e</c> with m in [√½, √2).
    /// </summary>
    static abstract V SplitExponent(V x, out V exponent);
}
