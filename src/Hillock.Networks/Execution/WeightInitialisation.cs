using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;

namespace Hillock.Networks.Execution;

/// <summary>Random weights that keep signals and gradients alive.</summary>
internal static class WeightInitialisation
{
    /// <summary>Where a leaky unit's slope on the negative side is read; every rectifier is straight there.</summary>
    private const float FarLeft = -64;

    /// <summary>Fills a layer's weights.</summary>
    public static void Fill(Span<float> weights, LayerLayout layer, RandomStream random)
    {
        switch (layer.Activation?.Definition.Facts.Initialisation ?? Initialisation.Glorot)
        {
            case Initialisation.He:
                float[] slope = [0];
                layer.Activation!.Slope([FarLeft], slope);
                FillNormal(weights, 2 / ((1 + (double)slope[0] * slope[0]) * layer.Inputs), random);
                break;
            case Initialisation.LeCun:
                FillNormal(weights, 1.0 / layer.Inputs, random);
                break;
            default:
                float bound = (float)Math.Sqrt(6.0 / (layer.Inputs + layer.Units));
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
