namespace Hillock.Networks;

/// <summary>A linear map and what it adds: y = A·x + c, in double precision.</summary>
public sealed class AffineMap
{
    private readonly double[] _matrix;
    private readonly double[] _offset;

    /// <summary>Makes a map of its numbers, which are used as they are and must not be changed.</summary>
    /// <param name="matrix">A, row by row: one row of as many numbers as there are inputs for each output.</param>
    /// <param name="offset">c, one number for each output.</param>
    /// <exception cref="ArgumentException">The numbers do not make whole rows.</exception>
    public AffineMap(double[] matrix, double[] offset)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(offset);
        if (offset.Length == 0 || matrix.Length % offset.Length != 0)
        {
            throw new ArgumentException($"{matrix.Length} numbers do not make {offset.Length} whole rows", nameof(matrix));
        }

        _matrix = matrix;
        _offset = offset;
        Inputs = matrix.Length / offset.Length;
    }

    /// <summary>The number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>The number of outputs.</summary>
    public int Outputs => _offset.Length;

    /// <summary>A, row by row: <see cref="Outputs"/> rows of <see cref="Inputs"/> numbers.</summary>
    public ReadOnlySpan<double> Matrix => _matrix;

    /// <summary>c, one number for each output.</summary>
    public ReadOnlySpan<double> Offset => _offset;

    /// <summary>What the map makes of a sample.</summary>
    /// <param name="input">As many numbers as <see cref="Inputs"/>.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public double[] Apply(ReadOnlySpan<double> input)
    {
        if (input.Length != Inputs)
        {
            throw new ArgumentException($"the map reads {Inputs} numbers, and {input.Length} were given", nameof(input));
        }

        double[] output = (double[])_offset.Clone();
        for (int row = 0; row < output.Length; row++)
        {
            ReadOnlySpan<double> weights = Matrix.Slice(row * Inputs, Inputs);
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * input[i];
            }

            output[row] += sum;
        }

        return output;
    }

    /// <summary>This map after another: x goes through <paramref name="first"/>, what comes out through this.</summary>
    internal AffineMap After(AffineMap first) => new(Product(Matrix, first.Matrix, Outputs, Inputs, first.Inputs), Apply(first.Offset));

    /// <summary>This map with the outputs multiplied by slopes and shifted: what an activation makes of it near a point.</summary>
    internal AffineMap Scaled(ReadOnlySpan<double> slopes, ReadOnlySpan<double> intercepts)
    {
        double[] matrix = (double[])_matrix.Clone();
        double[] offset = (double[])_offset.Clone();
        for (int row = 0; row < offset.Length; row++)
        {
            offset[row] = (slopes[row] * offset[row]) + intercepts[row];
            foreach (ref double weight in matrix.AsSpan(row * Inputs, Inputs))
            {
                weight *= slopes[row];
            }
        }

        return new AffineMap(matrix, offset);
    }

    private static double[] Product(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int rows, int depth, int columns)
    {
        double[] product = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            Span<double> sums = product.AsSpan(row * columns, columns);
            for (int k = 0; k < depth; k++)
            {
                double factor = left[(row * depth) + k];
                ReadOnlySpan<double> terms = right.Slice(k * columns, columns);
                for (int column = 0; factor != 0 && column < columns; column++)
                {
                    sums[column] += factor * terms[column];
                }
            }
        }

        return product;
    }
}
