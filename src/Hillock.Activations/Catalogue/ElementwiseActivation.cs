using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Catalogue;

/// <summary>The catalogue entry of an element-wise formula: everything here is an interpretation of the formula.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
public sealed unsafe class ElementwiseActivation<TFormula> : ActivationDefinition
    where TFormula : struct, IElementwiseFormula
{
    /// <inheritdoc/>
    public override ActivationFacts Facts { get; } = TFormula.Facts;

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override string Formula => ElementwiseText<TFormula>.Formula(Facts).ToString();

    /// <inheritdoc/>
    public override string Derivative => ElementwiseText<TFormula>.Derivative(Facts).ToString();

    /// <inheritdoc/>
    public override string? FormulaLatex => ExpressionLatex.Of(ElementwiseText<TFormula>.Formula(Facts));

    /// <inheritdoc/>
    public override string? DerivativeLatex => ExpressionLatex.Of(ElementwiseText<TFormula>.Derivative(Facts));

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments) =>
        Run(Pass.Forward, input, default, output, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
        Run(Pass.Backward, input, outputGradient, inputGradient, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override bool HasBackwardFromOutput => TFormula.SlopeFollowsOutput;

    /// <inheritdoc/>
    public override void BackwardFromOutput(
        ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments)
    {
        CheckBackwardFromOutput();
        Run(Pass.Backward, output, outputGradient, inputGradient, arguments, RegisterWidths.Best);
    }

    /// <inheritdoc/>
    public override void BackwardFromOutput(
        ReadOnlySpan<double> output, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments)
    {
        CheckBackwardFromOutput();
        Run(Pass.Backward, output, outputGradient, inputGradient, arguments, RegisterWidths.Best);
    }

    /// <inheritdoc/>
    public override void ParameterGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int parameter, in ActivationArguments<float> arguments) =>
        Run(ByParameter(parameter), input, outputGradient, contributions, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments) =>
        Run(Pass.Forward, input, default, output, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
        Run(Pass.Backward, input, outputGradient, inputGradient, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void ParameterGradient(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int parameter, in ActivationArguments<double> arguments) =>
        Run(ByParameter(parameter), input, outputGradient, contributions, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    internal override SummandBound<DoubleDouble> Reference(DoubleDouble x, ReadOnlySpan<double> parameters)
    {
        SummandBound<DoubleDouble> first = Parameter(parameters, 0);
        SummandBound<DoubleDouble> second = Parameter(parameters, 1);
        SummandBound<DoubleDouble> third = Parameter(parameters, 2);
        SummandBound<DoubleDouble> fourth = Parameter(parameters, 3);
        return TFormula.Value(SummandBound<DoubleDouble>.Variable(x), new P<SummandBound<DoubleDouble>>(first, second, third, fourth));

        static SummandBound<DoubleDouble> Parameter(ReadOnlySpan<double> values, int index) =>
            SummandBound<DoubleDouble>.Constant(index < values.Length ? values[index] : 0);
    }

    private void CheckBackwardFromOutput()
    {
        if (!HasBackwardFromOutput)
        {
            throw NoBackwardFromOutput();
        }
    }

    /// <summary>Runs a pass in registers of a given width.</summary>
    internal void Run(
        Pass pass, ReadOnlySpan<float> input, ReadOnlySpan<float> gradient, Span<float> result, in ActivationArguments<float> arguments, RegisterWidth width)
    {
        SpanChecks.Operands(pass, input, gradient, result);
        SpanChecks.Arguments(arguments, Facts.Parameters.Count, Facts.Name, input.Length, result);
        fixed (float* x = input, g = gradient, y = result, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            ElementwiseKernels<TFormula>.Run(pass, width, x, g, y, input.Length, new(
                new(a, arguments.First.Length > 1), new(b, arguments.Second.Length > 1), new(c, arguments.Third.Length > 1), new(d, arguments.Fourth.Length > 1)));
        }
    }

    /// <summary>Runs a pass in registers of a given width.</summary>
    internal void Run(
        Pass pass, ReadOnlySpan<double> input, ReadOnlySpan<double> gradient, Span<double> result, in ActivationArguments<double> arguments, RegisterWidth width)
    {
        SpanChecks.Operands(pass, input, gradient, result);
        SpanChecks.Arguments(arguments, Facts.Parameters.Count, Facts.Name, input.Length, result);
        fixed (double* x = input, g = gradient, y = result, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            ElementwiseKernels<TFormula>.Run(pass, width, x, g, y, input.Length, new(
                new(a, arguments.First.Length > 1), new(b, arguments.Second.Length > 1), new(c, arguments.Third.Length > 1), new(d, arguments.Fourth.Length > 1)));
        }
    }

    private Pass ByParameter(int parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parameter, Facts.Parameters.Count);
        return Pass.ByFirst + parameter;
    }
}
