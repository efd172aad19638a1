using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Custom;

/// <summary>
/// An activation given as text, such as <c>x * sigmoid(b * x), b = learn(channel, init=1)</c>: evaluated in tiles through the kernels of the catalogue, without
/// generating code. <see cref="Activation.Parse(string)"/> makes it.
/// </summary>
/// <remarks>
/// Value and gradient have the accuracy of a built-in that composes the same primitives, and the same bits at any length and register width. NaN gives NaN; at ±∞
/// stands what the formula tends to, judged from its values far out, so that <c>x * sigmoid(x)</c> gives 0 at -∞. Two formulas of the same text and
/// parameters are equal.
/// </remarks>
public sealed class FormulaActivation : ActivationDefinition, IEquatable<FormulaActivation>
{
    private readonly string _text;
    private readonly FormulaGraph _graph;
    private readonly FormulaGraph _products;
    private readonly ParameterDeclaration[] _parameters;
    private readonly BuiltInMatch? _match;
    private readonly BuiltInTwin? _twin;
    private readonly FormulaKernel _value;
    private readonly FormulaKernel _slope;
    private readonly FormulaKernel[] _byParameter;

    /// <summary>Makes the activation and measures its facts.</summary>
    /// <param name="text">The formula as the user wrote it, without its parameters.</param>
    /// <param name="graph">The formula.</param>
    /// <param name="parameters">Its parameters with the values that they have in evaluation.</param>
    /// <exception cref="FormatException">The formula or its derivative is not finite somewhere near 0.</exception>
    internal FormulaActivation(string text, FormulaGraph graph, ParameterDeclaration[] parameters)
    {
        _text = text;
        _graph = graph;
        _parameters = parameters;
        _products = graph.WithoutPowers();
        _match = BuiltInMatch.Find(_products, parameters);

        // A wave has limits only as part of a text: a convention of its own.
        _twin = _match is null || _products.Oscillates() ? null : BuiltInTwin.Of(_match);
        _value = new FormulaKernel(_products, parameters.Length, differentiated: null);
        _slope = new FormulaKernel(_products, parameters.Length, new FormulaNode(Operation.Variable));
        _byParameter = [.. parameters.Select((_, i) => new FormulaKernel(_products, parameters.Length, new FormulaNode(Operation.Parameter, i)))];
        Facts = FormulaFacts.Of(this, text, parameters, _products, _twin?.Serves<float>() == true ? _twin.Facts : null);
    }

    /// <inheritdoc/>
    public override ActivationFacts Facts { get; }

    /// <summary>The function of the catalogue that the text spells out, with its parameters; null where it is none.</summary>
    internal Activation? BuiltIn => _match?.Named(_parameters);

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override string Formula => _text;

    /// <inheritdoc/>
    public override string Derivative => Differentiated().ToString();

    /// <inheritdoc/>
    public override string FormulaLatex => ExpressionLatex.Of(
        _graph.Evaluate(Expression.Symbol("x"), [.. _parameters.Select(p => Expression.Symbol(p.Name))], Expression.Power), _text);

    /// <inheritdoc/>
    public override string? DerivativeLatex => ExpressionLatex.Of(Differentiated());

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments) =>
        Run(Pass.Forward, input, default, output, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments) =>
        Run(Pass.Forward, input, default, output, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
        Run(Pass.Backward, input, outputGradient, inputGradient, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
        Run(Pass.Backward, input, outputGradient, inputGradient, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        int rowLength,
        in ActivationArguments<float> arguments,
        in ParameterGradients<float> parameterGradients)
    {
        if (_twin is { HasParameters: true } && _twin.Serves<float>())
        {
            _twin.Run(input, outputGradient, inputGradient, arguments, parameterGradients);
        }
        else
        {
            base.Backward(input, outputGradient, inputGradient, rowLength, arguments, parameterGradients);
        }
    }

    /// <inheritdoc/>
    protected internal override void ParameterGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int rowLength, int parameter, in ActivationArguments<float> arguments) =>
        Run(ByParameter(parameter), input, outputGradient, contributions, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> outputGradient,
        Span<double> inputGradient,
        int rowLength,
        in ActivationArguments<double> arguments,
        in ParameterGradients<double> parameterGradients)
    {
        if (_twin is { HasParameters: true } && _twin.Serves<double>())
        {
            _twin.Run(input, outputGradient, inputGradient, arguments, parameterGradients);
        }
        else
        {
            base.Backward(input, outputGradient, inputGradient, rowLength, arguments, parameterGradients);
        }
    }

    /// <inheritdoc/>
    protected internal override void ParameterGradient(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int rowLength, int parameter, in ActivationArguments<double> arguments) =>
        Run(ByParameter(parameter), input, outputGradient, contributions, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public bool Equals(FormulaActivation? other) =>
        other is not null && _text.Equals(other._text, StringComparison.OrdinalIgnoreCase) && _parameters.SequenceEqual(other._parameters);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FormulaActivation);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    internal override string Specification(IReadOnlyList<ParameterMode> modes) =>
        string.Join(", ", _parameters.Zip(modes, (parameter, mode) => $"{parameter.Name} = {mode.Text}").Prepend(_text));

    /// <inheritdoc/>
    internal override SummandBound<T> Reference<T>(T x, ReadOnlySpan<double> parameters)
    {
        SummandBound<T>[] values = new SummandBound<T>[_parameters.Length];
        for (int p = 0; p < values.Length; p++)
        {
            values[p] = SummandBound<T>.Constant(parameters[p]);
        }

        return _products.Evaluate<SummandBound<T>>(SummandBound<T>.Variable(x), values);
    }

    /// <summary>Runs a pass in registers of a given width.</summary>
    internal void Run<TScalar>(
        Pass pass, ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in ActivationArguments<TScalar> arguments, RegisterWidth width)
        where TScalar : unmanaged
    {
        SpanChecks.Operands(pass, input, gradient, result);
        SpanChecks.Arguments(arguments, _parameters.Length, _text, input.Length, result, SpanChecks.ResultOf(pass));
        bool[]? notNumbers = NaNParameters.Find(arguments, _parameters.Length, input.Length);
        if (_twin?.Serves<TScalar>() == true)
        {
            _twin.Run(pass, input, gradient, result, arguments, width);
        }
        else
        {
            Kernel(pass).Run(input, gradient, result, new(arguments, _parameters.Length), width);
        }

        if (notNumbers is not null)
        {
            NaNParameters.CarryOver(notNumbers, result);
        }
    }

    private Expression Differentiated()
    {
        Dual<Expression>[] parameters = [.. _parameters.Select(p => Dual<Expression>.Fixed(Expression.Symbol(p.Name)))];
        return _graph.Evaluate(
            Dual<Expression>.Variable(Expression.Symbol("x")),
            parameters,
            (u, n) => new(Expression.Power(u.Value, n), Expression.Constant(n) * (Expression.Power(u.Value, n - 1) * u.Slope))).Slope;
    }

    private FormulaKernel Kernel(Pass pass) => pass switch
    {
        Pass.Forward => _value,
        Pass.Backward => _slope,
        _ => _byParameter[pass - Pass.ByFirst],
    };

    private Pass ByParameter(int parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parameter, _parameters.Length);
        return Pass.ByFirst + parameter;
    }
}
