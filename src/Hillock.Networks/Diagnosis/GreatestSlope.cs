using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Finds the greatest slope that an activation has anywhere.</summary>
internal static class GreatestSlope
{
    private static readonly float[] Points = [.. Grid()];

    /// <summary>The greatest slope that an activation has in each channel, with the values that the channel has for its parameters now.</summary>
    public static float[] OfChannels(Network network, ActivationUnit unit) => OfChannels(network, unit.Description, unit.Learned, unit.Input.Shape.Channels);

    /// <summary>The same, of an activation with what it learns over so many channels.</summary>
    public static float[] OfChannels(Network network, Activation activation, IReadOnlyList<NetworkTensor?> learned, int channels)
    {
        IReadOnlyList<ParameterMode> modes = activation.Modes;
        bool differ = modes.Any(mode => mode is ParameterMode.Learned { Scope: ParameterScope.Channel });
        float[] greatest = new float[channels];
        float[] slopes = new float[Points.Length];
        for (int channel = 0; channel < greatest.Length; channel++)
        {
            if (channel > 0 && !differ)
            {
                greatest[channel] = greatest[0];
                continue;
            }

            ParameterMode[] values = new ParameterMode[modes.Count];
            for (int p = 0; p < values.Length; p++)
            {
                values[p] = modes[p] switch
                {
                    ParameterMode.Learned { Scope: ParameterScope.Channel } => new ParameterMode.Constant(network.Values(learned[p]!)[channel]),
                    ParameterMode.Learned => new ParameterMode.Constant(network.Values(learned[p]!)[0]),
                    _ => modes[p],
                };
            }

            new Activation(activation.Definition, values).Slope(Points, slopes);
            foreach (float slope in slopes)
            {
                greatest[channel] = Math.Max(greatest[channel], Math.Abs(slope));
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
