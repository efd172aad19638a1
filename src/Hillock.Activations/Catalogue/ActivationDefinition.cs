using System.Buffers;
using System.Numerics;
using Hillock.Activations.Elementary;
using Hillock.Activations.Kernels;
using Hillock.Activations.Numbers;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Catalogue;

/// <summary>
/// One entry of the catalogue: a function with its facts and its kernels. Made from a formula, never written by hand.
/// </summary>
public abstract class ActivationDefinition
{
    /// <summary>What the formula's file says about it.</summary>
    public abstract ActivationFacts Facts { get; }

    /// <summary>Whether every output depends on one input only; false for functions of a whole row, such as softmax.</summary>
    public abstract bool IsElementwise { get; }

    /// <summary>
    /// Whether there are as many outputs as inputs, whatever the length of a row; false for gated units, which halve a row, and others that
    /// <see cref="OutputLength(int, in ActivationArguments{float})"/> tells about.
    /// </summary>
    public virtual bool KeepsLength => true;

    /// <summary>How many outputs a row of inputs has.</summary>
    /// <param name="rowLength">The length of a row of inputs, 0 or more.</param>
    /// <param name="arguments">The parameters.</param>
    /// <exception cref="ArgumentException">The function has no rows of this length.</exception>
    public virtual int OutputLength(int rowLength, in ActivationArguments<float> arguments) => rowLength;

    /// <summary>The same for parameters in double precision.</summary>
    public virtual int OutputLength(int rowLength, in ActivationArguments<double> arguments) => rowLength;

