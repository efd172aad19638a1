using System.Buffers;
using Hillock.Activations.Kernels;

namespace Hillock.Activations.Catalogue;

/// <summary>The calls of a definition in one precision.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IPrecision<T>
    where T : unmanaged
{
    static abstract int OutputLength(ActivationDefinition definition, int rowLength, in ActivationArguments<T> arguments);

    static abstract void Forward(
        ActivationDefinition definition, ReadOnlySpan<T> input, Span<T> output, int rowLength, in ActivationArguments<T> arguments, int threads);

    static abstract void Backward(
        ActivationDefinition definition,
        ReadOnlySpan<T> input,
        ReadOnlySpan<T> outputGradient,
        Span<T> inputGradient,
        int rowLength,
        in ActivationArguments<T> arguments,
        int threads);

    static abstract void ParameterGradient(
        ActivationDefinition definition,
        ReadOnlySpan<T> input,
        ReadOnlySpan<T> outputGradient,
        Span<T> contributions,
        int rowLength,
        int parameter,
        in ActivationArguments<T> arguments);
}

/// <summary>Runs a definition along an axis.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TPrecision">The calls for it.</typeparam>
internal static unsafe class AxisLoops<T, TPrecision>
    where T : unmanaged
    where TPrecision : struct, IPrecision<T>
{
    public static void Forward(
        ActivationDefinition definition, ReadOnlySpan<T> input, Span<T> output, ReadOnlySpan<int> shape, int axis, in ActivationArguments<T> arguments, int threads)
    {
        AxisRows rows = Rows(definition, input, shape, axis, arguments, out int outputs);
        if (!MustGather(definition, rows))
        {
            TPrecision.Forward(definition, input, output, checked(rows.Length * rows.Inner), arguments, threads);
            return;
        }

        SpanChecks.Rows(false, input, default, output, checked(rows.Length * rows.Inner), checked(outputs * rows.Inner));
        T[] values = Values(arguments);
        fixed (T* x = input, y = output)
        {
            Strided from = new(x, rows.Length, rows.Inner);
            Strided to = new(y, outputs, rows.Inner);
            rows.ForEachTile(threads, tile =>
            {
                using Buffer inputs = new(tile.Count * rows.Length);
                using Buffer results = new(tile.Count * outputs);
                from.Gather(tile, inputs.Span);
                TPrecision.Forward(definition, inputs.Span, results.Span, rows.Length, ActivationArguments.Constants<T>(values), 1);
                to.Scatter(tile, results.Span);
            });
        }
    }

    public static void Backward(
        ActivationDefinition definition,
        ReadOnlySpan<T> input,
        ReadOnlySpan<T> outputGradient,
        Span<T> inputGradient,
        ReadOnlySpan<int> shape,
        int axis,
        in ActivationArguments<T> arguments,
        int threads)
    {
        AxisRows rows = Rows(definition, input, shape, axis, arguments, out int outputs);
        if (!MustGather(definition, rows))
        {
            TPrecision.Backward(definition, input, outputGradient, inputGradient, checked(rows.Length * rows.Inner), arguments, threads);
            return;
        }

        SpanChecks.Rows(true, input, outputGradient, inputGradient, checked(rows.Length * rows.Inner), checked(outputs * rows.Inner));
        T[] values = Values(arguments);
        fixed (T* x = input, g = outputGradient, dx = inputGradient)
        {
            Strided from = new(x, rows.Length, rows.Inner);
            Strided by = new(g, outputs, rows.Inner);
            Strided to = new(dx, rows.Length, rows.Inner);
            rows.ForEachTile(threads, tile =>
            {
                using Buffer inputs = new(tile.Count * rows.Length);
                using Buffer gradients = new(tile.Count * outputs);
                from.Gather(tile, inputs.Span);
                by.Gather(tile, gradients.Span);
                TPrecision.Backward(definition, inputs.Span, gradients.Span, inputs.Span, rows.Length, ActivationArguments.Constants<T>(values), 1);
                to.Scatter(tile, inputs.Span);
            });
        }
    }

    private static AxisRows Rows(
        ActivationDefinition definition, ReadOnlySpan<T> input, ReadOnlySpan<int> shape, int axis, in ActivationArguments<T> arguments, out int outputs)
    {
        ArgumentNullException.ThrowIfNull(definition);
        AxisRows rows = AxisRows.Along(shape, axis);
        rows.Check(input.Length);
        outputs = TPrecision.OutputLength(definition, rows.Length, arguments);
        return rows;
    }

    private static bool MustGather(ActivationDefinition definition, AxisRows rows) => rows.Inner > 1 && !definition.IsElementwise && !definition.JoinsAxes;

    /// <summary>The parameters, which threads cannot share as spans.</summary>
    private static T[] Values(in ActivationArguments<T> arguments) => [.. arguments.First, .. arguments.Second, .. arguments.Third, .. arguments.Fourth];

    /// <summary>An array of outer × length × inner elements.</summary>
    private readonly struct Strided(T* start, int length, int inner)
    {
        /// <summary>Copies the rows of a tile one after the other.</summary>
        public void Gather(AxisRows.Tile tile, Span<T> rows)
        {
            for (int i = 0; i < length; i++)
            {
                T* line = Line(tile, i);
                for (int column = 0; column < tile.Count; column++)
                {
                    rows[(column * length) + i] = line[column];
                }
            }
        }

        /// <summary>Puts the rows of a tile back where they lie.</summary>
        public void Scatter(AxisRows.Tile tile, ReadOnlySpan<T> rows)
        {
            for (int i = 0; i < length; i++)
            {
                T* line = Line(tile, i);
                for (int column = 0; column < tile.Count; column++)
                {
                    line[column] = rows[(column * length) + i];
                }
            }
        }

        private T* Line(AxisRows.Tile tile, int index) => start + ((((nint)tile.Outer * length) + index) * inner) + tile.First;
    }

    /// <summary>Memory lent for a tile.</summary>
    private readonly struct Buffer(int length) : IDisposable
    {
        private readonly T[] _values = ArrayPool<T>.Shared.Rent(length);

        public Span<T> Span => _values.AsSpan(0, length);

        public void Dispose() => ArrayPool<T>.Shared.Return(_values);
    }
}

