using Hillock.Activations.Numbers;

namespace Hillock.Activations.Catalogue;

/// <summary>The parameters of a formula as numbers of the algebra.</summary>
/// <typeparam name="T">The number type.</typeparam>
/// <param name="First">The first parameter in the order of the facts.</param>
/// <param name="Second">The second.</param>
/// <param name="Third">The third.</param>
/// <param name="Fourth">The fourth.</param>
/// <param name="Fifth">The fifth.</param>
/// <param name="Sixth">The sixth.</param>
/// <param name="Seventh">The seventh.</param>
/// <param name="Eighth">The eighth.</param>
/// <param name="Ninth">The ninth.</param>
/// <param name="Tenth">The tenth.</param>
/// <param name="Eleventh">The eleventh.</param>
/// <param name="Twelfth">The twelfth.</param>
/// <remarks>The compiler keeps each in a register of its own, and those that a formula does not use cost nothing (measured on .NET 10).</remarks>
public readonly record struct P<T>(
    T First,
    T Second,
    T Third,
    T Fourth,
    T Fifth = default,
    T Sixth = default,
    T Seventh = default,
    T Eighth = default,
    T Ninth = default,
    T Tenth = default,
    T Eleventh = default,
    T Twelfth = default)
    where T : struct
{
    /// <summary>The parameters in a span, at most twelve; those that are missing stay zero.</summary>
    internal static P<T> Of(ReadOnlySpan<T> values)
    {
        return new(At(values, 0), At(values, 1), At(values, 2), At(values, 3), At(values, 4), At(values, 5), At(values, 6), At(values, 7), At(values, 8), At(values, 9), At(values, 10), At(values, 11));

        static T At(ReadOnlySpan<T> values, int index) => index < values.Length ? values[index] : default;
    }
}

/// <summary>
/// An element-wise activation, written once: its formula over any number type, and its facts. Kernels, derivatives,
/// parameter gradients and text are interpretations of <see cref="Value{T}"/>.
/// </summary>
public interface IElementwiseFormula
{
    /// <summary>What there is to say about the function.</summary>
    static abstract ActivationFacts Facts { get; }

    /// <summary>
    /// Whether float arithmetic suffices for float results: true for a few comparisons, sums and products. Otherwise the formula is
    /// evaluated in double lanes and rounded once.
    /// </summary>
    static virtual bool FloatArithmeticSuffices => false;

    /// <summary>
    /// Whether the derivative at an output is the derivative at its input, f'(f(x)) = f'(x), for all parameters: then backward passes need no inputs, and
    /// a network may put the outputs in their place.
    /// </summary>
    static virtual bool SlopeFollowsOutput => false;

    /// <summary>
    /// Whether <see cref="SlopeOfOutput{T}"/> is there, for all parameters. Float results are computed in float arithmetic, so it should be a few sums and products.
    /// </summary>
    static virtual bool HasSlopeOfOutput => false;

    /// <summary>
    /// Whether the derivative is 1 or <see cref="OtherSlope{T}"/> at every x, for all parameters: then backward passes need nothing but a mask that tells which.
    /// Asks for <see cref="FloatArithmeticSuffices"/>.
    /// </summary>
    static virtual bool HasTwoSlopes => false;

    /// <summary>
    /// The greatest |x| up to which a composition of primitives may be evaluated in float lanes, which are twice as many: 0 for none. Beyond it,
    /// where exponentials overflow or lose digits to subnormals, and for values that are not numbers, double lanes take over.
    /// </summary>
    static virtual float FloatRange => 0;

    /// <summary>Whether the derivative too is accurate in float lanes; a sum of terms that cancel is not.</summary>
    static virtual bool FloatSlope => true;

    /// <summary>
    /// Whether values in float lanes carry what each step loses as a second float: for formulas in which the roundings of arguments, parameters' products and primitives
    /// would add up to more than the contract allows. Derivatives, of which it asks less, do without.
    /// </summary>
    static virtual bool FloatCompensates => false;

    /// <summary>Whether the parameters of a call allow float lanes within <see cref="FloatRange"/>; asked only where each is one value.</summary>
    /// <param name="p">The values.</param>
    static virtual bool FloatLanesSuffice(P<float> p) => true;

    /// <summary>
    /// Whether infinities are replaced by large numbers and the values there by the limits, as suits what is constant or in proportion to x far out. A formula that
    /// comes right at infinities by itself, such as max(x, 0), or that has no asymptote, such as the logarithm, says no.
    /// </summary>
    static virtual bool InfinitiesAsLimits => true;

