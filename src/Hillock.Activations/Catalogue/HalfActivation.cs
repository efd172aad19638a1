using System.Buffers;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Catalogue;

/// <summary>
/// Activations of numbers stored in half precision: widened piece by piece, computed by the float kernels, and rounded once to half. A piece fits the
/// first-level cache, so that nothing but the halves travels through memory.
/// </summary>
public static class HalfActivation
{
    /// <summary>Elements in a piece, where rows are not longer.</summary>
    private const int PieceLength = 2048;

    /// <summary>Computes the function.</summary>
    /// <param name="definition">The function.</param>
    /// <param name="input">Rows one after the other.</param>
    /// <param name="output">As in <see cref="ActivationDefinition.Forward(ReadOnlySpan{float}, Span{float}, int, in ActivationArguments{float})"/>.</param>
    /// <param name="rowLength">The length of a row; matters to functions of a row only.</param>
    /// <param name="arguments">The parameters, one value each.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a parameter has several values, or the spans overlap without starting together.</exception>
    public static void Forward(
        this ActivationDefinition definition, ReadOnlySpan<Half> input, Span<Half> output, int rowLength, in ActivationArguments<float> arguments)
    {
        Pieces pieces = Pieces.Of(definition, input.Length, rowLength, arguments);
        SpanChecks.Rows(false, input, default, output, pieces.RowLength, pieces.OutputLength);
        SpanChecks.Single(arguments, definition.Facts.Parameters.Count, definition.Facts.Name);
        float[] room = ArrayPool<float>.Shared.Rent(pieces.Inputs + pieces.Outputs);
        for (int row = 0; row < pieces.Rows; row += pieces.RowsInPiece)
        {
            int rows = Math.Min(pieces.RowsInPiece, pieces.Rows - row);
            Span<float> x = room.AsSpan(0, rows * pieces.RowLength);
            Span<float> y = room.AsSpan(pieces.Inputs, rows * pieces.OutputLength);
            HalfConversion.Widen(input.Slice(row * pieces.RowLength, x.Length), x);
            definition.Forward(x, y, pieces.RowLength, arguments);
            HalfConversion.Narrow(y, output.Slice(row * pieces.OutputLength, y.Length));
        }

        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>Multiplies the gradient of the outputs by the derivative at the inputs.</summary>
    /// <param name="definition">The function.</param>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="outputGradient">dC/dy, as long as the outputs.</param>
    /// <param name="inputGradient">
    /// Receives dC/dx, as in
    /// <see cref="ActivationDefinition.Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int, in ActivationArguments{float})"/>.
    /// </param>
    /// <param name="rowLength">The length of a row.</param>
    /// <param name="arguments">The parameters that the forward pass used, one value each.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a parameter has several values, or the spans overlap without starting together.</exception>
    public static void Backward(
        this ActivationDefinition definition,
        ReadOnlySpan<Half> input,
        ReadOnlySpan<Half> outputGradient,
        Span<Half> inputGradient,
        int rowLength,
        in ActivationArguments<float> arguments)
    {
        Pieces pieces = Pieces.Of(definition, input.Length, rowLength, arguments);
        SpanChecks.Rows(true, input, outputGradient, inputGradient, pieces.RowLength, pieces.OutputLength);
        SpanChecks.Single(arguments, definition.Facts.Parameters.Count, definition.Facts.Name);
        float[] room = ArrayPool<float>.Shared.Rent((2 * pieces.Inputs) + pieces.Outputs);
        for (int row = 0; row < pieces.Rows; row += pieces.RowsInPiece)
        {
            int rows = Math.Min(pieces.RowsInPiece, pieces.Rows - row);
            Span<float> x = room.AsSpan(0, rows * pieces.RowLength);
            Span<float> dx = room.AsSpan(pieces.Inputs, x.Length);
            Span<float> dy = room.AsSpan(2 * pieces.Inputs, rows * pieces.OutputLength);
            HalfConversion.Widen(input.Slice(row * pieces.RowLength, x.Length), x);
            HalfConversion.Widen(outputGradient.Slice(row * pieces.OutputLength, dy.Length), dy);
            definition.Backward(x, dy, dx, pieces.RowLength, arguments);
            HalfConversion.Narrow(dx, inputGradient.Slice(row * pieces.RowLength, x.Length));
        }

        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>How a call is cut: element-wise functions into rows of one element, others into their rows.</summary>
    private readonly record struct Pieces(int Rows, int RowLength, int OutputLength, int RowsInPiece)
    {
        public int Inputs => RowsInPiece * RowLength;

        public int Outputs => RowsInPiece * OutputLength;

        public static Pieces Of(ActivationDefinition definition, int length, int rowLength, in ActivationArguments<float> arguments)
        {
            if (definition.IsElementwise)
            {
                return new(length, 1, 1, PieceLength);
            }

            int outputLength = definition.OutputLength(rowLength, arguments);
            return new(rowLength <= 0 ? 0 : length / rowLength, rowLength, outputLength, Math.Max(1, PieceLength / Math.Max(1, Math.Max(rowLength, outputLength))));
        }
    }
}
