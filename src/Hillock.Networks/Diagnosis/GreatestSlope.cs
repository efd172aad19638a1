using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// Finds the greatest slope that an activation has anywhere; of functions whose slope has no bound, as exp or a square, the greatest between -1 and 1, where
/// sums of the usual size lie.
/// </summary>
internal static class GreatestSlope
{
    private const float Usual = 1;
    private const float Even = 16;

    /// <summary>
    /// A slope that far out is this many times greater than it is anywhere near has no bound. The steepest curves that bend late, swish with a small beta, rise to
    /// little more than the double of their slope at zero.
    /// </summary>
    private const float Unbounded = 4;

    private static readonly float[] Points = [.. Grid()];

    /// <summary>The slope that others are compared with in each channel, with the values that the channel has for its parameters now.</summary>
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
            greatest[channel] = Scale(slopes);
        }

        return greatest;
    }

    private static float Scale(float[] slopes)
    {
        float anywhere = Within(slopes, float.PositiveInfinity);
        float near = Within(slopes, Even);
        bool pole = Array.Exists(slopes, float.IsInfinity);
        if (!pole && !(anywhere > Unbounded * near && near > 0))
        {
            return anywhere;
        }

        float usual = Within(slopes, Usual);
        return usual > 0 ? usual : near;
    }

    /// <summary>The greatest finite slope at arguments up to some magnitude.</summary>
    private static float Within(float[] slopes, float magnitude)
    {
        float greatest = 0;
        for (int i = 0; i < slopes.Length; i++)
        {
            float slope = Math.Abs(slopes[i]);
            if (Math.Abs(Points[i]) <= magnitude && float.IsFinite(slope))
            {
                greatest = Math.Max(greatest, slope);
            }
        }

        return greatest;
    }

    /// <summary>Both sides of zero: evenly near it, where curves have their bends, then in steps of 1 % out to where all is straight.</summary>
    private static IEnumerable<float> Grid()
    {
        const float step = 1f / 64;
        for (float x = 0; x < Even; x += step)
        {
            yield return x;
            yield return -x;
        }

        for (float x = Even; x < 4096; x *= 1.01f)
        {
            yield return x;
            yield return -x;
        }
    }
}