    /// <summary>Computes the function.</summary>
    /// <param name="input">Rows one after the other.</param>
    /// <param name="output">
    /// Rows of outputs one after the other: as long as <paramref name="input"/> where the function <see cref="KeepsLength"/>, and then it may be the same
    /// memory; must not overlap otherwise.
    /// </param>
    /// <param name="rowLength">The length of a row; matters to functions of a row only.</param>
    /// <param name="arguments">The parameters, one value each or one for each output.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap without starting together.</exception>
    public abstract void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments);

    /// <summary>Multiplies the gradient of the outputs by the derivative at the inputs.</summary>
    /// <param name="input">What <see cref="Forward(ReadOnlySpan{float}, Span{float}, int, in ActivationArguments{float})"/> was given.</param>
    /// <param name="outputGradient">dC/dy, as long as the outputs.</param>
    /// <param name="inputGradient">
    /// Receives dC/dx; may be the memory of <paramref name="input"/>, or of <paramref name="outputGradient"/> where the function <see cref="KeepsLength"/>.
    /// </param>
    /// <param name="rowLength">The length of a row.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    public abstract void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments);

    /// <summary>
    /// Multiplies the gradient of the outputs by the derivative at the inputs, and gives the gradients by parameters with it: where the function allows it, of one evaluation.
    /// </summary>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="outputGradient">dC/dy, as long as the outputs.</param>
    /// <param name="inputGradient">
    /// Receives dC/dx, or is empty where it is not asked for; may be the memory of <paramref name="input"/>, or of <paramref name="outputGradient"/> where the function <see cref="KeepsLength"/>.
    /// </param>
    /// <param name="rowLength">The length of a row.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    /// <param name="parameterGradients">
    /// Receives dC/dp of the parameters for which it has room, which must lie apart from all else. Sums have a fixed order, in sixteen lanes: their bits do not depend on the machine.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not fit, or spans overlap that must not.</exception>
    public virtual void Backward(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        int rowLength,
        in ActivationArguments<float> arguments,
        in ParameterGradients<float> parameterGradients) =>
        OneByOne<float, SinglePrecision>(input, outputGradient, inputGradient, rowLength, arguments, parameterGradients);

    /// <summary>Computes, for each output, what it adds to the gradient by one parameter: dC/dy·∂f/∂p. Backward passes add it up.</summary>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="outputGradient">dC/dy.</param>
    /// <param name="contributions">Receives the summands, one for each output.</param>
    /// <param name="rowLength">The length of a row.</param>
    /// <param name="parameter">The index of the parameter in <see cref="ActivationFacts.Parameters"/>.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    protected internal abstract void ParameterGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int rowLength, int parameter, in ActivationArguments<float> arguments);

    /// <summary>The same in double precision.</summary>
    public abstract void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments);

    /// <summary>The same in double precision.</summary>
    public abstract void Backward(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments);

    /// <summary>The same in double precision.</summary>
    public virtual void Backward(
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> outputGradient,
        Span<double> inputGradient,
        int rowLength,
        in ActivationArguments<double> arguments,
        in ParameterGradients<double> parameterGradients) =>
        OneByOne<double, DoublePrecision>(input, outputGradient, inputGradient, rowLength, arguments, parameterGradients);

    /// <summary>The same in double precision.</summary>
    protected internal abstract void ParameterGradient(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int rowLength, int parameter, in ActivationArguments<double> arguments);

    /// <summary>Whether <see cref="BackwardFromOutput(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int, in ActivationArguments{float})"/> is there.</summary>
    public virtual bool HasBackwardFromOutput => false;

    /// <summary>
    /// Multiplies the gradient of the outputs by the derivative, computed from the outputs alone: cheaper than from the inputs, which need not be kept. As
    /// accurate as the outputs: what these have lost in rounding the gradient has lost too.
    /// </summary>
    /// <param name="output">What the forward pass gave.</param>
    /// <param name="outputGradient">dC/dy, as long as <paramref name="output"/>.</param>
    /// <param name="inputGradient">Receives dC/dx; may be the memory of either.</param>
    /// <param name="rowLength">The length of a row.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    /// <exception cref="NotSupportedException">The derivative of this function needs the inputs.</exception>
    public virtual void BackwardFromOutput(
        ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
        throw NoBackwardFromOutput();

    /// <summary>The same in double precision.</summary>
    public virtual void BackwardFromOutput(
        ReadOnlySpan<double> output, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
        throw NoBackwardFromOutput();

    /// <summary>
    /// Whether <see cref="BackwardFromMask(ReadOnlySpan{uint}, ReadOnlySpan{float}, Span{float}, in ActivationArguments{float})"/> is there: the derivative has but
    /// two values, such as 0 and 1.
    /// </summary>
    public virtual bool HasBackwardFromMask => false;

    /// <summary>How many words the mask of so many elements has: one for every sixteen, so spans are best cut at multiples of sixteen.</summary>
    /// <param name="length">The elements, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static int MaskLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return SlopeMask.Words(length);
    }

    /// <summary>Computes the function, and the mask from which its backward pass can be computed when neither inputs nor outputs are there any more.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="output">Receives the outputs; as long as <paramref name="input"/>, and may be the same memory.</param>
    /// <param name="mask">
    /// Receives <see cref="MaskLength"/> words. Of word w the bit i, from 0 to 15, tells which slope the element 16·w + i has, and the bit 16 + i whether it is
    /// NaN; bits beyond the last element mean nothing.
    /// </param>
    /// <param name="arguments">The parameters, one value each.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a parameter has several values, or the spans overlap without starting together.</exception>
    /// <exception cref="NotSupportedException">The derivative of this function has more than two values.</exception>
    public virtual void ForwardWithMask(ReadOnlySpan<float> input, Span<float> output, Span<uint> mask, in ActivationArguments<float> arguments) =>
        throw NoBackwardFromMask();

    /// <summary>The same in double precision.</summary>
    public virtual void ForwardWithMask(ReadOnlySpan<double> input, Span<double> output, Span<uint> mask, in ActivationArguments<double> arguments) =>
        throw NoBackwardFromMask();

    /// <summary>
    /// Multiplies the gradient of the outputs by the derivative, which the mask tells: the bits are those of
    /// <see cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int, in ActivationArguments{float})"/>, from a sixteenth of its memory.
    /// </summary>
    /// <param name="mask">What <see cref="ForwardWithMask(ReadOnlySpan{float}, Span{float}, Span{uint}, in ActivationArguments{float})"/> gave.</param>
    /// <param name="outputGradient">dC/dy.</param>
    /// <param name="inputGradient">Receives dC/dx; as long as <paramref name="outputGradient"/>, and may be the same memory.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a parameter has several values, or the spans overlap without starting together.</exception>
    /// <exception cref="NotSupportedException">The derivative of this function has more than two values.</exception>
    public virtual void BackwardFromMask(
        ReadOnlySpan<uint> mask, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, in ActivationArguments<float> arguments) =>
        throw NoBackwardFromMask();

    /// <summary>The same in double precision.</summary>
    public virtual void BackwardFromMask(
        ReadOnlySpan<uint> mask, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, in ActivationArguments<double> arguments) =>
        throw NoBackwardFromMask();

    /// <summary>The formula as text, such as <c>x * sigmoid(x)</c>.</summary>
    public abstract string Formula { get; }

    /// <summary>The derivative by x as text.</summary>
    public abstract string Derivative { get; }

    /// <summary>The formula in LaTeX: f(x), or the outputs y_i of a function of rows.</summary>
    public abstract string FormulaLatex { get; }

    /// <summary>The derivative in LaTeX: f'(x), or an equation for a function of rows; null where it is longer than anyone would read.</summary>
    public abstract string? DerivativeLatex { get; }

    /// <summary>The rows by which a function of rows is drawn.</summary>
    /// <param name="modes">The parameters, of which a count, such as that of maxout's pieces, is the shortest row.</param>
    public virtual ExampleRow Example(IReadOnlyList<ParameterMode> modes) =>
        new(Facts.Parameters.Zip(modes).Where(pair => pair.First.IsCount).Select(pair => (int)pair.Second.EvaluationValue).Append(2).Max(), 0, 0);

    /// <summary>Whether the axes after the one that the function runs along may be taken as part of it: halves of a joined axis are halves of the first.</summary>
    internal virtual bool JoinsAxes => false;

    /// <summary>The function with its parameters in given modes as text that is read back as the same.</summary>
    internal virtual string Specification(IReadOnlyList<ParameterMode> modes) => Facts.Parameters.Count == 0
        ? Facts.Name
        : $"{Facts.Name}({string.Join(", ", Facts.Parameters.Zip(modes, (parameter, mode) => $"{parameter.Name}={mode.Text}"))})";

    /// <summary>Value, derivative and the derivative's largest summand by the formula as it is written: in double-double it is what the kernels are judged by.</summary>
    internal virtual SummandBound<T> Reference<T>(T x, ReadOnlySpan<double> parameters)
        where T : struct, IReal<T> =>
        throw new NotSupportedException($"{Facts.Name} is no function of a single input");

    /// <summary>A pass for each parameter, and one for the inputs: where no evaluation gives them together.</summary>
    private void OneByOne<T, TPrecision>(
        ReadOnlySpan<T> input,
        ReadOnlySpan<T> outputGradient,
        Span<T> inputGradient,
        int rowLength,
        in ActivationArguments<T> arguments,
        in ParameterGradients<T> parameterGradients)
        where T : unmanaged, IAdditionOperators<T, T, T>
        where TPrecision : struct, IPrecision<T>
    {
        int count = SpanChecks.ParameterGradients(parameterGradients, Facts, input, outputGradient, inputGradient);
        for (int p = 0; p < count; p++)
        {
            Span<T> target = parameterGradients[p];
            if (target.Length == outputGradient.Length)
            {
                TPrecision.ParameterGradient(this, input, outputGradient, target, rowLength, p, arguments);
            }
            else if (!target.IsEmpty)
            {
                T[] rented = ArrayPool<T>.Shared.Rent(outputGradient.Length);
                Span<T> contributions = rented.AsSpan(0, outputGradient.Length);
                TPrecision.ParameterGradient(this, input, outputGradient, contributions, rowLength, p, arguments);
                target[0] = FixedTree.Sum<T>(contributions);
                ArrayPool<T>.Shared.Return(rented);
            }
        }

        if (!inputGradient.IsEmpty)
        {
            TPrecision.Backward(this, input, outputGradient, inputGradient, rowLength, arguments, threads: 1);
        }
    }

    /// <summary>What is thrown where there is no gradient from the outputs.</summary>
    private protected NotSupportedException NoBackwardFromOutput() => new($"the derivative of {Facts.Name} cannot be computed from its outputs");

    /// <summary>What is thrown where there is no gradient from a mask.</summary>
    private protected NotSupportedException NoBackwardFromMask() => new($"the derivative of {Facts.Name} has more than two values: no mask can tell them");
}
