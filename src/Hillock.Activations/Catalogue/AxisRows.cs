namespace Hillock.Activations.Catalogue;

/// <summary>How the rows along an axis lie in an array: outer × length × inner, neighbours of a row being <see cref="Inner"/> elements apart.</summary>
/// <param name="Outer">The product of the axes before.</param>
/// <param name="Length">The length of the axis.</param>
/// <param name="Inner">The product of the axes after.</param>
internal readonly record struct AxisRows(int Outer, int Length, int Inner)
{
    /// <summary>Columns that are gathered together: a line of the cache holds as many floats.</summary>
    private const int Columns = 16;

    /// <summary>The rows along an axis.</summary>
    /// <exception cref="ArgumentException">There is no such axis, or a length is negative, or there are more elements than an array may have.</exception>
    public static AxisRows Along(ReadOnlySpan<int> shape, int axis)
    {
        int rank = Math.Max(shape.Length, 1);
        if (axis < -rank || axis >= rank)
        {
            throw new ArgumentException($"there is no axis {axis} in ({string.Join(", ", shape.ToArray())}): allowed are {-rank} to {rank - 1}", nameof(axis));
        }

        if (shape.IsEmpty)
        {
            return new(1, 1, 1);
        }

        int index = axis < 0 ? axis + rank : axis;
        foreach (int length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
        }

        // Of no elements there are no rows, however long the other axes are.
        return shape.Contains(0) ? new(0, shape[index], 1) : new(Product(shape[..index], shape), shape[index], Product(shape[(index + 1)..], shape));
    }

    /// <summary>Refuses an array of another length.</summary>
    public void Check(int count)
    {
        if ((Int128)Outer * Length * Inner != count)
        {
            throw new ArgumentException($"{count} elements do not fill {Outer} × {Length} × {Inner}", nameof(count));
        }
    }

    /// <summary>Does some work for each tile of up to 16 neighbouring rows.</summary>
    public void ForEachTile(int threads, Action<Tile> work)
    {
        int across = (Inner + Columns - 1) / Columns;
        int inner = Inner;
        Parallel.For(0, Outer * across, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            int first = i % across * Columns;
            work(new Tile(i / across, first, Math.Min(Columns, inner - first)));
        });
    }

    private static int Product(ReadOnlySpan<int> lengths, ReadOnlySpan<int> shape)
    {
        long product = 1;
        foreach (int length in lengths)
        {
            product *= length;
            if (product > Array.MaxLength)
            {
                throw new ArgumentException($"({string.Join(", ", shape.ToArray())}) has more elements than an array may have", nameof(shape));
            }
        }

        return (int)product;
    }

    /// <summary>Neighbouring rows.</summary>
    /// <param name="Outer">Where they lie on the axes before.</param>
    /// <param name="First">The first of them on the axes after.</param>
    /// <param name="Count">How many.</param>
    public readonly record struct Tile(int Outer, int First, int Count);
}
