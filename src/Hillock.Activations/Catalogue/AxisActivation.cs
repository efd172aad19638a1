namespace Hillock.Activations.Catalogue;

/// <summary>
/// Runs functions of rows along any axis of arrays in row-major order. Where the axis is not the last, rows are gathered a few at a time, so that each is
/// computed as if it lay by itself: the bits are the same along every axis.
/// </summary>
public static class AxisActivation
{
    /// <summary>The shape of the outputs: that of the inputs but for the axis, whose length is that of a row of outputs.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="shape">The length of every axis of the inputs; empty for a single number, which is a row by itself.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">There is no such axis, or the function has no rows of its length.</exception>
    public static int[] OutputShape(this Activation activation, ReadOnlySpan<int> shape, int axis)
    {
        ArgumentNullException.ThrowIfNull(activation);
        AxisRows rows = AxisRows.Along(shape, axis);
        if (activation.Definition.KeepsLength)
        {
            return [.. shape];
        }

        int[] result = shape.IsEmpty ? [1] : [.. shape];
        result[axis < 0 ? axis + result.Length : axis] = activation.OutputLength(rows.Length);
        return result;
    }

    /// <summary>Computes the function along an axis.</summary>
    /// <param name="definition">The function; the axis does not matter to an element-wise one.</param>
    /// <param name="input">The array.</param>
    /// <param name="output">Receives the outputs; may be the memory of <paramref name="input"/> where the function keeps the length.</param>
    /// <param name="shape">The length of every axis of the inputs; empty for a single number, which is a row by itself.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="arguments">The parameters, one value each or, of element-wise functions and gated units, one for each output.</param>
    /// <param name="threads">How many threads may work, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no such axis, or the function has no rows of its length.</exception>
    public static void Forward(
        this ActivationDefinition definition,
        ReadOnlySpan<float> input,
        Span<float> output,
        ReadOnlySpan<int> shape,
        int axis,
        in ActivationArguments<float> arguments,
        int threads = 1) =>
        AxisLoops<float, SinglePrecision>.Forward(definition, input, output, shape, axis, arguments, threads);

    /// <summary>The same in double precision.</summary>
    public static void Forward(
        this ActivationDefinition definition,
        ReadOnlySpan<double> input,
        Span<double> output,
        ReadOnlySpan<int> shape,
        int axis,
        in ActivationArguments<double> arguments,
        int threads = 1) =>
        AxisLoops<double, DoublePrecision>.Forward(definition, input, output, shape, axis, arguments, threads);

    /// <summary>Multiplies the gradient of the outputs by the derivative along an axis.</summary>
    /// <param name="definition">The function; the axis does not matter to an element-wise one.</param>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="outputGradient">dC/dy, of the shape of the outputs.</param>
    /// <param name="inputGradient">
    /// Receives dC/dx; may be the memory of <paramref name="input"/>, or of <paramref name="outputGradient"/> where the function keeps the length.
    /// </param>
    /// <param name="shape">The length of every axis of the inputs.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    /// <param name="threads">How many threads may work, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no such axis, or the function has no rows of its length.</exception>
    public static void Backward(
        this ActivationDefinition definition,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        ReadOnlySpan<int> shape,
        int axis,
        in ActivationArguments<float> arguments,
        int threads = 1) =>
        AxisLoops<float, SinglePrecision>.Backward(definition, input, outputGradient, inputGradient, shape, axis, arguments, threads);

    /// <summary>The same in double precision.</summary>
    public static void Backward(
        this ActivationDefinition definition,
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> outputGradient,
        Span<double> inputGradient,
        ReadOnlySpan<int> shape,
        int axis,
        in ActivationArguments<double> arguments,
        int threads = 1) =>
        AxisLoops<double, DoublePrecision>.Backward(definition, input, outputGradient, inputGradient, shape, axis, arguments, threads);
}
