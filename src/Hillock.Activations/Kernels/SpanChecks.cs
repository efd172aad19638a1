namespace Hillock.Activations.Kernels;

/// <summary>What every kernel asks of the spans it is given.</summary>
internal static class SpanChecks
{
    /// <summary>Both spans are equally long.</summary>
    public static void SameLength<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> other, string name)
    {
        if (other.Length != input.Length)
        {
            throw new ArgumentException($"{name} has {other.Length} elements; it must have as many as the input, {input.Length}", name);
        }
    }

    /// <summary>The spans start together or share nothing.</summary>
    public static void SameStartOrDisjoint<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> result, string name)
    {
        if (input.Overlaps(result, out int offset) && offset != 0)
        {
            throw new ArgumentException($"{name} overlaps the input by an offset of {offset}; it must start with it or lie apart from it", name);
        }
    }

    /// <summary>The span holds whole rows.</summary>
    public static void WholeRows<T>(ReadOnlySpan<T> input, int rowLength)
    {
        if (rowLength <= 0 ? !input.IsEmpty : input.Length % rowLength != 0)
        {
            throw new ArgumentException($"{input.Length} elements are no whole number of rows of {rowLength}", nameof(rowLength));
        }
    }
}
