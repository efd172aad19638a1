using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Verification;

/// <summary>What a function and its derivative are, at any double, infinities included: the judge of kernels.</summary>
/// <param name="definition">An element-wise function.</param>
/// <param name="parameters">The parameters as the kernel has them.</param>
internal sealed class ReferenceFunction(ActivationDefinition definition, double[] parameters)
{
    /// <summary>Exponents so large that what approaches a limit has arrived, and so far apart that what creeps towards one shows.</summary>
    private const int FarExponent = 1 << 20;

    /// <summary>2^511.</summary>
    private const double Far = 6.703903964971299e+153;

    private readonly SummandBound<DoubleDouble> _left = Limit(definition, parameters, -1);
    private readonly SummandBound<DoubleDouble> _right = Limit(definition, parameters, 1);

    /// <summary>Value, derivative and the derivative's largest summand; at infinities the limits.</summary>
    public SummandBound<DoubleDouble> At(double x) =>
        double.IsNaN(x) ? new(x, x, x)
        : double.IsFinite(x) ? definition.Reference<DoubleDouble>(x, parameters)
        : x > 0 ? _right : _left;

    /// <summary>
    /// Whether a derivative is right for one of the neighbours of <paramref name="x"/> and not for x itself: where a kink lies within the rounding of x, either side's slope
    /// counts. And beyond 2^511, where double kernels stop following x, a slope that falls off has stopped near the least normal number.
    /// </summary>
    public bool IsSlopeBeside(double x, double above, double below, Func<DoubleDouble, bool> isRight) =>
        isRight(At(above).Slope) || isRight(At(below).Slope) || (Math.Abs(x) > Far && isRight(At(Math.CopySign(Far, x)).Slope));

    private static SummandBound<DoubleDouble> Limit(ActivationDefinition definition, double[] parameters, int sign)
    {
        SummandBound<DoubleDouble> far = definition.Reference(DoubleDouble.Scaled(sign, FarExponent), parameters);
        SummandBound<DoubleDouble> farther = definition.Reference(DoubleDouble.Scaled(sign, 2 * FarExponent), parameters);
        return new(Limit(far.Value, farther.Value), Limit(far.Slope, farther.Slope), farther.Largest);
    }

    /// <summary>A logarithm doubles where the exponent does, and its reciprocal halves: the one has no limit, the other 0.</summary>
    private static DoubleDouble Limit(DoubleDouble far, DoubleDouble farther)
    {
        if (Math.Abs(farther.Exponent) > FarExponent / 4)
        {
            return double.CopySign(farther.Exponent > 0 ? double.PositiveInfinity : 0, farther.High);
        }

        double ratio = (DoubleDouble.Abs(farther) / DoubleDouble.Abs(far)).ToDouble();
        return ratio > 1.5 ? double.CopySign(double.PositiveInfinity, farther.High) : ratio < 0.6 ? double.CopySign(0, farther.High) : farther;
    }
}
