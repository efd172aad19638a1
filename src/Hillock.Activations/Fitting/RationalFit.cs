namespace Hillock.Activations.Fitting;

/// <summary>
/// Fits (a0 + a1·x + ... + a5·x⁵)/(1 + |b1·x + ... + b4·x⁴|) to a function by least squares: first with an even denominator and the equation multiplied out, which is
/// linear (Levy 1959) and weighted anew with the denominator found (Sanathanan &amp; Koerner 1963), then by the method of Levenberg and Marquardt on the unit itself.
/// </summary>
internal static class RationalFit
{
    private const int Numerator = 6;
    private const int Count = 10;
    private const int Points = 241;
    private const int Reweightings = 12;
    private const int Steps = 60;

    /// <summary>Fits a function between -reach and reach.</summary>
    /// <param name="function">Fills its second argument with the values at the first.</param>
    /// <param name="reach">The half width of the interval.</param>
    /// <returns>a0 to a5, then b1 to b4; NaN where the function is not a number everywhere.</returns>
    public static double[] To(Action<double[], double[]> function, double reach)
    {
        double[] x = [.. Enumerable.Range(0, Points).Select(i => reach * ((2.0 * i / (Points - 1)) - 1))];
        double[] y = new double[Points];
        function(x, y);
        if (!y.All(double.IsFinite))
        {
            return [.. Enumerable.Repeat(double.NaN, Count)];
        }

        double[] start = Linear(x, y);
        // Six decimals are far finer than the fit, and what symmetry makes 0 is 0, not the noise of the last steps.
        return [.. Improve(x, y, start).Select(c => Math.Round(c, 6) + 0.0)];
    }

    /// <summary>a0 + ... + a5·x⁵ - y·(b2·x² + b4·x⁴) = y, each equation over the denominator that the last solution gave it.</summary>
    private static double[] Linear(double[] x, double[] y)
    {
        double[] best = new double[Count];
        double least = double.PositiveInfinity;
        double[] weights = new double[x.Length];
        Array.Fill(weights, 1);
        for (int round = 0; round < Reweightings; round++)
        {
            double[,] rows = new double[x.Length, Numerator + 2];
            double[] right = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                double square = x[i] * x[i];
                double power = weights[i];
                for (int k = 0; k < Numerator; k++, power *= x[i])
                {
                    rows[i, k] = power;
                }

                rows[i, Numerator] = -weights[i] * y[i] * square;
                rows[i, Numerator + 1] = -weights[i] * y[i] * square * square;
                right[i] = weights[i] * y[i];
            }

            double[] solution = LeastSquares.Solve(rows, right);
            double[] candidate = [.. solution[..Numerator], 0, solution[Numerator], 0, solution[Numerator + 1]];
            double error = SquaredError(candidate, x, y);
            if (error < least)
            {
                (best, least) = (candidate, error);
            }

            for (int i = 0; i < x.Length; i++)
            {
                weights[i] = 1 / (1 + Math.Abs(Below(candidate, x[i])));
            }
        }

        return best;
    }

    /// <summary>Damped Gauss-Newton steps; one that makes the error greater is taken back and damped more.</summary>
    private static double[] Improve(double[] x, double[] y, double[] start)
    {
        double[] best = start;
        double least = SquaredError(best, x, y);
        double damping = 1e-3;
        for (int step = 0; step < Steps; step++)
        {
            double[] moved = Step(best, x, y, damping);
            double error = SquaredError(moved, x, y);
            if (error < least)
            {
                (best, least, damping) = (moved, error, damping / 4);
            }
            else
            {
                damping *= 8;
            }
        }

        return best;
    }

    private static double[] Step(double[] coefficients, double[] x, double[] y, double damping)
    {
        // The damping stands as further equations below: √damping times the size of the column times the change is 0.
        double[,] rows = new double[x.Length + Count, Count];
        double[] right = new double[x.Length + Count];
        for (int i = 0; i < x.Length; i++)
        {
            double below = Below(coefficients, x[i]);
            double denominator = 1 + Math.Abs(below);
            double value = Above(coefficients, x[i]) / denominator;
            right[i] = y[i] - value;
            double power = 1 / denominator;
            for (int k = 0; k < Numerator; k++, power *= x[i])
            {
                rows[i, k] = power;
            }

            power = -Math.Sign(below) * value * x[i] / denominator;
            for (int k = Numerator; k < Count; k++, power *= x[i])
            {
                rows[i, k] = power;
            }
        }

        for (int k = 0; k < Count; k++)
        {
            double size = 0;
            for (int i = 0; i < x.Length; i++)
            {
                size += rows[i, k] * rows[i, k];
            }

            rows[x.Length + k, k] = Math.Sqrt(damping * Math.Max(size, 1e-12));
        }

        double[] change = LeastSquares.Solve(rows, right);
        return [.. coefficients.Zip(change, (c, d) => c + d)];
    }

    private static double SquaredError(double[] coefficients, double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double error = (Above(coefficients, x[i]) / (1 + Math.Abs(Below(coefficients, x[i])))) - y[i];
            sum += error * error;
        }

        return sum;
    }

    private static double Above(double[] c, double x) => ((((((((c[5] * x) + c[4]) * x) + c[3]) * x) + c[2]) * x) + c[1]) * x + c[0];

    private static double Below(double[] c, double x) => ((((((c[9] * x) + c[8]) * x) + c[7]) * x) + c[6]) * x;
}
