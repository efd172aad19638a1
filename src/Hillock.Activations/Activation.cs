using System.Numerics;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;

namespace Hillock.Activations;

/// <summary>
/// An activation function as a network uses it: an entry of the catalogue with every parameter constant, learned or random.
/// Immutable and safe to share between threads.
/// </summary>
public sealed partial class Activation
{
    /// <summary>At how many elements at a time the derivative is asked for: their gradients, all 1, stay in the first cache.</summary>
    private const int SlopeTile = 2048;

    /// <summary>Makes an activation from a catalogue entry and the modes of its parameters.</summary>
    /// <param name="definition">The function.</param>
    /// <param name="modes">One mode for each parameter, in the order of the formula; null for the defaults.</param>
    /// <param name="name">The name as the user gave it; null for the canonical text.</param>
    /// <exception cref="ArgumentException">There is not one mode for each parameter, or one that <see cref="Parse(string)"/> would refuse.</exception>
    public Activation(ActivationDefinition definition, IReadOnlyList<ParameterMode>? modes = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
        Modes = Array.AsReadOnly([.. modes ?? definition.Facts.Parameters.Select(p => p.Mode)]);
        if (Modes.Count != definition.Facts.Parameters.Count)
        {
            throw new ArgumentException(
                $"{definition.Facts.Name} has {definition.Facts.Parameters.Count} parameters, and {Modes.Count} modes were given", nameof(modes));
        }

        for (int i = 0; i < Modes.Count; i++)
        {
            CheckMode(definition.Facts, definition.Facts.Parameters[i], Modes[i]);
        }

        Name = name ?? definition.Facts.Name;
    }

    /// <summary>The catalogue entry.</summary>
    public ActivationDefinition Definition { get; }

    /// <summary>Where each parameter's value comes from, in the order of the formula.</summary>
    public IReadOnlyList<ParameterMode> Modes { get; }

    /// <summary>The name as the user gave it, such as <c>leaky_relu(alpha=0.1)</c> or <c>prelu</c>.</summary>
    public string Name { get; }

    /// <summary>What <see cref="Parse(string)"/> would not accept either.</summary>
    private static void CheckMode(ActivationFacts facts, ParameterDeclaration parameter, ParameterMode? mode, string name = "modes")
    {
        string what = $"{facts.Name}'s {parameter.Name}";
        if (mode is null)
        {
            throw new ArgumentException($"{what} must be constant, learned or random, and its mode is null", name);
        }

        if (parameter.IsCount && !(mode is ParameterMode.Constant { Value: var count } && count == Math.Floor(count)))
        {
            throw new ArgumentOutOfRangeException(name, mode, $"{what} must be a whole number {parameter.Bounds}, neither learned nor random");
        }

        ReadOnlySpan<double> values = mode switch
        {
            ParameterMode.Constant constant => [constant.Value],
            ParameterMode.Learned learned => [learned.Initial],
            ParameterMode.Random random => [random.Lower, random.Upper],
            ParameterMode.Normal normal => [normal.Mean, normal.Deviation],
            _ => [],
        };
        foreach (double value in values)
        {
            // Kernels run in single precision, so a value beyond its range is as good as infinite; and a constant may be infinite where its bound is.
            bool allowed = float.IsFinite((float)value) || (double.IsPositiveInfinity(value) && mode is ParameterMode.Constant);
            if (!(allowed && value >= parameter.Minimum && value <= parameter.Maximum))
            {
                throw new ArgumentOutOfRangeException(name, mode, $"{what} must be a finite number {parameter.Bounds}");
            }
        }

        string? wrong = mode switch
        {
            ParameterMode.Learned { Scope: not (ParameterScope.Layer or ParameterScope.Channel) } => "is learned for a layer or for each channel",
            ParameterMode.Random random when !(random.Lower < random.Upper) => "is drawn between a lower bound and an upper bound above it",
            ParameterMode.Normal normal when !(normal.Deviation > 0) => "is drawn with a standard deviation above 0",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new ArgumentOutOfRangeException(name, mode, $"{what} {wrong}");
        }
    }

