namespace Hillock.Networks;

/// <summary>
/// Singular values by Hestenes' one-sided Jacobi rotations (Inversion of matrices by biorthogonalization, 1958): pairs of rows are turned until all are at
/// right angles; their lengths are the singular values, the small ones as exact as the great ones.
/// </summary>
internal static class SingularValueDecomposition
{
    private const int MostSweeps = 60;
    private const double Tolerance = 1e-14;

    /// <summary>The singular values of a matrix, the greatest first: as many as its shorter side is long.</summary>
    /// <param name="matrix">The matrix, row by row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    public static double[] Values(ReadOnlySpan<double> matrix, int rows, int columns)
    {
        // The shorter side becomes the rows that are turned.
        bool transposed = rows > columns;
        double[][] vectors = new double[Math.Min(rows, columns)][];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = new double[Math.Max(rows, columns)];
            for (int k = 0; k < vectors[i].Length; k++)
            {
                vectors[i][k] = transposed ? matrix[(k * columns) + i] : matrix[(i * columns) + k];
            }
        }

        bool turned = true;
        for (int sweep = 0; turned && sweep < MostSweeps; sweep++)
        {
            turned = false;
            for (int i = 0; i < vectors.Length; i++)
            {
                for (int j = i + 1; j < vectors.Length; j++)
                {
                    turned |= Turn(vectors[i], vectors[j]);
                }
            }
        }

        return [.. vectors.Select(vector => Math.Sqrt(Dot(vector, vector))).OrderDescending()];
    }

    /// <summary>Turns two rows in their plane until they are at right angles; false where they already are.</summary>
    private static bool Turn(double[] first, double[] second)
    {
        double product = Dot(first, second);
        double firstSquare = Dot(first, first);
        double secondSquare = Dot(second, second);
        if (Math.Abs(product) <= Tolerance * Math.Sqrt(firstSquare * secondSquare))
        {
            return false;
        }

        double ratio = (secondSquare - firstSquare) / (2 * product);
        double tangent = (ratio >= 0 ? 1 : -1) / (Math.Abs(ratio) + Math.Sqrt(1 + (ratio * ratio)));
        double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        double sine = cosine * tangent;
        for (int k = 0; k < first.Length; k++)
        {
            (first[k], second[k]) = ((cosine * first[k]) - (sine * second[k]), (sine * first[k]) + (cosine * second[k]));
        }

        return true;
    }

    private static double Dot(double[] first, double[] second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }

        return sum;
    }
}
