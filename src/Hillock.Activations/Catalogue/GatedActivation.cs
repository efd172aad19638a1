using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Catalogue;

/// <summary>The catalogue entry of a gated unit a·f(b) over the halves a and b of a row: kernels, derivatives and text come from the formula f.</summary>
/// <typeparam name="TFormula">The unit.</typeparam>
/// <typeparam name="TGate">The formula f.</typeparam>
internal sealed unsafe class GatedActivation<TFormula, TGate> : ActivationDefinition
    where TFormula : struct, IGatedFormula
    where TGate : struct, IElementwiseFormula
{
    /// <inheritdoc/>
    public override ActivationFacts Facts { get; } = TFormula.Facts;

    /// <inheritdoc/>
    public override bool IsElementwise => false;

    /// <inheritdoc/>
    public override bool KeepsLength => false;

    /// <inheritdoc/>
    public override string Formula => $"{Symbol("a_i") * Gate.Value} with (a, b) the halves of x";

    /// <inheritdoc/>
    public override string Derivative => $"dy_i/da_i = {Gate.Value}, dy_i/db_i = {Symbol("a_i") * Gate.Slope}";

    /// <inheritdoc/>
    public override string FormulaLatex => $@"{ExpressionLatex.Of(Symbol("a_i") * Gate.Value)} \quad \text{{with }} (a, b) \text{{ the halves of }} x";

    /// <inheritdoc/>
    public override string DerivativeLatex =>
        $@"\frac{{\partial y_i}}{{\partial a_i}} = {ExpressionLatex.Of(Gate.Value)}, \quad \frac{{\partial y_i}}{{\partial b_i}} = {ExpressionLatex.Of(Symbol("a_i") * Gate.Slope)}";

    /// <inheritdoc/>
    /// <remarks>The gate f(x) itself.</remarks>
    public override ExampleRow Example(IReadOnlyList<ParameterMode> modes) => new(2, 1, 1);

    /// <inheritdoc/>
    internal override bool JoinsAxes => true;

    /// <inheritdoc/>
    public override int OutputLength(int rowLength, in ActivationArguments<float> arguments) => Half(rowLength);

    /// <inheritdoc/>
    public override int OutputLength(int rowLength, in ActivationArguments<double> arguments) => Half(rowLength);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments) =>
        Run(GatedPass.Forward, input, default, output, rowLength, arguments, 0, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments) =>
        Run(GatedPass.Forward, input, default, output, rowLength, arguments, 0, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
        Run(GatedPass.Backward, input, outputGradient, inputGradient, rowLength, arguments, 0, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
        Run(GatedPass.Backward, input, outputGradient, inputGradient, rowLength, arguments, 0, RegisterWidths.Best);

    /// <inheritdoc/>
    protected internal override void ParameterGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int rowLength, int parameter, in ActivationArguments<float> arguments) =>
        Run(GatedPass.ByParameter, input, outputGradient, contributions, rowLength, arguments, Checked(parameter), RegisterWidths.Best);

    /// <inheritdoc/>
    protected internal override void ParameterGradient(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int rowLength, int parameter, in ActivationArguments<double> arguments) =>
        Run(GatedPass.ByParameter, input, outputGradient, contributions, rowLength, arguments, Checked(parameter), RegisterWidths.Best);

    /// <summary>Runs a pass in registers of a given width.</summary>
    internal void Run<TScalar>(
        GatedPass pass,
        ReadOnlySpan<TScalar> input,
        ReadOnlySpan<TScalar> gradient,
        Span<TScalar> result,
        int rowLength,
        in ActivationArguments<TScalar> arguments,
        int parameter,
        RegisterWidth width)
        where TScalar : unmanaged
    {
        int half = Half(rowLength);
        int rows = Check(pass, input, gradient, result, rowLength, half, arguments);
        bool oneForEach = arguments.OneForEach && rows * half == 1;
        fixed (TScalar* x = input, g = gradient, y = result, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            ParameterSources<TScalar> sources = new(
                Source(a, arguments.First.Length), Source(b, arguments.Second.Length), Source(c, arguments.Third.Length), Source(d, arguments.Fourth.Length));
            GatedKernels<TGate>.Run(pass, width, new GatedOperands<TScalar>((nint)x, (nint)g, (nint)y, rows, half, sources, parameter));
        }

        ParameterSource<TScalar> Source(TScalar* values, int count) => ParameterSource<TScalar>.Of(values, count, oneForEach);
    }

    private static Expression Symbol(string name) => Expression.Symbol(name);

    /// <summary>f(b_i) and its derivative.</summary>
    private Dual<Expression> Gate => TGate.Value(
        Dual<Expression>.Variable(Symbol("b_i")), P<Dual<Expression>>.Of([.. Facts.Parameters.Select(p => Dual<Expression>.Fixed(Symbol(p.Name)))]));

    private int Half(int rowLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowLength);
        return rowLength % 2 == 0
            ? rowLength / 2
            : throw new ArgumentException($"{Facts.Name} takes rows in two halves, and a row of {rowLength} has none", nameof(rowLength));
    }

    private int Checked(int parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parameter, Facts.Parameters.Count);
        return parameter;
    }

    private int Check<T>(
        GatedPass pass, ReadOnlySpan<T> input, ReadOnlySpan<T> gradient, ReadOnlySpan<T> result, int rowLength, int half, in ActivationArguments<T> arguments)
        where T : struct
    {
        int rows = pass == GatedPass.ByParameter
            ? SpanChecks.Contributions(input, gradient, result, rowLength, half)
            : SpanChecks.Rows(pass == GatedPass.Backward, input, gradient, result, rowLength, half);
        SpanChecks.Arguments(arguments, Facts.Parameters.Count, Facts.Name, input.Length / 2, result, SpanChecks.ResultOf(pass));
        return rows;
    }
}
