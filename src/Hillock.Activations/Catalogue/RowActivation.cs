using System.Buffers;
using System.Numerics;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Catalogue;

/// <summary>The catalogue entry of a row formula.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
public sealed class RowActivation<TFormula> : ActivationDefinition
    where TFormula : struct, IRowFormula
{
    /// <summary>Rows up to this length are widened on the stack.</summary>
    private const int StackLength = 256;

    /// <inheritdoc/>
    public override ActivationFacts Facts { get; } = TFormula.Facts;

    /// <inheritdoc/>
    public override bool IsElementwise => false;

    /// <inheritdoc/>
    public override string Formula => TFormula.Formula;

    /// <inheritdoc/>
    public override string Derivative => TFormula.Derivative;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments) =>
        ForwardRows(input, output, rowLength);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments) =>
        ForwardRows(input, output, rowLength);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
        BackwardRows(input, outputGradient, inputGradient, rowLength);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
        BackwardRows(input, outputGradient, inputGradient, rowLength);

    /// <inheritdoc/>
    public override void ParameterGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int parameter, in ActivationArguments<float> arguments) =>
        throw NoParameter(parameter);

    /// <inheritdoc/>
    public override void ParameterGradient(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int parameter, in ActivationArguments<double> arguments) =>
        throw NoParameter(parameter);

    private static void ForwardRows<TScalar>(ReadOnlySpan<TScalar> input, Span<TScalar> output, int rowLength)
        where TScalar : unmanaged, INumber<TScalar>
    {
        SpanChecks.SameLength(input, output, nameof(output));
        SpanChecks.SameStartOrDisjoint(input, output, nameof(output));
        SpanChecks.WholeRows(input, rowLength);
        double[]? rented = rowLength > StackLength ? ArrayPool<double>.Shared.Rent(rowLength) : null;
        Span<double> row = (rented ?? stackalloc double[StackLength])[..rowLength];
        for (int start = 0; start < input.Length; start += rowLength)
        {
            Convert(input.Slice(start, rowLength), row);
            TFormula.Forward(row);
            Convert(row, output.Slice(start, rowLength));
        }

        Return(rented);
    }

    private static void BackwardRows<TScalar>(
        ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> outputGradient, Span<TScalar> inputGradient, int rowLength)
        where TScalar : unmanaged, INumber<TScalar>
    {
        SpanChecks.SameLength(input, outputGradient, nameof(outputGradient));
        SpanChecks.SameLength(input, inputGradient, nameof(inputGradient));
        SpanChecks.SameStartOrDisjoint(input, inputGradient, nameof(inputGradient));
        SpanChecks.SameStartOrDisjoint(outputGradient, inputGradient, nameof(inputGradient));
        SpanChecks.WholeRows(input, rowLength);
        double[]? rented = rowLength > StackLength ? ArrayPool<double>.Shared.Rent(2 * rowLength) : null;
        Span<double> room = rented ?? stackalloc double[2 * StackLength];
        Span<double> row = room[..rowLength];
        Span<double> gradient = room.Slice(rowLength, rowLength);
        for (int start = 0; start < input.Length; start += rowLength)
        {
            Convert(input.Slice(start, rowLength), row);
            Convert(outputGradient.Slice(start, rowLength), gradient);
            TFormula.Backward(row, gradient);
            Convert(row, inputGradient.Slice(start, rowLength));
        }

        Return(rented);
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = TTo.CreateTruncating(from[i]);
        }
    }

    private static void Return(double[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static ArgumentOutOfRangeException NoParameter(int parameter) =>
        new(nameof(parameter), parameter, $"{TFormula.Facts.Name} has no parameters");
}
