using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Custom;

/// <summary>
/// Whether a function's parameters may be rounded to floats, as its float kernels have them, where a text has numbers with more digits: 0.1 in front of an exponential
/// changes as little as any rounding does, inside of one it changes the tail by many units.
/// </summary>
internal static class FloatParameters
{
    /// <summary>Half a unit in the last place of a float, relative to the least number with that unit.</summary>
    private const double HalfUnit = 1.0 / (1L << 24);

    /// <summary>Derivatives are rounded more often.</summary>
    private const double TwoUnits = 1.0 / (1L << 22);

    /// <summary>Points of both signs in all binades between these.</summary>
    private const int LeastExponent = -40;
    private const int GreatestExponent = 60;

    /// <summary>Compares the function with and without the rounding, in doubles, far and near, and its values at the floats around each break.</summary>
    /// <param name="match">The function and its parameters.</param>
    public static bool Suffice(BuiltInMatch match)
    {
        double[] exact = match.Numbers!;
        double[] rounded = [.. exact.Select(value => (double)(float)value)];
        if (rounded.AsSpan().SequenceEqual(exact))
        {
            return true;
        }

        double[] x = [.. Points()];
        double[] atBreaks = [.. match.Breaks.Select(at => (double)(float)at).SelectMany(at => new[] { at, float.BitDecrement((float)at), float.BitIncrement((float)at) })];
        return Agree(match.Function, Pass.Forward, [.. x, .. atBreaks], exact, rounded, HalfUnit) && Agree(match.Function, Pass.Backward, x, exact, rounded, TwoUnits);
    }

    private static IEnumerable<double> Points()
    {
        for (int exponent = LeastExponent; exponent <= GreatestExponent; exponent++)
        {
            foreach (double magnitude in (double[])[1, 1.23, 1.41, 1.67, 1.9])
            {
                yield return Math.ScaleB(magnitude, exponent);
                yield return -Math.ScaleB(magnitude, exponent);
            }
        }
    }

    private static bool Agree(IElementwisePasses function, Pass pass, double[] x, double[] exact, double[] rounded, double tolerance)
    {
        double[] ones = pass == Pass.Forward ? [] : new double[x.Length];
        double[] one = new double[x.Length];
        double[] other = new double[x.Length];
        Array.Fill(ones, 1);
        function.Run(pass, x, ones, one, ActivationArguments.Constants<double>(exact), RegisterWidths.Best);
        function.Run(pass, x, ones, other, ActivationArguments.Constants<double>(rounded), RegisterWidths.Best);
        return one.Zip(other).All(pair => pair.First == pair.Second || Math.Abs(pair.First - pair.Second) <= tolerance * Math.Abs(pair.First));
    }
}
