using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Networks;

/// <summary>Finds the greatest slope that an activation has anywhere.</summary>
internal static class GreatestSlope
{
    private static readonly float[] Points = [.. Grid()];

    /// <summary>The greatest slope of each unit's activation, with the values that the unit has for its parameters now.</summary>
    public static float[] OfUnits(Network network, int layer)
    {
        DenseLayer description = network.Description.Hidden[layer];
        IReadOnlyList<ParameterMode> modes = description.Activation.Modes;
        bool differ = modes.Any(mode => mode is ParameterMode.Learned { Scope: ParameterScope.Channel });
        float[] greatest = new float[description.Units];
        float[] slopes = new float[Points.Length];
        for (int unit = 0; unit < greatest.Length; unit++)
        {
            if (unit > 0 && !differ)
            {
                greatest[unit] = greatest[0];
                continue;
            }

            ParameterMode[] values = new ParameterMode[modes.Count];
            for (int p = 0; p < values.Length; p++)
            {
                values[p] = modes[p] switch
                {
                    ParameterMode.Learned { Scope: ParameterScope.Channel } => new ParameterMode.Constant(network.ActivationParameter(layer, p)[unit]),
                    ParameterMode.Learned => new ParameterMode.Constant(network.ActivationParameter(layer, p)[0]),
                    _ => modes[p],
                };
            }

            new Activation(description.Activation.Definition, values).Slope(Points, slopes);
            foreach (float slope in slopes)
            {
                greatest[unit] = Math.Max(greatest[unit], Math.Abs(slope));
            }
        }

        return greatest;
    }

    /// <summary>Both sides of zero: evenly near it, where curves have their bends, then in steps of 1 % out to where all is straight.</summary>
    private static IEnumerable<float> Grid()
    {
        const float even = 16;
        const float step = 1f / 64;
        for (float x = 0; x < even; x += step)
        {
            yield return x;
            yield return -x;
        }

        for (float x = even; x < 4096; x *= 1.01f)
        {
            yield return x;
            yield return -x;
        }
    }
}
