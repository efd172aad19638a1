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

    private const int RowLength = 16;

    /// <summary>Functions of rows get short rows, so that one NaN does not fill all of them, and one that leaves a rest in every register.</summary>
    private static readonly int[] RowLengths = [RowLength, 54];

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
        foreach (ActivationDefinition definition in Functions.Elementwise.Concat(Functions.OfRows))
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
        foreach (int rowLength in definition.IsElementwise ? [RowLength] : RowLengths)
        {
            float[] rows = x[..^(x.Length % rowLength)];
            float[] output = new float[rows.Length / rowLength * definition.OutputLength(rowLength, arguments)];
            float[] gradient = Gradient<float>(output.Length);
            float[] result = new float[rows.Length];
            definition.Forward(rows, output, rowLength, arguments);
            Append(hash, output);
            definition.Backward(rows, gradient, result, rowLength, arguments);
            Append(hash, result);
            if (definition.HasBackwardFromOutput)
            {
                definition.BackwardFromOutput(output, gradient, result, rowLength, arguments);
                Append(hash, result);
            }

            if (definition.HasBackwardFromMask)
            {
                uint[] mask = new uint[ActivationDefinition.MaskLength(rows.Length)];
                definition.ForwardWithMask(rows, output, mask, arguments);
                definition.BackwardFromMask(mask, gradient, result, arguments);
                hash.AppendData(MemoryMarshal.AsBytes<uint>(mask));
                Append(hash, result);
            }

            for (int i = 0; i < definition.Facts.Parameters.Count(p => !p.IsCount); i++)
            {
                definition.ParameterGradient(rows, gradient, output, rowLength, i, arguments);
                Append(hash, output);
            }

            float[] sums = new float[definition.Facts.Parameters.Count(p => !p.IsCount)];
            definition.Backward(rows, gradient, result, rowLength, arguments, ParameterGradients.Sums<float>(sums));
            Append(hash, result);
            Append(hash, sums);
        }
    }

    private static void Add(IncrementalHash hash, ActivationDefinition definition, double[] x)
    {
        ActivationArguments<double> arguments = ActivationArguments.Constants<double>(Functions.Defaults<double>(definition));
        foreach (int rowLength in definition.IsElementwise ? [RowLength] : RowLengths)
        {
            double[] rows = x[..^(x.Length % rowLength)];
            double[] output = new double[rows.Length / rowLength * definition.OutputLength(rowLength, arguments)];
            double[] gradient = Gradient<double>(output.Length);
            double[] result = new double[rows.Length];
            definition.Forward(rows, output, rowLength, arguments);
            Append(hash, output);
            definition.Backward(rows, gradient, result, rowLength, arguments);
            Append(hash, result);
            if (definition.HasBackwardFromOutput)
            {
                definition.BackwardFromOutput(output, gradient, result, rowLength, arguments);
                Append(hash, result);
            }

            if (definition.HasBackwardFromMask)
            {
                uint[] mask = new uint[ActivationDefinition.MaskLength(rows.Length)];
                definition.ForwardWithMask(rows, output, mask, arguments);
                definition.BackwardFromMask(mask, gradient, result, arguments);
                hash.AppendData(MemoryMarshal.AsBytes<uint>(mask));
                Append(hash, result);
            }

            for (int i = 0; i < definition.Facts.Parameters.Count(p => !p.IsCount); i++)
            {
                definition.ParameterGradient(rows, gradient, output, rowLength, i, arguments);
                Append(hash, output);
            }

            double[] sums = new double[definition.Facts.Parameters.Count(p => !p.IsCount)];
            definition.Backward(rows, gradient, result, rowLength, arguments, ParameterGradients.Sums<double>(sums));
            Append(hash, result);
            Append(hash, sums);
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
