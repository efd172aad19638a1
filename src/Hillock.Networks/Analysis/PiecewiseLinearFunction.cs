using Hillock.Activations;

namespace Hillock.Networks;

/// <summary>A continuous function of straight pieces, found by looking at an activation: where it bends, and the line of each piece.</summary>
internal sealed class PiecewiseLinearFunction
{
    /// <summary>Functions of more pieces are curves.</summary>
    private const int MostPieces = 16;

    /// <summary>Where the activation is looked at: between the numbers at which bends usually lie, far enough out that all is straight there.</summary>
    private const double Reach = 64;

    private const double Step = 1.0 / 64;
    private const double Aside = 0.0051;

    /// <summary>What rounding may leave of a difference.</summary>
    private const double Rounding = 1e-12;

    private readonly double[] _kinks;
    private readonly double[] _slopes;
    private readonly double[] _intercepts;

    private PiecewiseLinearFunction(double[] kinks, double[] slopes, double[] intercepts)
    {
        _kinks = kinks;
        _slopes = slopes;
        _intercepts = intercepts;
    }

    /// <summary>Where it bends, ascending.</summary>
    public ReadOnlySpan<double> Kinks => _kinks;

    /// <summary>Finds the pieces of an activation with the evaluation values of its parameters; null where it is no such function.</summary>
    public static PiecewiseLinearFunction? Of(Activation activation)
    {
        if (!activation.Definition.IsElementwise)
        {
            return null;
        }

        double[] x = new double[(int)(2 * Reach / Step)];
        double[] value = new double[x.Length];
        double[] slope = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = -Reach + Aside + (i * Step);
        }

        activation.Evaluate(x, value);
        activation.Slope(x, slope);
        List<double> kinks = [];
        List<double> slopes = [];
        List<double> intercepts = [];
        for (int i = 0; i < x.Length; i++)
        {
            if (slopes.Count == 0 || !IsOnLine(x[i], slope[i], value[i], slopes[^1], intercepts[^1]))
            {
                slopes.Add(slope[i]);
                intercepts.Add(value[i] - (slope[i] * x[i]));
                if (slopes.Count > MostPieces || !double.IsFinite(intercepts[^1]) || (slopes.Count > 1 && slopes[^1] == slopes[^2]))
                {
                    return null;
                }

                if (slopes.Count > 1)
                {
                    double kink = (intercepts[^2] - intercepts[^1]) / (slopes[^1] - slopes[^2]);
                    if (!(kink >= x[i - 1] - Rounding && kink <= x[i] + Rounding))
                    {
                        return null;
                    }

                    kinks.Add(kink);
                }
            }
        }

        return new PiecewiseLinearFunction([.. kinks], [.. slopes], [.. intercepts]);
    }

    /// <summary>The number of the piece on which a point lies; a bend belongs to the piece on its left.</summary>
    public int PieceAt(double x)
    {
        int piece = 0;
        while (piece < _kinks.Length && x > _kinks[piece])
        {
            piece++;
        }

        return piece;
    }

    /// <summary>The line of a piece.</summary>
    public (double Slope, double Intercept) Line(int piece) => (_slopes[piece], _intercepts[piece]);

    /// <summary>The value at a point.</summary>
    public double At(double x)
    {
        int piece = PieceAt(x);
        return (_slopes[piece] * x) + _intercepts[piece];
    }

    private static bool IsOnLine(double x, double slope, double value, double lineSlope, double intercept) =>
        Math.Abs(slope - lineSlope) <= Rounding && Math.Abs(value - ((lineSlope * x) + intercept)) <= Rounding * (1 + Math.Abs(value));
}
