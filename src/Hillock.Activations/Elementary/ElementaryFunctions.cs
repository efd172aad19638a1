using Hillock.Activations.Catalogue;
using Hillock.Activations.Formulas;

namespace Hillock.Activations.Elementary;

/// <summary>
/// The elementary functions below the activations, over spans: at most 1 ULP in float and 2 ULP in double, the same bits whatever the length,
/// alignment and register width. Output may be the same memory as input, and must not overlap it otherwise.
/// </summary>
public static class ElementaryFunctions
{
    /// <summary>e^x.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Exp(ReadOnlySpan<float> input, Span<float> output) => Primitive<Exponential>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>e^x.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Exp(ReadOnlySpan<double> input, Span<double> output) => Primitive<Exponential>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>e^x - 1.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void ExpM1(ReadOnlySpan<float> input, Span<float> output) => Primitive<ExponentialMinusOne>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>e^x - 1.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void ExpM1(ReadOnlySpan<double> input, Span<double> output) => Primitive<ExponentialMinusOne>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The natural logarithm.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Log(ReadOnlySpan<float> input, Span<float> output) => Primitive<Logarithm>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The natural logarithm.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Log(ReadOnlySpan<double> input, Span<double> output) => Primitive<Logarithm>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>ln(1 + x).</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Log1P(ReadOnlySpan<float> input, Span<float> output) => Primitive<LogarithmOnePlus>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>ln(1 + x).</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Log1P(ReadOnlySpan<double> input, Span<double> output) => Primitive<LogarithmOnePlus>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Tanh(ReadOnlySpan<float> input, Span<float> output) => Primitive<Formulas.Tanh>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Tanh(ReadOnlySpan<double> input, Span<double> output) => Primitive<Formulas.Tanh>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The logistic function.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Sigmoid(ReadOnlySpan<float> input, Span<float> output) => Primitive<Formulas.Sigmoid>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The logistic function.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Sigmoid(ReadOnlySpan<double> input, Span<double> output) => Primitive<Formulas.Sigmoid>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>ln(1 + e^x).</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void SoftPlus(ReadOnlySpan<float> input, Span<float> output) => Primitive<Formulas.Softplus>.Kernel.Forward(input, output, input.Length, new([1]));

    /// <summary>ln(1 + e^x).</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void SoftPlus(ReadOnlySpan<double> input, Span<double> output) => Primitive<Formulas.Softplus>.Kernel.Forward(input, output, input.Length, new([1]));

    /// <summary>The error function.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Erf(ReadOnlySpan<float> input, Span<float> output) => Primitive<ErrorFunction>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The error function.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Erf(ReadOnlySpan<double> input, Span<double> output) => Primitive<ErrorFunction>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>1 - erf(x).</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Erfc(ReadOnlySpan<float> input, Span<float> output) => Primitive<ComplementaryErrorFunction>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>1 - erf(x).</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void Erfc(ReadOnlySpan<double> input, Span<double> output) => Primitive<ComplementaryErrorFunction>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The standard normal distribution function Φ.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void NormalCdf(ReadOnlySpan<float> input, Span<float> output) => Primitive<NormalDistribution>.Kernel.Forward(input, output, input.Length, default);

    /// <summary>The standard normal distribution function Φ.</summary>
    /// <param name="input">The arguments.</param>
    /// <param name="output">Receives the values; as long as <paramref name="input"/>.</param>
    public static void NormalCdf(ReadOnlySpan<double> input, Span<double> output) => Primitive<NormalDistribution>.Kernel.Forward(input, output, input.Length, default);

    private static class Primitive<TFormula>
        where TFormula : struct, IElementwiseFormula
    {
        public static readonly ElementwiseActivation<TFormula> Kernel = new();
    }
}