    /// <summary>How many outputs a row of inputs has, with the evaluation parameters.</summary>
    /// <param name="rowLength">The length of a row of inputs, 0 or more.</param>
    /// <exception cref="ArgumentException">The function has no rows of this length.</exception>
    public int OutputLength(int rowLength) =>
        Definition.OutputLength(rowLength, EvaluationArguments(stackalloc double[ActivationArguments<double>.MaximumCount]));

    /// <summary>Computes the function with its evaluation parameters, all inputs being one row; out of place, or in place where the function keeps the length.</summary>
    /// <param name="input">The inputs.</param>
    /// <param name="output">Receives the outputs, <see cref="OutputLength"/> of them.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap without starting together.</exception>
    public void Evaluate(ReadOnlySpan<float> input, Span<float> output) =>
        Definition.Forward(input, output, input.Length, EvaluationArguments(stackalloc float[ActivationArguments<float>.MaximumCount]));

    /// <summary>The same in double precision.</summary>
    public void Evaluate(ReadOnlySpan<double> input, Span<double> output) =>
        Definition.Forward(input, output, input.Length, EvaluationArguments(stackalloc double[ActivationArguments<double>.MaximumCount]));

    /// <summary>
    /// Computes the derivative with its evaluation parameters; out of place or in place. Of a function of rows, the derivative of the sum of the outputs, all
    /// inputs being one row.
    /// </summary>
    /// <param name="input">The inputs.</param>
    /// <param name="slope">Receives the derivative at each input.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap without starting together.</exception>
    public void Slope(ReadOnlySpan<float> input, Span<float> slope)
    {
        SpanChecks.SameLength(input, slope, nameof(slope));
        SpanChecks.SameStartOrDisjoint(input, slope, nameof(slope));
        ActivationArguments<float> arguments = EvaluationArguments(stackalloc float[ActivationArguments<float>.MaximumCount]);
        if (!Definition.IsElementwise)
        {
            Definition.Backward(input, Ones<float>(OutputLength(input.Length)), slope, input.Length, arguments);
            return;
        }

        Span<float> ones = stackalloc float[Math.Min(SlopeTile, input.Length)];
        ones.Fill(1);
        for (int start = 0; start < input.Length; start += SlopeTile)
        {
            int count = Math.Min(SlopeTile, input.Length - start);
            Definition.Backward(input.Slice(start, count), ones[..count], slope.Slice(start, count), count, arguments);
        }
    }

    /// <summary>The same in double precision.</summary>
    public void Slope(ReadOnlySpan<double> input, Span<double> slope)
    {
        SpanChecks.SameLength(input, slope, nameof(slope));
        SpanChecks.SameStartOrDisjoint(input, slope, nameof(slope));
        ActivationArguments<double> arguments = EvaluationArguments(stackalloc double[ActivationArguments<double>.MaximumCount]);
        if (!Definition.IsElementwise)
        {
            Definition.Backward(input, Ones<double>(OutputLength(input.Length)), slope, input.Length, arguments);
            return;
        }

        Span<double> ones = stackalloc double[Math.Min(SlopeTile, input.Length)];
        ones.Fill(1);
        for (int start = 0; start < input.Length; start += SlopeTile)
        {
            int count = Math.Min(SlopeTile, input.Length - start);
            Definition.Backward(input.Slice(start, count), ones[..count], slope.Slice(start, count), count, arguments);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static T[] Ones<T>(int length)
        where T : struct, INumber<T>
    {
        T[] ones = new T[length];
        Array.Fill(ones, T.One);
        return ones;
    }

    private ActivationArguments<T> EvaluationArguments<T>(Span<T> values)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < Modes.Count; i++)
        {
            values[i] = T.CreateTruncating(Modes[i].EvaluationValue);
        }

        return ActivationArguments.Constants<T>(values[..Modes.Count]);
    }
}
