using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Custom;

/// <summary>
/// Whether a function's parameters may be rounded to floats, as its float kernels have them, where a text has numbers with more digits: 0.1 in front of an exponential
/// changes as little as any rounding does, inside of one it changes the tail by many units.
/// </summary>
internal static class FloatParameters
{
    /// <summary>What one rounding to a float may change, relatively.</summary>
    private const double Rounding = 1.0 / (1L << 24);

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

        // Each parameter that is rounded may change what one rounding of the result does; derivatives, of which less is asked, four times
        // that, and where they fade, as tanh's do, as much as where they do not.
        double tolerance = Rounding * exact.Zip(rounded).Count(pair => pair.First != pair.Second);
        double[] x = [.. Points()];
        double[] atBreaks = [.. match.Breaks.Select(at => (double)(float)at).SelectMany(at => new[] { at, float.BitDecrement((float)at), float.BitIncrement((float)at) })];
        return Agree(match.Function, Pass.Forward, [.. x, .. atBreaks], exact, rounded, tolerance, least: 0) && Agree(match.Function, Pass.Backward, x, exact, rounded, 4 * tolerance, least: 1);
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

    private static bool Agree(IElementwisePasses function, Pass pass, double[] x, double[] exact, double[] rounded, double tolerance, double least)
    {
        double[] ones = pass == Pass.Forward ? [] : new double[x.Length];
        double[] one = new double[x.Length];
        double[] other = new double[x.Length];
        Array.Fill(ones, 1);
        function.Run(pass, x, ones, one, ActivationArguments.Constants<double>(exact), RegisterWidths.Best);
        function.Run(pass, x, ones, other, ActivationArguments.Constants<double>(rounded), RegisterWidths.Best);
        return one.Zip(other).All(pair => pair.First == pair.Second || Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(least, Math.Abs(pair.First)));
    }
}
