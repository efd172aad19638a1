namespace Hillock.Activations.Fitting;

/// <summary>Linear least squares of a few unknowns by Householder reflections.</summary>
internal static class LeastSquares
{
    /// <summary>The solution of the equations in the rows of a matrix for which the sum of squared errors is least.</summary>
    /// <param name="rows">The equations, more than unknowns; overwritten.</param>
    /// <param name="right">Their right sides; overwritten.</param>
    public static double[] Solve(double[,] rows, double[] right)
    {
        int equations = rows.GetLength(0);
        int unknowns = rows.GetLength(1);
        for (int k = 0; k < unknowns; k++)
        {
            Reflect(rows, right, k, equations, unknowns);
        }

        double[] solution = new double[unknowns];
        for (int k = unknowns - 1; k >= 0; k--)
        {
            double sum = right[k];
            for (int j = k + 1; j < unknowns; j++)
            {
                sum -= rows[k, j] * solution[j];
            }

            // A column that says nothing new leaves its unknown at zero.
            solution[k] = rows[k, k] == 0 ? 0 : sum / rows[k, k];
        }

        return solution;
    }

    /// <summary>Makes what is below the diagonal of a column zero.</summary>
    private static void Reflect(double[,] rows, double[] right, int column, int equations, int unknowns)
    {
        double norm = 0;
        for (int i = column; i < equations; i++)
        {
            norm += rows[i, column] * rows[i, column];
        }

        norm = Math.Sqrt(norm);
        if (norm == 0)
        {
            return;
        }

        double diagonal = rows[column, column] > 0 ? -norm : norm;
        double[] reflector = new double[equations];
        for (int i = column; i < equations; i++)
        {
            reflector[i] = rows[i, column];
        }

        reflector[column] -= diagonal;
        double scale = -diagonal * reflector[column];
        for (int j = column; j < unknowns; j++)
        {
            double product = 0;
            for (int i = column; i < equations; i++)
            {
                product += reflector[i] * rows[i, j];
            }

            for (int i = column; i < equations; i++)
            {
                rows[i, j] -= product / scale * reflector[i];
            }
        }

        double ofRight = 0;
        for (int i = column; i < equations; i++)
        {
            ofRight += reflector[i] * right[i];
        }

        for (int i = column; i < equations; i++)
        {
            right[i] -= ofRight / scale * reflector[i];
        }
    }
}
