using System.Numerics;
using System.Runtime.CompilerServices;
using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Catalogue;

/// <summary>The catalogue entry of an element-wise formula: everything here is an interpretation of the formula.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
public sealed unsafe class ElementwiseActivation<TFormula> : ActivationDefinition, IElementwisePasses
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
    public override string FormulaLatex => ExpressionLatex.Of(ElementwiseText<TFormula>.Formula(Facts), Formula);

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
    public override bool HasBackwardFromOutput => TFormula.SlopeFollowsOutput || TFormula.HasSlopeOfOutput;

    /// <inheritdoc/>
    public override void BackwardFromOutput(
        ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
        FromOutput(output, outputGradient, inputGradient, arguments);

    /// <inheritdoc/>
    public override void BackwardFromOutput(
        ReadOnlySpan<double> output, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
        FromOutput(output, outputGradient, inputGradient, arguments);

    /// <inheritdoc/>
    public override bool HasBackwardFromMask => TFormula.HasTwoSlopes;

    /// <inheritdoc/>
    public override void ForwardWithMask(ReadOnlySpan<float> input, Span<float> output, Span<uint> mask, in ActivationArguments<float> arguments) =>
        RunWithMask(input, output, mask, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void ForwardWithMask(ReadOnlySpan<double> input, Span<double> output, Span<uint> mask, in ActivationArguments<double> arguments) =>
        RunWithMask(input, output, mask, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void BackwardFromMask(
        ReadOnlySpan<uint> mask, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, in ActivationArguments<float> arguments) =>
        RunFromMask(mask, outputGradient, inputGradient, arguments);

    /// <inheritdoc/>
    public override void BackwardFromMask(
        ReadOnlySpan<uint> mask, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, in ActivationArguments<double> arguments) =>
        RunFromMask(mask, outputGradient, inputGradient, arguments);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        int rowLength,
        in ActivationArguments<float> arguments,
        in ParameterGradients<float> parameterGradients) =>
        Run(input, outputGradient, inputGradient, arguments, parameterGradients, RegisterWidths.Best);

    /// <inheritdoc/>
    protected internal override void ParameterGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int rowLength, int parameter, in ActivationArguments<float> arguments) =>
        Run(ByParameter(parameter), input, outputGradient, contributions, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments) =>
        Run(Pass.Forward, input, default, output, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
        Run(Pass.Backward, input, outputGradient, inputGradient, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> outputGradient,
        Span<double> inputGradient,
        int rowLength,
        in ActivationArguments<double> arguments,
        in ParameterGradients<double> parameterGradients) =>
        Run(input, outputGradient, inputGradient, arguments, parameterGradients, RegisterWidths.Best);

    /// <inheritdoc/>
    protected internal override void ParameterGradient(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int rowLength, int parameter, in ActivationArguments<double> arguments) =>
        Run(ByParameter(parameter), input, outputGradient, contributions, arguments, RegisterWidths.Best);

    /// <inheritdoc/>
    internal override SummandBound<T> Reference<T>(T x, ReadOnlySpan<double> parameters)
    {
        SummandBound<T>[] p = new SummandBound<T>[parameters.Length];
        for (int i = 0; i < p.Length; i++)
        {
            p[i] = SummandBound<T>.Constant(parameters[i]);
        }

        return TFormula.Value(SummandBound<T>.Variable(x), P<SummandBound<T>>.Of(p));
    }

    private void FromOutput<TScalar>(
        ReadOnlySpan<TScalar> output, ReadOnlySpan<TScalar> outputGradient, Span<TScalar> inputGradient, in ActivationArguments<TScalar> arguments)
        where TScalar : unmanaged
    {
        if (!HasBackwardFromOutput)
        {
            throw NoBackwardFromOutput();
        }

        if (TFormula.HasSlopeOfOutput)
        {
            RunFromOutput(output, outputGradient, inputGradient, RegisterWidths.Best);
            return;
        }

        Run(Pass.Backward, output, outputGradient, inputGradient, arguments, RegisterWidths.Best);
    }

    /// <inheritdoc/>
    bool IElementwisePasses.SlopeFollowsOutput => TFormula.SlopeFollowsOutput && !TFormula.HasSlopeOfOutput;

    /// <inheritdoc/>
    Expression IElementwisePasses.Write(ReadOnlySpan<Expression> parameters) => TFormula.Spelled<TFormula, Expression>(Expression.Symbol("x"), P<Expression>.Of(parameters));

    /// <inheritdoc/>
    void IElementwisePasses.Run<TScalar>(
        Pass pass, ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in ActivationArguments<TScalar> arguments, RegisterWidth width) =>
        Run(pass, input, gradient, result, arguments, width);

    /// <summary>Computes gradients from outputs in registers of a given width.</summary>
    internal static void RunFromOutput<TScalar>(ReadOnlySpan<TScalar> output, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, RegisterWidth width)
        where TScalar : unmanaged
    {
        SpanChecks.Operands(Pass.Backward, output, gradient, result);
        fixed (TScalar* y = output, g = gradient, r = result)
        {
            ElementwiseKernels<TFormula>.RunFromOutput(width, y, g, r, output.Length);
        }
    }

    /// <summary>Computes values and mask in registers of a given width.</summary>
    internal void RunWithMask<TScalar>(
        ReadOnlySpan<TScalar> input, Span<TScalar> output, Span<uint> mask, in ActivationArguments<TScalar> arguments, RegisterWidth width)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    {
        CheckMask(arguments);
        SpanChecks.Operands(Pass.Forward, input, default, output);
        SpanChecks.Mask(mask, input, nameof(input));
        SpanChecks.Mask(mask, output, nameof(output));
        fixed (uint* words = mask)
        {
            fixed (TScalar* x = input, y = output, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
            {
                ElementwiseKernels<TFormula>.RunWithMask<TScalar>(width, x, y, words, input.Length, new(new(a, false), new(b, false), new(c, false), new(d, false)));
            }
        }
    }

    private void RunFromMask<TScalar>(
        ReadOnlySpan<uint> mask, ReadOnlySpan<TScalar> outputGradient, Span<TScalar> inputGradient, in ActivationArguments<TScalar> arguments)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    {
        CheckMask(arguments);
        SpanChecks.Gradients(outputGradient, inputGradient);
        SpanChecks.Mask(mask, outputGradient, nameof(outputGradient));
        SpanChecks.Mask(mask, inputGradient, nameof(inputGradient));
        fixed (uint* words = mask)
        {
            fixed (TScalar* g = outputGradient, r = inputGradient, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
            {
                TScalar other = ElementwiseKernels<TFormula>.OtherSlope<TScalar>(new(new(a, false), new(b, false), new(c, false), new(d, false)));
                SlopeMask.Multiply(words, g, r, outputGradient.Length, other);
            }
        }
    }

    private void CheckMask<TScalar>(in ActivationArguments<TScalar> arguments)
        where TScalar : unmanaged
    {
        if (!HasBackwardFromMask)
        {
            throw NoBackwardFromMask();
        }

        SpanChecks.Single(arguments, Facts.Parameters.Count, Facts.Name);
    }

    /// <summary>Runs a pass in registers of a given width.</summary>
    internal void Run<TScalar>(
        Pass pass, ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in ActivationArguments<TScalar> arguments, RegisterWidth width)
        where TScalar : unmanaged
    {
        SpanChecks.Operands(pass, input, gradient, result);
        SpanChecks.Arguments(arguments, Facts.Parameters.Count, Facts.Name, input.Length, result, SpanChecks.ResultOf(pass));
        bool[]? notNumbers = NaNParameters.Find(arguments, Facts.Parameters.Count, input.Length);
        if (pass >= Pass.ByFirst)
        {
            Pinned(input, gradient, default, arguments, new ParameterCall<TScalar>(pass - Pass.ByFirst, result, default, width));
        }
        else
        {
            Pinned(input, gradient, result, arguments, new PassCall<TScalar>(pass, width));
        }

        if (notNumbers is not null)
        {
            NaNParameters.CarryOver(notNumbers, result);
        }
    }

    /// <summary>Computes gradients by inputs and parameters in registers of a given width.</summary>
    internal void Run<TScalar>(
        ReadOnlySpan<TScalar> input,
        ReadOnlySpan<TScalar> gradient,
        Span<TScalar> result,
        in ActivationArguments<TScalar> arguments,
        in ParameterGradients<TScalar> parameterGradients,
        RegisterWidth width)
        where TScalar : unmanaged
    {
        SpanChecks.Operands(Pass.Backward, input, gradient, result.IsEmpty ? input : result);
        SpanChecks.Arguments(arguments, Facts.Parameters.Count, Facts.Name, input.Length, result, SpanChecks.ResultOf(Pass.Backward));
        int count = SpanChecks.ParameterGradients(parameterGradients, Facts, input, gradient, result);
        bool[]? notNumbers = NaNParameters.Find(arguments, Facts.Parameters.Count, input.Length);

        Span<double> sums = stackalloc double[TFormula.HasManyParameters ? count : 1];
        bool summed = false;
        for (int p = 0; p < count; p++)
        {
            Span<TScalar> target = parameterGradients[p];
            if (target.IsEmpty)
            {
                continue;
            }

            // The gradient by the inputs may take their place: it comes with the last of the parameters.
            bool sum = target.Length != input.Length;
            if (!(sum && summed))
            {
                Span<TScalar> byInputs = p == count - 1 && !TFormula.HasManyParameters ? result : default;
                Pinned(input, gradient, byInputs, arguments, new ParameterCall<TScalar>(p, sum ? default : target, sums, width));
            }

            // Formulas of many parameters give the sums of all at once.
            summed |= sum && TFormula.HasManyParameters;
            if (sum)
            {
                target[0] = Rounded<TScalar>(notNumbers is { Length: > 0 } ? double.NaN : sums[TFormula.HasManyParameters ? p : 0]);
            }
            else if (notNumbers is not null)
            {
                NaNParameters.CarryOver(notNumbers, target);
            }
        }

        if (!result.IsEmpty && (count == 0 || TFormula.HasManyParameters))
        {
            Pinned(input, gradient, result, arguments, new PassCall<TScalar>(Pass.Backward, width));
        }

        if (notNumbers is not null && !result.IsEmpty)
        {
            NaNParameters.CarryOver(notNumbers, result);
        }
    }

    private static void Pinned<TScalar, TCall>(
        ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in ActivationArguments<TScalar> arguments, in TCall call)
        where TScalar : unmanaged
        where TCall : struct, ICall<TScalar>, allows ref struct
    {
        if (TFormula.HasManyParameters)
        {
            PinnedMany(input, gradient, result, arguments, call);
            return;
        }

        bool oneForEach = arguments.OneForEach && input.Length == 1;
        fixed (TScalar* x = input, g = gradient, y = result, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            call.Run(x, g, y, input.Length, new(
                Source(a, arguments.First.Length), Source(b, arguments.Second.Length), Source(c, arguments.Third.Length), Source(d, arguments.Fourth.Length)));
        }

        ParameterSource<TScalar> Source(TScalar* values, int count) => ParameterSource<TScalar>.Of(values, count, oneForEach);
    }

    private static void PinnedMany<TScalar, TCall>(
        ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in ActivationArguments<TScalar> arguments, in TCall call)
        where TScalar : unmanaged
        where TCall : struct, ICall<TScalar>, allows ref struct
    {
        bool oneForEach = arguments.OneForEach && input.Length == 1;
        fixed (TScalar* x = input, g = gradient, y = result, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            fixed (TScalar* e = arguments.Fifth, f = arguments.Sixth, h = arguments.Seventh, i = arguments.Eighth,
                j = arguments.Ninth, k = arguments.Tenth, l = arguments.Eleventh, m = arguments.Twelfth)
            {
                ParameterSource<TScalar>* later = stackalloc ParameterSource<TScalar>[ParameterSources<TScalar>.LaterCount]
                {
                    Source(e, arguments.Fifth.Length), Source(f, arguments.Sixth.Length), Source(h, arguments.Seventh.Length),
                    Source(i, arguments.Eighth.Length), Source(j, arguments.Ninth.Length), Source(k, arguments.Tenth.Length),
                    Source(l, arguments.Eleventh.Length), Source(m, arguments.Twelfth.Length),
                };
                call.Run(x, g, y, input.Length, new(
                    Source(a, arguments.First.Length), Source(b, arguments.Second.Length), Source(c, arguments.Third.Length), Source(d, arguments.Fourth.Length), later));
            }
        }

        ParameterSource<TScalar> Source(TScalar* values, int count) => ParameterSource<TScalar>.Of(values, count, oneForEach);
    }

    private static TScalar Rounded<TScalar>(double sum)
        where TScalar : unmanaged => typeof(TScalar) == typeof(double) ? Unsafe.BitCast<double, TScalar>(sum) : Unsafe.BitCast<float, TScalar>((float)sum);

    private Pass ByParameter(int parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parameter, Facts.Parameters.Count);
        return Pass.ByFirst + parameter;
    }

    /// <summary>What is done with operands that stay where they are in memory.</summary>
    private interface ICall<TScalar>
        where TScalar : unmanaged
    {
        void Run(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources);
    }

    private readonly struct PassCall<TScalar>(Pass pass, RegisterWidth width) : ICall<TScalar>
        where TScalar : unmanaged
    {
        public void Run(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources) =>
            ElementwiseKernels<TFormula>.Run(pass, width, x, gradient, result, length, sources);
    }

    /// <summary>The gradient by a parameter: for each element, or where there is no room for that its sum, of a formula of many parameters the sums of all.</summary>
    private readonly ref struct ParameterCall<TScalar>(int parameter, Span<TScalar> contributions, Span<double> sums, RegisterWidth width) : ICall<TScalar>
        where TScalar : unmanaged
    {
        private readonly Span<TScalar> _contributions = contributions;
        private readonly Span<double> _sums = sums;

        public void Run(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        {
            fixed (TScalar* each = _contributions)
            {
                if (TFormula.HasManyParameters)
                {
                    ElementwiseKernels<TFormula>.RunStated(parameter, width, x, gradient, each, _sums, length, sources);
                    return;
                }

                double sum = ElementwiseKernels<TFormula>.RunByParameter(parameter, width, x, gradient, result, each, length, sources);
                if (!_sums.IsEmpty)
                {
                    _sums[0] = sum;
                }
            }
        }
    }
}
