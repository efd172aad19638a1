using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Tests.Kernels;

/// <summary>The bits of every function over a fixed sample of numbers, as one hash for each function.</summary>
internal static class Fingerprints
{
    /// <summary>About 12,300 floats: software stands in for fused multiply-add on the lowest tiers, a hundred times slower.</summary>
    private const uint Stride = 349_529;

    /// <summary>Functions of rows get short rows, so that one NaN does not fill all of them.</summary>
    private const int RowLength = 16;

    private static readonly float[] Special =
    [
        0, -0f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1e-40f, 1, -1, 3, -3, 88.72284f, -88.72284f, -103.97f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    /// <summary>The registers that the kernels use in this process.</summary>
    public static RegisterWidth BestWidth => RegisterWidths.Best;

    /// <summary>Floats of every binade and both signs, densely between -8 and 8, and the special ones.</summary>
    public static float[] Sample()
    {
        List<float> sample = [.. Special];
        for (long bits = 0; bits <= uint.MaxValue; bits += Stride)
        {
            sample.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        }

        for (int i = -1021; i <= 1021; i++)
        {
            sample.Add(i / 127.7f);
        }

        return [.. sample[..^(sample.Count % RowLength)]];
    }

    /// <summary>A line for each function: its name and the hash of its floats and doubles, values and gradients.</summary>
    public static IEnumerable<string> All()
    {
        float[] sample = Sample();
        double[] wide = [.. sample.Select((x, i) => (double)x * (1 + (i * 1e-9)))];
        foreach (ActivationDefinition definition in Functions.Elementwise.Concat(ActivationCatalogue.All.Where(d => !d.IsElementwise)))
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Add(hash, definition, sample);
            Add(hash, definition, wide);
            yield return $"{definition.Facts.Name} {Convert.ToHexString(hash.GetHashAndReset())}";
        }
    }

    private static void Add(IncrementalHash hash, ActivationDefinition definition, float[] x)
    {
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>(Functions.Defaults<float>(definition));
        float[] result = new float[x.Length];
        float[] gradient = Gradient<float>(x.Length);
        definition.Forward(x, result, RowLength, arguments);
        Append(hash, result);
        definition.Backward(x, gradient, result, RowLength, arguments);
        Append(hash, result);
        for (int i = 0; i < definition.Facts.Parameters.Count; i++)
        {
            definition.ParameterGradient(x, gradient, result, i, arguments);
            Append(hash, result);
        }
    }

    private static void Add(IncrementalHash hash, ActivationDefinition definition, double[] x)
    {
        ActivationArguments<double> arguments = ActivationArguments.Constants<double>(Functions.Defaults<double>(definition));
        double[] result = new double[x.Length];
        double[] gradient = Gradient<double>(x.Length);
        definition.Forward(x, result, RowLength, arguments);
        Append(hash, result);
        definition.Backward(x, gradient, result, RowLength, arguments);
        Append(hash, result);
        for (int i = 0; i < definition.Facts.Parameters.Count; i++)
        {
            definition.ParameterGradient(x, gradient, result, i, arguments);
            Append(hash, result);
        }
    }


    private static T[] Gradient<T>(int length)
        where T : INumber<T> => [.. Enumerable.Range(0, length).Select(i => T.CreateChecked(0.25 + (i % 31 * 0.0625)))];

    private static void Append<T>(IncrementalHash hash, T[] values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Which NaN it is says nothing.
        hash.AppendData(MemoryMarshal.AsBytes<T>([.. values.Select(v => T.IsNaN(v) ? T.NaN : v)]));
    }
}
