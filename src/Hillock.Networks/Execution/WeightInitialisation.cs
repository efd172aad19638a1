using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;

namespace Hillock.Networks.Execution;

/// <summary>Random weights that keep signals and gradients alive.</summary>
internal static class WeightInitialisation
{
    /// <summary>Where a leaky unit's slope on the negative side is read; every rectifier is straight there.</summary>
    private const float FarLeft = -64;

    /// <summary>Fills a layer's weights.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="fanIn">How many inputs a unit sums.</param>
    /// <param name="fanOut">To how many units an input goes.</param>
    /// <param name="activation">The activation that reads the sums; null for none.</param>
    /// <param name="random">What they are drawn from.</param>
    public static void Fill(Span<float> weights, int fanIn, int fanOut, Activation? activation, RandomStream random)
    {
        switch (activation?.Definition.Facts.Initialisation ?? Initialisation.Glorot)
        {
            case Initialisation.He:
                float[] slope = [0];
                if (activation!.Definition.IsElementwise)
                {
                    activation.Slope([FarLeft], slope);
                }

                FillNormal(weights, 2 / ((1 + (double)slope[0] * slope[0]) * fanIn), random);
                break;
            case Initialisation.LeCun:
                FillNormal(weights, 1.0 / fanIn, random);
                break;
            default:
                float bound = (float)Math.Sqrt(6.0 / ((double)fanIn + fanOut));
                random.FillUniform(weights, -bound, bound);
                break;
        }
    }

    private static void FillNormal(Span<float> weights, double variance, RandomStream random)
    {
        double deviation = Math.Sqrt(variance);
        foreach (ref float weight in weights)
        {
            weight = (float)(deviation * random.NextNormal());
        }
    }
}
