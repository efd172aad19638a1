namespace Hillock.Activations.Catalogue;

/// <summary>
/// The values of a formula's parameters during one call: each a span of one value, which serves every element, or a span
/// as long as the output, one value for each. A missing (empty) span stands for a parameter that the formula does not have.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct ActivationArguments<T>
    where T : struct
{
    /// <summary>Makes the arguments of a call.</summary>
    public ActivationArguments(ReadOnlySpan<T> first, ReadOnlySpan<T> second = default, ReadOnlySpan<T> third = default, ReadOnlySpan<T> fourth = default)
    {
        First = first;
        Second = second;
        Third = third;
        Fourth = fourth;
    }

    /// <summary>The most parameters a formula may have.</summary>
    public const int MaximumCount = 4;

    /// <summary>The first parameter.</summary>
    public ReadOnlySpan<T> First { get; }

    /// <summary>The second parameter.</summary>
    public ReadOnlySpan<T> Second { get; }

    /// <summary>The third parameter.</summary>
    public ReadOnlySpan<T> Third { get; }

    /// <summary>The fourth parameter.</summary>
    public ReadOnlySpan<T> Fourth { get; }
}

/// <summary>Makes <see cref="ActivationArguments{T}"/>.</summary>
public static class ActivationArguments
{
    /// <summary>One value for each parameter, in the order of the formula.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The values, at most <see cref="ActivationArguments{T}.MaximumCount"/>.</param>
    public static ActivationArguments<T> Constants<T>(ReadOnlySpan<T> values)
        where T : struct
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, ActivationArguments<T>.MaximumCount, nameof(values));
        return new(One(values, 0), One(values, 1), One(values, 2), One(values, 3));

        static ReadOnlySpan<T> One(ReadOnlySpan<T> values, int index) => index < values.Length ? values.Slice(index, 1) : default;
    }
}
