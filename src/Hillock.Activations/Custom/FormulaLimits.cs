using Hillock.Activations.Numbers;
using Number = Hillock.Activations.Numbers.DoubleReal<Hillock.Activations.Numbers.DoubleLanes1>;

namespace Hillock.Activations.Custom;

/// <summary>
/// What a formula or one of its derivatives tends to, judged by its values at 2^50, 2^100 and 2^200: where the second step is as large as the first, it grows without bound
/// (as the logarithm does, by the same amount each time the exponent doubles); otherwise it is taken to have arrived. A function that approaches a limit more slowly
/// than by a power of x gives its value at 2^200. A wave has no limit unless it fades.
/// </summary>
/// <param name="graph">A formula without powers.</param>
/// <param name="differentiated">The node by which to differentiate, or null for the value.</param>
internal sealed class FormulaLimits(FormulaGraph graph, FormulaNode? differentiated)
{
    private const int Exponent = 200;
    private const int LeastExponent = 12;

    /// <summary>Below this a value that still shrinks is on its way to zero.</summary>
    private const double Vanishing = 1e-12;

    /// <summary>What a wave adds to a function that grows as fast as x is less than this share of it at 2^50.</summary>
    private const double Negligible = 1e-9;

    private readonly bool _oscillates = graph.Oscillates();

    /// <summary>The limit for x → ∞ or x → -∞.</summary>
    /// <param name="positive">On which side.</param>
    /// <param name="parameters">The parameters.</param>
    public double At(bool positive, ReadOnlySpan<double> parameters)
    {
        double near = double.NaN;
        double far = double.NaN;
        double farthest = double.NaN;

        // A power may leave the range of a double before 2^200; then what is nearer has to do.
        for (int exponent = Exponent; exponent >= LeastExponent && double.IsNaN(near + far + farthest); exponent /= 2)
        {
            near = Evaluate(positive, exponent / 4, parameters);
            far = Evaluate(positive, exponent / 2, parameters);
            farthest = Evaluate(positive, exponent, parameters);
            if (double.IsInfinity(farthest))
            {
                return farthest;
            }
        }

        if (_oscillates && !(Math.Abs(farthest) < Vanishing) && !IsRegular(near, far, farthest))
        {
            return double.NaN;
        }

        double step = farthest - far;
        if (step != 0 && Math.Abs(step) >= 0.99 * Math.Abs(far - near))
        {
            return step > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        }

        return Math.Abs(farthest) < Vanishing && Math.Abs(farthest) < Math.Abs(far) ? double.CopySign(0, farthest) : farthest;
    }

    /// <summary>Whether three values are the same or those of a power of x, and not what a wave happens to be there.</summary>
    private static bool IsRegular(double near, double far, double farthest) =>
        Math.Abs(farthest - far) <= Negligible * Math.Abs(farthest)
        || Math.Abs((farthest / far / (far / near * (far / near))) - 1) <= Negligible;

    private double Evaluate(bool positive, int exponent, ReadOnlySpan<double> parameters)
    {
        double x = Math.ScaleB(positive ? 1 : -1, exponent);
        if (differentiated is not { } variable)
        {
            return graph.ValueAt(x, parameters);
        }

        Dual<Number>[] values = new Dual<Number>[parameters.Length];
        for (int p = 0; p < values.Length; p++)
        {
            values[p] = Seed(parameters[p], variable.Operation == Operation.Parameter && variable.A == p);
        }

        double result = 0;
        Number.Store(graph.Evaluate<Dual<Number>>(Seed(x, variable.Operation == Operation.Variable), values).Slope, ref result);
        return result;
    }

    private static Dual<Number> Seed(double value, bool variable) =>
        variable ? Dual<Number>.Variable(Number.Broadcast(value)) : Dual<Number>.Fixed(Number.Broadcast(value));
}