/// <summary>The calls over floats.</summary>
internal readonly struct SinglePrecision : IPrecision<float>
{
    public static int OutputLength(ActivationDefinition definition, int rowLength, in ActivationArguments<float> arguments) =>
        definition.OutputLength(rowLength, arguments);

    public static void Forward(
        ActivationDefinition definition, ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments, int threads) =>
        definition.Forward(input, output, rowLength, arguments, threads);

    public static void Backward(
        ActivationDefinition definition,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        int rowLength,
        in ActivationArguments<float> arguments,
        int threads) =>
        definition.Backward(input, outputGradient, inputGradient, rowLength, arguments, threads);

    public static void ParameterGradient(
        ActivationDefinition definition,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        Span<float> contributions,
        int rowLength,
        int parameter,
        in ActivationArguments<float> arguments) =>
        definition.ParameterGradient(input, outputGradient, contributions, rowLength, parameter, arguments);
}

/// <summary>The calls over doubles.</summary>
internal readonly struct DoublePrecision : IPrecision<double>
{
    public static int OutputLength(ActivationDefinition definition, int rowLength, in ActivationArguments<double> arguments) =>
        definition.OutputLength(rowLength, arguments);

    public static void Forward(
        ActivationDefinition definition, ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments, int threads) =>
        definition.Forward(input, output, rowLength, arguments, threads);

    public static void Backward(
        ActivationDefinition definition,
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> outputGradient,
        Span<double> inputGradient,
        int rowLength,
        in ActivationArguments<double> arguments,
        int threads) =>
        definition.Backward(input, outputGradient, inputGradient, rowLength, arguments, threads);

    public static void ParameterGradient(
        ActivationDefinition definition,
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> outputGradient,
        Span<double> contributions,
        int rowLength,
        int parameter,
        in ActivationArguments<double> arguments) =>
        definition.ParameterGradient(input, outputGradient, contributions, rowLength, parameter, arguments);
}