    /// <summary>The highest power of x that the formula computes, at most 5: infinities are replaced by numbers whose power of this degree is finite.</summary>
    static virtual int Degree => 2;

    /// <summary>Whether it has more than four parameters; then it states its derivatives: <see cref="ByArgument{T}"/>, <see cref="ByParameters{T}"/>.</summary>
    static virtual bool HasManyParameters => false;

    /// <summary>The formula for parameters that <see cref="FloatLanesSuffice"/> accepts, where it is simpler for them.</summary>
    /// <typeparam name="TFormula">The formula itself.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters.</param>
    static virtual T FloatValue<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> => TFormula.Value(x, p);

    /// <summary>
    /// Whether float lanes compute <see cref="SingleValue{F}"/>: where the formula as it is written would lose more of a float's digits there than the contract allows, or
    /// the rules of differentiation would take longer.
    /// </summary>
    static virtual bool HasSingleValue => false;

    /// <summary>Value and derivative in float lanes, for arguments within <see cref="FloatRange"/>, evaluated with what the steps lose.</summary>
    /// <typeparam name="F">The register of floats.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="p">What <see cref="SingleParameters"/> made of the parameters.</param>
    /// <param name="slope">The derivative by the argument.</param>
    static virtual F SingleValue<F>(F x, P<F> p, out F slope)
        where F : struct, ISingleLanes<F> => throw new NotSupportedException("the formula is computed as it is written");

    /// <summary>What <see cref="SingleValue{F}"/> needs of the parameters that <see cref="FloatLanesSuffice"/> accepts, at most four numbers: computed once for all elements.</summary>
    /// <param name="p">The parameters.</param>
    static virtual P<float> SingleParameters(P<float> p) => p;

    /// <summary>
    /// Whether doubles are computed by <see cref="DoubleValue{V}"/>: where the formula as it is written would lose more of their digits than the contract allows. Floats,
    /// which are rounded from twice their digits, have no need of it.
    /// </summary>
    static virtual bool HasDoubleValue => false;

    /// <summary>Value and derivative for doubles, evaluated with what the steps lose.</summary>
    /// <typeparam name="V">The register of doubles.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters.</param>
    /// <param name="slope">The derivative by the argument.</param>
    static virtual V DoubleValue<V>(V x, P<V> p, out V slope)
        where V : struct, IDoubleLanes<V> => throw new NotSupportedException("the formula is computed as it is written");

    /// <summary>The derivative as a function of the value: backward passes then need no inputs, and evaluate nothing anew.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="y">The value.</param>
    static virtual T SlopeOfOutput<T>(T y)
        where T : struct, IReal<T> => throw new NotSupportedException("the formula has no derivative of its outputs");

    /// <summary>The derivative where it is not 1, of a formula that <see cref="HasTwoSlopes"/>; 0 unless the file says otherwise.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="p">The parameters.</param>
    static virtual T OtherSlope<T>(P<T> p)
        where T : struct, IReal<T> => T.Constant(0);

    /// <summary>The derivative of a formula that <see cref="HasManyParameters"/>: the rules of differentiation would carry a derivative of each parameter along. Others need not state it.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters.</param>
    static virtual T ByArgument<T>(T x, P<T> p)
        where T : struct, IReal<T> => throw new NotSupportedException("a formula of more than four parameters must state its derivative: ByArgument");

    /// <summary>
    /// The derivatives by all parameters, of a formula that <see cref="HasManyParameters"/>: computed one by one from the formula, they would cost as many evaluations. Others need not state any.
    /// </summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters.</param>
    /// <param name="slopes">Receives the derivatives, in the order of the parameters.</param>
    static virtual void ByParameters<T>(T x, P<T> p, Span<T> slopes)
        where T : struct, IReal<T> => throw new NotSupportedException("a formula of more than four parameters must state the derivatives by them: ByParameters");

    /// <summary>
    /// The formula as one writes it, where <see cref="Value{T}"/> has a branch of its own for what is the limit to the last digit: cards show it, and a text that says the
    /// same is this function.
    /// </summary>
    /// <typeparam name="TFormula">The formula itself.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters.</param>
    static virtual T Spelled<TFormula, T>(T x, P<T> p)
        where TFormula : struct, IElementwiseFormula
        where T : struct, IReal<T> => TFormula.Value(x, p);

    /// <summary>The formula.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters.</param>
    static abstract T Value<T>(T x, P<T> p)
        where T : struct, IReal<T>;
}
