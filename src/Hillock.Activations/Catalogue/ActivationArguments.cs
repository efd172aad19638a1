namespace Hillock.Activations.Catalogue;

/// <summary>
/// The values of a formula's parameters during one call: each a span of one value, which serves every element, or a span
/// as long as the output, one value for each; of a single output, <see cref="OneForEach"/> tells which. A missing (empty) span stands for a parameter that the formula does not have.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct ActivationArguments<T>
    where T : struct
{
    /// <summary>The most parameters a formula may have.</summary>
    public const int MaximumCount = 12;

    /// <summary>Makes the arguments of a call.</summary>
    public ActivationArguments(
        ReadOnlySpan<T> first,
        ReadOnlySpan<T> second = default,
        ReadOnlySpan<T> third = default,
        ReadOnlySpan<T> fourth = default,
        ReadOnlySpan<T> fifth = default,
        ReadOnlySpan<T> sixth = default,
        ReadOnlySpan<T> seventh = default,
        ReadOnlySpan<T> eighth = default,
        ReadOnlySpan<T> ninth = default,
        ReadOnlySpan<T> tenth = default,
        ReadOnlySpan<T> eleventh = default,
        ReadOnlySpan<T> twelfth = default)
    {
        First = first;
        Second = second;
        Third = third;
        Fourth = fourth;
        Fifth = fifth;
        Sixth = sixth;
        Seventh = seventh;
        Eighth = eighth;
        Ninth = ninth;
        Tenth = tenth;
        Eleventh = eleventh;
        Twelfth = twelfth;
    }

    /// <summary>
    /// Whether the parameters of a call on a single element are its own, as they are where others like it have one for each: results do not depend on how elements are
    /// dealt out to calls, but one value for all allows kernels that round otherwise.
    /// </summary>
    public bool OneForEach { get; init; }

    /// <summary>The first parameter.</summary>
    public ReadOnlySpan<T> First { get; }

    /// <summary>The second parameter.</summary>
    public ReadOnlySpan<T> Second { get; }

    /// <summary>The third parameter.</summary>
    public ReadOnlySpan<T> Third { get; }

    /// <summary>The fourth parameter.</summary>
    public ReadOnlySpan<T> Fourth { get; }

    /// <summary>The fifth parameter.</summary>
    public ReadOnlySpan<T> Fifth { get; }

    /// <summary>The sixth parameter.</summary>
    public ReadOnlySpan<T> Sixth { get; }

    /// <summary>The seventh parameter.</summary>
    public ReadOnlySpan<T> Seventh { get; }

    /// <summary>The eighth parameter.</summary>
    public ReadOnlySpan<T> Eighth { get; }

    /// <summary>The ninth parameter.</summary>
    public ReadOnlySpan<T> Ninth { get; }

    /// <summary>The tenth parameter.</summary>
    public ReadOnlySpan<T> Tenth { get; }

    /// <summary>The eleventh parameter.</summary>
    public ReadOnlySpan<T> Eleventh { get; }

    /// <summary>The twelfth parameter.</summary>
    public ReadOnlySpan<T> Twelfth { get; }

    /// <summary>The parameter of an index.</summary>
    /// <param name="index">From 0 to 11.</param>
    public ReadOnlySpan<T> this[int index] => index switch
    {
        0 => First,
        1 => Second,
        2 => Third,
        3 => Fourth,
        4 => Fifth,
        5 => Sixth,
        6 => Seventh,
        7 => Eighth,
        8 => Ninth,
        9 => Tenth,
        10 => Eleventh,
        11 => Twelfth,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, $"a formula has at most {MaximumCount} parameters"),
    };

    /// <summary>One more than the index of the last parameter that is not missing.</summary>
    internal int CountGiven()
    {
        // Most functions have no parameter, or few: a call on a short span must not pay for looking at twelve.
        int count = (Fifth.Length | Sixth.Length | Seventh.Length | Eighth.Length | Ninth.Length | Tenth.Length | Eleventh.Length | Twelfth.Length) != 0
            ? MaximumCount
            : (Third.Length | Fourth.Length) != 0 ? 4 : 2;
        while (count > 0 && this[count - 1].IsEmpty)
        {
            count--;
        }

        return count;
    }

    /// <summary>The same arguments but for one.</summary>
    /// <param name="index">The index of the parameter that is replaced.</param>
    /// <param name="values">Its values.</param>
    public ActivationArguments<T> With(int index, ReadOnlySpan<T> values) => new(
        index == 0 ? values : First,
        index == 1 ? values : Second,
        index == 2 ? values : Third,
        index == 3 ? values : Fourth,
        index == 4 ? values : Fifth,
        index == 5 ? values : Sixth,
        index == 6 ? values : Seventh,
        index == 7 ? values : Eighth,
        index == 8 ? values : Ninth,
        index == 9 ? values : Tenth,
        index == 10 ? values : Eleventh,
        index == 11 ? values : Twelfth)
    { OneForEach = OneForEach };
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
        return new(
            One(values, 0), One(values, 1), One(values, 2), One(values, 3),
            One(values, 4), One(values, 5), One(values, 6), One(values, 7),
            One(values, 8), One(values, 9), One(values, 10), One(values, 11));

        static ReadOnlySpan<T> One(ReadOnlySpan<T> values, int index) => index < values.Length ? values.Slice(index, 1) : default;
    }
}
