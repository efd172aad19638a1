using System.Runtime.InteropServices;

namespace Hillock.Activations.Catalogue;

/// <summary>
/// Where a backward pass puts the gradients by a formula's parameters, dC/dp: for each parameter a span of one value, which receives the sum over all outputs, a span as long as the
/// outputs, which receives what each of them adds, or an empty one where the gradient is not asked for. So the gradient by a parameter has the shape of its
/// <see cref="ActivationArguments{T}"/>, and may have the longer one.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct ParameterGradients<T>
    where T : struct
{
    private readonly ActivationArguments<T> _spans;

    private ParameterGradients(ActivationArguments<T> spans) => _spans = spans;

    /// <summary>Where the gradient by a parameter goes.</summary>
    /// <param name="index">From 0 to 11.</param>
    public Span<T> this[int index]
    {
        get
        {
            // Only spans that may be written to were given to With.
            ReadOnlySpan<T> span = _spans[index];
            return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(span), span.Length);
        }
    }

    /// <summary>The same but for one.</summary>
    /// <param name="index">The index of the parameter in <see cref="ActivationFacts.Parameters"/>.</param>
    /// <param name="gradient">Receives its gradient.</param>
    public ParameterGradients<T> With(int index, Span<T> gradient)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ActivationArguments<T>.MaximumCount);
        return new(_spans.With(index, gradient));
    }

    /// <summary>One more than the index of the last parameter whose gradient is asked for.</summary>
    internal int CountGiven() => _spans.CountGiven();
}

/// <summary>Makes <see cref="ParameterGradients{T}"/>.</summary>
public static class ParameterGradients
{
    /// <summary>The sums of the gradients by all parameters.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="sums">Receives them, one for each parameter, at most <see cref="ActivationArguments{T}.MaximumCount"/>.</param>
    public static ParameterGradients<T> Sums<T>(Span<T> sums)
        where T : struct
    {
        ParameterGradients<T> gradients = default;
        for (int i = 0; i < sums.Length; i++)
        {
            gradients = gradients.With(i, sums.Slice(i, 1));
        }

        return gradients;
    }
}
