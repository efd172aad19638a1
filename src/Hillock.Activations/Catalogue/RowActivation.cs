using Hillock.Activations.Kernels;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Catalogue;

/// <summary>The catalogue entry of a row formula.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed unsafe class RowActivation<TFormula> : ActivationDefinition
    where TFormula : struct, IRowFormula
{
    /// <inheritdoc/>
    public override ActivationFacts Facts { get; } = TFormula.Facts;

    /// <inheritdoc/>
    public override bool IsElementwise => false;

    /// <inheritdoc/>
    public override bool KeepsLength => TFormula.KeepsLength;

    /// <inheritdoc/>
    public override bool HasBackwardFromOutput => TFormula.HasBackwardFromOutput;

    /// <inheritdoc/>
    public override string Formula => TFormula.Formula;

    /// <inheritdoc/>
    public override string Derivative => TFormula.Derivative;

    /// <inheritdoc/>
    public override string FormulaLatex => TFormula.FormulaLatex;

    /// <inheritdoc/>
    public override string DerivativeLatex => TFormula.DerivativeLatex;

    /// <inheritdoc/>
    internal override bool JoinsAxes => TFormula.JoinsAxes;

    /// <inheritdoc/>
    public override int OutputLength(int rowLength, in ActivationArguments<float> arguments) => OutputLength(rowLength, arguments, First(arguments));

    /// <inheritdoc/>
    public override int OutputLength(int rowLength, in ActivationArguments<double> arguments) => OutputLength(rowLength, arguments, First(arguments));

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments) =>
        Run(RowPass.Forward, input, default, output, rowLength, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments) =>
        Run(RowPass.Forward, input, default, output, rowLength, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
        Run(RowPass.Backward, input, outputGradient, inputGradient, rowLength, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
        Run(RowPass.Backward, input, outputGradient, inputGradient, rowLength, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void BackwardFromOutput(
        ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments)
    {
        CheckBackwardFromOutput();
        Run(RowPass.BackwardFromOutput, output, outputGradient, inputGradient, rowLength, arguments, RegisterWidths.Best);
    }

    /// <inheritdoc/>
    public override void BackwardFromOutput(
        ReadOnlySpan<double> output, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments)
    {
        CheckBackwardFromOutput();
        Run(RowPass.BackwardFromOutput, output, outputGradient, inputGradient, rowLength, arguments, RegisterWidths.Best);
    }

    /// <inheritdoc/>
    protected internal override void ParameterGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int rowLength, int parameter, in ActivationArguments<float> arguments) =>
        throw NoParameter(parameter);

    /// <inheritdoc/>
    protected internal override void ParameterGradient(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int rowLength, int parameter, in ActivationArguments<double> arguments) =>
        throw NoParameter(parameter);

    /// <summary>Runs a pass in registers of a given width.</summary>
    internal void Run(
        RowPass pass, ReadOnlySpan<float> input, ReadOnlySpan<float> gradient, Span<float> result, int rowLength, in ActivationArguments<float> arguments, RegisterWidth width)
    {
        int outputLength = OutputLength(rowLength, arguments);
        int rows = SpanChecks.Rows(pass != RowPass.Forward, input, gradient, result, rowLength, outputLength);
        fixed (float* x = input, g = gradient, y = result)
        {
            RowKernels<TFormula, SingleRows, float>.Run(pass, width, x, g, y, rows, rowLength, outputLength);
        }
    }

    /// <summary>Runs a pass in registers of a given width.</summary>
    internal void Run(
        RowPass pass, ReadOnlySpan<double> input, ReadOnlySpan<double> gradient, Span<double> result, int rowLength, in ActivationArguments<double> arguments, RegisterWidth width)
    {
        int outputLength = OutputLength(rowLength, arguments);
        int rows = SpanChecks.Rows(pass != RowPass.Forward, input, gradient, result, rowLength, outputLength);
        fixed (double* x = input, g = gradient, y = result)
        {
            RowKernels<TFormula, DoubleRows, double>.Run(pass, width, x, g, y, rows, rowLength, outputLength);
        }
    }

    private int OutputLength<T>(int rowLength, in ActivationArguments<T> arguments, double first)
        where T : struct
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowLength);
        SpanChecks.Single(arguments, Facts.Parameters.Count, Facts.Name);
        return TFormula.OutputLength(rowLength, first);
    }

    private static double First(in ActivationArguments<float> arguments) => arguments.First.Length == 1 ? arguments.First[0] : 0;

    private static double First(in ActivationArguments<double> arguments) => arguments.First.Length == 1 ? arguments.First[0] : 0;

    private void CheckBackwardFromOutput()
    {
        if (!HasBackwardFromOutput)
        {
            throw NoBackwardFromOutput();
        }
    }

    private ArgumentOutOfRangeException NoParameter(int parameter) => new(
        nameof(parameter), parameter, $"{Facts.Name} has no parameter that could be learned");
}
