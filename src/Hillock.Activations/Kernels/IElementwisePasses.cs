using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>An element-wise function whose passes run in registers of any width.</summary>
internal interface IElementwisePasses
{
    /// <summary>What is known of it.</summary>
    ActivationFacts Facts { get; }

    /// <summary>Writes the formula down in terms of x and of what stands for its parameters.</summary>
    /// <param name="parameters">One expression for each parameter.</param>
    Expression Write(ReadOnlySpan<Expression> parameters);

    /// <summary>Runs a pass over floats.</summary>
    void Run(
        Pass pass, ReadOnlySpan<float> input, ReadOnlySpan<float> gradient, Span<float> result, in ActivationArguments<float> arguments, RegisterWidth width);

    /// <summary>Runs a pass over doubles.</summary>
    void Run(
        Pass pass, ReadOnlySpan<double> input, ReadOnlySpan<double> gradient, Span<double> result, in ActivationArguments<double> arguments, RegisterWidth width);
}
