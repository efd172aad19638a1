using System.Numerics.Tensors;
using Hillock.Activations;

namespace Hillock.Cli.Benchmarks;

/// <summary>The functions that System.Numerics.Tensors has too. They are something to measure against; no result of ours comes from them.</summary>
internal static class TensorPrimitivesPeer
{
    /// <summary>A function over spans.</summary>
    public delegate void Function(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Their function for an activation of ours, or null.</summary>
    public static Function? Of(Activation activation) => activation.Definition.Facts.Name switch
    {
        "sigmoid" => TensorPrimitives.Sigmoid,
        "tanh" => TensorPrimitives.Tanh,
        "relu" => (x, y) => TensorPrimitives.Max(x, 0f, y),
        "relu6" => (x, y) => TensorPrimitives.Clamp(x, 0f, 6f, y),
        "hardtanh" => (x, y) => TensorPrimitives.Clamp(x, (float)activation.Modes[0].EvaluationValue, (float)activation.Modes[1].EvaluationValue, y),
        "exp" => TensorPrimitives.Exp,
        "abs" => TensorPrimitives.Abs,
        "square" => (x, y) => TensorPrimitives.Multiply(x, x, y),
        "softmax" => SoftmaxOfRows,
        _ => null,
    };

    private static void SoftmaxOfRows(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int start = 0; start < input.Length; start += ActivationBenchmark.RowLength)
        {
            int length = Math.Min(ActivationBenchmark.RowLength, input.Length - start);
            TensorPrimitives.SoftMax(input.Slice(start, length), output.Slice(start, length));
        }
    }
}
