using System.Numerics;
using System.Numerics.Tensors;
using Hillock.Activations;

namespace Hillock.Cli.Benchmarks;

/// <summary>The functions that System.Numerics.Tensors has too. They are something to measure against; no result of ours comes from them.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static class TensorPrimitivesPeer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A function over spans.</summary>
    public delegate void Function(ReadOnlySpan<T> input, Span<T> output);

    /// <summary>Their function for an activation of ours, or null.</summary>
    public static Function? Of(Activation activation) => activation.Definition.Facts.Name switch
    {
        "sigmoid" => TensorPrimitives.Sigmoid,
        "tanh" => TensorPrimitives.Tanh,
        "relu" => (x, y) => TensorPrimitives.Max(x, T.Zero, y),
        "relu6" => (x, y) => TensorPrimitives.Clamp(x, T.Zero, T.CreateChecked(6), y),
        "hardtanh" => (x, y) => TensorPrimitives.Clamp(x, T.CreateChecked(activation.Modes[0].EvaluationValue), T.CreateChecked(activation.Modes[1].EvaluationValue), y),
        "exp" => TensorPrimitives.Exp,
        "abs" => TensorPrimitives.Abs,
        "square" => (x, y) => TensorPrimitives.Multiply(x, x, y),
        "softmax" => SoftmaxOfRows,
        _ => null,
    };

    private static void SoftmaxOfRows(ReadOnlySpan<T> input, Span<T> output)
    {
        for (int start = 0; start < input.Length; start += BenchmarkRows.Length)
        {
            int length = Math.Min(BenchmarkRows.Length, input.Length - start);
            TensorPrimitives.SoftMax(input.Slice(start, length), output.Slice(start, length));
        }
    }
}
