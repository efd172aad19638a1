using System.Runtime.InteropServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Custom;

/// <summary>
/// A function of the catalogue that a text spells out, such as silu for <c>x / (1 + exp(-x))</c>: its kernels compute the text.
/// </summary>
internal sealed class BuiltInTwin
{
    private readonly IElementwisePasses _function;
    private readonly bool _forFloats;
    private readonly bool _forDoubles;
    private readonly double[]? _doubles;
    private readonly float[]? _floats;
    private readonly int[] _order;

    private BuiltInTwin(BuiltInMatch match, bool forFloats, bool forDoubles)
    {
        _function = match.Function;
        _forFloats = forFloats;
        _forDoubles = forDoubles;
        _doubles = match.Numbers;
        _order = match.Order ?? [];
        _floats = match.Numbers is null ? null : [.. match.Numbers.Select(value => (float)value)];
    }

    /// <summary>What is known of the function.</summary>
    public ActivationFacts Facts => _function.Facts;

    /// <summary>Whether the text's parameters are the function's.</summary>
    public bool HasParameters => _doubles is null;

    /// <summary>The twin of a formula, or null.</summary>
    /// <param name="match">The function that it is.</param>
    public static BuiltInTwin? Of(BuiltInMatch match)
    {
        bool forFloats = match.Numbers is null || match.IsDefault || FloatParameters.Suffice(match);
        return forFloats || match.InDoubles ? new(match, forFloats, match.InDoubles) : null;
    }

    /// <summary>Whether its kernels are the text's for floats, or for doubles.</summary>
    public bool Serves<TScalar>() => typeof(TScalar) == typeof(double) ? _forDoubles : _forFloats;

    /// <summary>Runs a pass over floats or doubles.</summary>
    public void Run<TScalar>(
        Pass pass, ReadOnlySpan<TScalar> input, ReadOnlySpan<TScalar> gradient, Span<TScalar> result, in ActivationArguments<TScalar> arguments, RegisterWidth width)
        where TScalar : unmanaged
    {
        if (HasParameters)
        {
            Pass own = pass < Pass.ByFirst ? pass : Pass.ByFirst + Array.IndexOf(_order, pass - Pass.ByFirst);
            _function.Run(own, input, gradient, result, Ordered(arguments), width);
        }
        else
        {
            ReadOnlySpan<TScalar> constants = typeof(TScalar) == typeof(double) ? MemoryMarshal.Cast<double, TScalar>(_doubles) : MemoryMarshal.Cast<float, TScalar>(_floats);
            _function.Run(pass, input, gradient, result, ActivationArguments.Constants(constants), width);
        }
    }

    /// <summary>Computes gradients by inputs and parameters, where the twin <see cref="HasParameters"/>.</summary>
    public void Run(
        ReadOnlySpan<float> input, ReadOnlySpan<float> gradient, Span<float> result, in ActivationArguments<float> arguments, in ParameterGradients<float> parameterGradients) =>
        ((ActivationDefinition)_function).Backward(input, gradient, result, input.Length, Ordered(arguments), Ordered(parameterGradients));

    /// <summary>The same in double precision.</summary>
    public void Run(
        ReadOnlySpan<double> input, ReadOnlySpan<double> gradient, Span<double> result, in ActivationArguments<double> arguments, in ParameterGradients<double> parameterGradients) =>
        ((ActivationDefinition)_function).Backward(input, gradient, result, input.Length, Ordered(arguments), Ordered(parameterGradients));

    private ActivationArguments<TScalar> Ordered<TScalar>(in ActivationArguments<TScalar> arguments)
        where TScalar : unmanaged
    {
        ActivationArguments<TScalar> ordered = new(default) { OneForEach = arguments.OneForEach };
        for (int p = 0; p < _order.Length; p++)
        {
            ordered = ordered.With(p, arguments[_order[p]]);
        }

        return ordered;
    }

    private ParameterGradients<TScalar> Ordered<TScalar>(in ParameterGradients<TScalar> gradients)
        where TScalar : unmanaged
    {
        ParameterGradients<TScalar> ordered = default;
        for (int p = 0; p < _order.Length; p++)
        {
            ordered = ordered.With(p, gradients[_order[p]]);
        }

        return ordered;
    }
}
