using Hillock.Activations.Random;

namespace Hillock.Activations.Verification;

/// <summary>The numbers of a run that is not exhaustive: every binade and both signs, denser where functions bend, with the neighbours of kinks and extremes.</summary>
internal static class AccuracySample
{
    /// <summary>How many neighbours of a kink are taken on either side.</summary>
    private const int Neighbours = 3;

    // Where the catalogue's functions have kinks, the kernels change their way, and results become subnormal or infinite.
    private static readonly double[] Kinks =
    [
        0, 0.25, 0.34657359027997264, 0.5, 0.6931471805599453, 1, 1.7320508075688772, 2, 3, 6, 20, 36.7368005696771, 40, 87.33654475, 88.72283905, 103.97207708, 354.891356,
        372.56657, 708.396418532264, 709.782712893384, 745.133219101941, 750, 1e3, 2.037035976334486e90, 6.703903964971298e153, 1.3407807929942596e154, 1e200,
    ];

    private static readonly double[] Ranges = [1, 4, 10, 40, 110, 760];

    /// <summary>Floats by their bits, a fixed step apart, and the neighbours of the kinks.</summary>
    public static float[] Floats(int samples, double[] parameters)
    {
        long step = ((1L << 32) / samples) | 1;
        List<float> sample = [];
        for (long bits = 0; bits < 1L << 32; bits += step)
        {
            sample.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        }

        foreach (double kink in Kinks.Concat(parameters).SelectMany(k => (double[])[k, -k]).Where(k => Math.Abs(k) < float.MaxValue))
        {
            float above = (float)kink;
            float below = above;
            sample.Add(above);
            for (int i = 0; i < Neighbours; i++)
            {
                sample.Add(above = float.BitIncrement(above));
                sample.Add(below = float.BitDecrement(below));
            }
        }

        return [.. sample, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity];
    }

    /// <summary>Doubles: half of them by their bits, one in each of as many equal parts, half where functions bend; and the neighbours of the kinks.</summary>
    public static double[] Doubles(int samples, double[] parameters)
    {
        RandomStream random = new(RandomKey.FromSeed(0).Derive("accuracy"));
        List<double> sample = [];
        int half = Math.Max(1, samples / 2);
        ulong step = ulong.MaxValue / (ulong)half;
        for (int i = 0; i < half; i++)
        {
            double x = BitConverter.UInt64BitsToDouble(((ulong)i * step) + (ulong)(random.NextDouble() * step));
            double range = Ranges[i % Ranges.Length];
            sample.Add(x);
            sample.Add(((2 * random.NextDouble()) - 1) * range);
        }

        foreach (double kink in Kinks.Concat(parameters).SelectMany(k => (double[])[k, -k]))
        {
            double above = kink;
            double below = kink;
            sample.Add(kink);
            for (int i = 0; i < Neighbours; i++)
            {
                sample.Add(above = double.BitIncrement(above));
                sample.Add(below = double.BitDecrement(below));
            }
        }

        return [.. sample, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity];
    }
}
