using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>An element-wise function whose passes run in registers of any width.</summary>
internal interface IElementwisePasses
{
    /// <summary>What is known of it.</summary>
    ActivationFacts Facts { get; }

    /// <summary>Whether the derivative at an output is declared to be that at its input, to the last bit.</summary>
    bool SlopeFollowsOutput { get; }

    /// <summary>Writes the formula down in terms of x and of what stands for its parameters.</summary>
    /// <param name="parameters">One expression for each parameter.</param>
    Expression Write(ReadOnlySpan<Expression> parameters);

    /// <summary>Runs a pass over floats or doubles.</summary>
    void Run<TScalar>(
        Pass pass, ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in ActivationArguments<TScalar> arguments, RegisterWidth width)
        where TScalar : unmanaged;
}
