using Hillock.Activations.Numbers;

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

    /// <summary>Computes the function.</summary>
    /// <param name="input">Rows one after the other.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be the same memory, must not overlap otherwise.</param>
    /// <param name="rowLength">The length of a row; matters to functions of a row only.</param>
    /// <param name="arguments">The parameters, one value each or one for each element.</param>
    /// <exception cref="ArgumentException">Lengths differ, or the spans overlap without starting together.</exception>
    public abstract void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments);

    /// <summary>Multiplies the gradient of the outputs by the derivative at the inputs.</summary>
    /// <param name="input">What <see cref="Forward(ReadOnlySpan{float}, Span{float}, int, in ActivationArguments{float})"/> was given.</param>
    /// <param name="outputGradient">dC/dy, as long as <paramref name="input"/>.</param>
    /// <param name="inputGradient">Receives dC/dx; may be the memory of <paramref name="outputGradient"/> or of <paramref name="input"/>.</param>
    /// <param name="rowLength">The length of a row.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    public abstract void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments);

    /// <summary>Computes, for each element, what it adds to the gradient of one parameter: dC/dy·∂f/∂p.</summary>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="outputGradient">dC/dy.</param>
    /// <param name="contributions">Receives the summands, one for each element.</param>
    /// <param name="parameter">The index of the parameter in <see cref="ActivationFacts.Parameters"/>.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    public abstract void ParameterGradient(
        ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int parameter, in ActivationArguments<float> arguments);

    /// <summary>The same in double precision.</summary>
    public abstract void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments);

    /// <summary>The same in double precision.</summary>
    public abstract void Backward(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments);

    /// <summary>The same in double precision.</summary>
    public abstract void ParameterGradient(
        ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int parameter, in ActivationArguments<double> arguments);

    /// <summary>The formula as text, such as <c>x * sigmoid(x)</c>.</summary>
    public abstract string Formula { get; }

    /// <summary>The derivative by x as text.</summary>
    public abstract string Derivative { get; }

    /// <summary>The formula in LaTeX, where it is an expression in x; null for functions of rows.</summary>
    public virtual string? FormulaLatex => null;

    /// <summary>The derivative by x in LaTeX; null where there is no <see cref="FormulaLatex"/>.</summary>
    public virtual string? DerivativeLatex => null;

    /// <summary>The function with its parameters in given modes as text that is read back as the same.</summary>
    internal virtual string Specification(IReadOnlyList<ParameterMode> modes) => Facts.Parameters.Count == 0
        ? Facts.Name
        : $"{Facts.Name}({string.Join(", ", Facts.Parameters.Zip(modes, (parameter, mode) => $"{parameter.Name}={mode.Text}"))})";

    /// <summary>The largest summand of the derivative at a point, multiplied out: what the accuracy of the derivative is measured by where summands cancel.</summary>
    internal virtual double LargestSummand(double x, ReadOnlySpan<double> parameters) =>
        throw new NotSupportedException($"{Facts.Name} has no derivative of a single input");
}
