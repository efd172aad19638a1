namespace Hillock.Interchange.Npy;

/// <summary>An array of any shape as NPY files hold it: <see cref="NpyArray{T}"/> of float or double. The values lie in row-major order, the last axis being dense.</summary>
public abstract class NpyArray
{
    private protected NpyArray(IReadOnlyList<int> shape, int count)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(n => n < 0) || shape.Aggregate(1L, (product, n) => Math.Min(product * n, long.MaxValue >> 32)) != count)
        {
            throw new ArgumentException($"{count} values do not fill the shape {Text(shape)}", nameof(shape));
        }

        Shape = shape;
    }

    /// <summary>The length of every axis; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The shape in the notation of NumPy, such as <c>(3, 4)</c>.</summary>
    public string ShapeText => Text(Shape);

    /// <summary>The type of the values as NumPy calls it.</summary>
    public abstract string TypeText { get; }

    /// <summary>A shape in the notation of NumPy, such as <c>(3, 4)</c>.</summary>
    /// <param name="shape">The length of every axis.</param>
    public static string Text(IReadOnlyList<int> shape) => shape.Count == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
}

/// <summary>An array of floats or doubles.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NpyArray<T> : NpyArray
    where T : unmanaged
{
    /// <summary>Makes an array of values.</summary>
    /// <param name="shape">The length of every axis.</param>
    /// <param name="values">The values in row-major order; they are not copied.</param>
    /// <exception cref="ArgumentException">There are not as many values as the shape asks for, or they are neither floats nor doubles.</exception>
    public NpyArray(IReadOnlyList<int> shape, T[] values)
        : base(shape, values.Length)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new ArgumentException($"arrays are of float or double, not of {typeof(T).Name}", nameof(values));
        }

        Values = values;
    }

    /// <summary>The values in row-major order.</summary>
    public T[] Values { get; }

    /// <inheritdoc/>
    public override string TypeText => typeof(T) == typeof(float) ? "float32" : "float64";
}
