using Hillock.Activations.Kernels;

namespace Hillock.Activations.Catalogue;

/// <summary>
/// Runs kernels over long spans on several threads: each takes chunks of whole rows, and since no element's arithmetic depends on its place, the bits are
/// those of one thread. Short spans, for which starting threads costs more than it saves, stay on the caller's thread.
/// </summary>
public static unsafe class ParallelActivation
{
    /// <summary>Elements to a chunk: small enough to share evenly and to stay in the cache between a chunk's inputs and outputs, a multiple of every register.</summary>
    private const int ChunkLength = 1 << 16;

    /// <summary>Chunks from which on threads pay: two where an element costs an exponential, more where memory is what one waits for.</summary>
    private const int CostlyChunks = 2;

    private const int CheapChunks = 16;

    /// <summary>Computes the function on up to <paramref name="threads"/> threads.</summary>
    /// <param name="definition">The function.</param>
    /// <param name="input">Rows one after the other.</param>
    /// <param name="output">Rows of outputs; may be the memory of <paramref name="input"/> where the function keeps the length, must not overlap otherwise.</param>
    /// <param name="rowLength">The length of a row; matters to functions of a row only.</param>
    /// <param name="arguments">The parameters, one value each or one for each output.</param>
    /// <param name="threads">How many threads may work, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or the spans overlap without starting together.</exception>
    public static void Forward(
        this ActivationDefinition definition, ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments, int threads)
    {
        Check(definition, threads);
        Chunks chunks = Chunks.Of(definition, input.Length, rowLength, definition.OutputLength(rowLength, arguments), threads);
        if (chunks.Rows == 0)
        {
            definition.Forward(input, output, rowLength, arguments);
            return;
        }

        // What a chunk could not see of the whole: an overlap by more than a chunk.
        SpanChecks.Rows(false, input, default, output, chunks.Inputs, chunks.Outputs);
        fixed (float* x = input, y = output, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            Pinned<float> pinned = new(x, null, y, output.Length, new(a, b, c, d), Lengths.Of(arguments), Later(arguments));
            Run(chunks, threads, part => definition.Forward(
                pinned.First(part.Inputs), pinned.Result(part.Outputs), rowLength, pinned.Arguments(part.Outputs)));
        }
    }

    /// <summary>The same in double precision.</summary>
    public static void Forward(
        this ActivationDefinition definition, ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments, int threads)
    {
        Check(definition, threads);
        Chunks chunks = Chunks.Of(definition, input.Length, rowLength, definition.OutputLength(rowLength, arguments), threads);
        if (chunks.Rows == 0)
        {
            definition.Forward(input, output, rowLength, arguments);
            return;
        }

        // What a chunk could not see of the whole: an overlap by more than a chunk.
        SpanChecks.Rows(false, input, default, output, chunks.Inputs, chunks.Outputs);
        fixed (double* x = input, y = output, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            Pinned<double> pinned = new(x, null, y, output.Length, new(a, b, c, d), Lengths.Of(arguments), Later(arguments));
            Run(chunks, threads, part => definition.Forward(
                pinned.First(part.Inputs), pinned.Result(part.Outputs), rowLength, pinned.Arguments(part.Outputs)));
        }
    }

    /// <summary>Multiplies the gradient of the outputs by the derivative at the inputs, on up to <paramref name="threads"/> threads.</summary>
    /// <param name="definition">The function.</param>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="outputGradient">dC/dy, as long as the outputs.</param>
    /// <param name="inputGradient">
    /// Receives dC/dx; may be the memory of <paramref name="input"/>, or of <paramref name="outputGradient"/> where the function keeps the length.
    /// </param>
    /// <param name="rowLength">The length of a row.</param>
    /// <param name="arguments">The parameters that the forward pass used.</param>
    /// <param name="threads">How many threads may work, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or the spans overlap without starting together.</exception>
    public static void Backward(
        this ActivationDefinition definition,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        int rowLength,
        in ActivationArguments<float> arguments,
        int threads)
    {
        Check(definition, threads);
        Chunks chunks = Chunks.Of(definition, input.Length, rowLength, definition.OutputLength(rowLength, arguments), threads);
        if (chunks.Rows == 0)
        {
            definition.Backward(input, outputGradient, inputGradient, rowLength, arguments);
            return;
        }

        SpanChecks.Rows(true, input, outputGradient, inputGradient, chunks.Inputs, chunks.Outputs);
        fixed (float* x = input, g = outputGradient, y = inputGradient, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            Pinned<float> pinned = new(x, g, y, outputGradient.Length, new(a, b, c, d), Lengths.Of(arguments), Later(arguments));
            Run(chunks, threads, part => definition.Backward(
                pinned.First(part.Inputs), pinned.Second(part.Outputs), pinned.Result(part.Inputs), rowLength, pinned.Arguments(part.Outputs)));
        }
    }

    /// <summary>The same in double precision.</summary>
    public static void Backward(
        this ActivationDefinition definition,
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> outputGradient,
        Span<double> inputGradient,
        int rowLength,
        in ActivationArguments<double> arguments,
        int threads)
    {
        Check(definition, threads);
        Chunks chunks = Chunks.Of(definition, input.Length, rowLength, definition.OutputLength(rowLength, arguments), threads);
        if (chunks.Rows == 0)
        {
            definition.Backward(input, outputGradient, inputGradient, rowLength, arguments);
            return;
        }

        SpanChecks.Rows(true, input, outputGradient, inputGradient, chunks.Inputs, chunks.Outputs);
        fixed (double* x = input, g = outputGradient, y = inputGradient, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            Pinned<double> pinned = new(x, g, y, outputGradient.Length, new(a, b, c, d), Lengths.Of(arguments), Later(arguments));
            Run(chunks, threads, part => definition.Backward(
                pinned.First(part.Inputs), pinned.Second(part.Outputs), pinned.Result(part.Inputs), rowLength, pinned.Arguments(part.Outputs)));
        }
    }

    private static void Check(ActivationDefinition definition, int threads)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
    }

    private static void Run(Chunks chunks, int threads, Action<Part> work) => Parallel.For(
        0, chunks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => work(chunks.Part(i)));

    /// <summary>A part of a span.</summary>
    private readonly record struct Slice(int Start, int Length);

    /// <summary>The inputs and the outputs of a chunk.</summary>
    private readonly record struct Part(Slice Inputs, Slice Outputs);

    /// <summary>How rows are dealt out.</summary>
    /// <param name="Rows">The rows that a thread takes at a time; 0 where one thread does best or must, since the call is wrong.</param>
    /// <param name="Total">All rows.</param>
    /// <param name="Inputs">The inputs of a row; 1 for an element-wise function.</param>
    /// <param name="Outputs">The outputs of a row.</param>
    private readonly record struct Chunks(int Rows, int Total, int Inputs, int Outputs)
    {
        public int Count => (int)(((long)Total + Rows - 1) / Rows);

        public static Chunks Of(ActivationDefinition definition, int length, int rowLength, int outputLength, int threads)
        {
            int least = definition.Facts.Cost is CostClass.Free or CostClass.Arithmetic ? CheapChunks : CostlyChunks;
            if (threads == 1 || length < least * ChunkLength)
            {
                return default;
            }

            if (definition.IsElementwise)
            {
                return new(ChunkLength, length, 1, 1);
            }

            return rowLength <= 0 || length % rowLength != 0 || rowLength > length / 2
                ? default
                : new(Math.Max(1, ChunkLength / rowLength), length / rowLength, rowLength, outputLength);
        }

        public Part Part(int index)
        {
            int first = index * Rows;
            int rows = Math.Min(Rows, Total - first);
            return new(new(first * Inputs, rows * Inputs), new(first * Outputs, rows * Outputs));
        }
    }

    /// <summary>How many values each parameter has.</summary>
    private readonly record struct Lengths(int First, int Second, int Third, int Fourth)
    {
        public static Lengths Of<T>(in ActivationArguments<T> arguments)
            where T : struct => new(arguments.First.Length, arguments.Second.Length, arguments.Third.Length, arguments.Fourth.Length);

        public bool Any(int count) => First == count || Second == count || Third == count || Fourth == count;
    }

    /// <summary>The parameters after the fourth, which few functions have, are copied: they are hardly ever given for each element.</summary>
    private static T[][] Later<T>(in ActivationArguments<T> arguments)
        where T : unmanaged
    {
        List<T[]> later = [];
        for (int i = 4; i < ActivationArguments<T>.MaximumCount && !arguments[i].IsEmpty; i++)
        {
            later.Add(arguments[i].ToArray());
        }

        return [.. later];
    }

    private readonly struct Values<T>(T* first, T* second, T* third, T* fourth)
        where T : unmanaged
    {
        public T* First => first;

        public T* Second => second;

        public T* Third => third;

        public T* Fourth => fourth;
    }

    /// <summary>The spans of a call, held in their place so that threads can take parts of them.</summary>
    private readonly struct Pinned<T>(T* first, T* second, T* result, int outputs, Values<T> values, Lengths lengths, T[][] later)
        where T : unmanaged
    {
        public ReadOnlySpan<T> First(Slice part) => new(first + part.Start, part.Length);

        public ReadOnlySpan<T> Second(Slice part) => new(second + part.Start, part.Length);

        public Span<T> Result(Slice part) => new(result + part.Start, part.Length);

        public ActivationArguments<T> Arguments(Slice part)
        {
            // A last part of a single element has parameters of its own where the others have.
            ActivationArguments<T> arguments = new(
                Of(values.First, lengths.First, part),
                Of(values.Second, lengths.Second, part),
                Of(values.Third, lengths.Third, part),
                Of(values.Fourth, lengths.Fourth, part))
            { OneForEach = outputs > 1 && (lengths.Any(outputs) || Array.Exists(later, HasOneForEach)) };
            for (int i = 0; i < later.Length; i++)
            {
                ReadOnlySpan<T> whole = later[i];
                arguments = arguments.With(i + 4, whole.Length == outputs ? whole.Slice(part.Start, part.Length) : whole);
            }

            return arguments;
        }

        private bool HasOneForEach(T[] values) => values.Length == outputs;

        // A parameter of one value for each output is cut like the outputs; any other number of values is left for the kernel to judge.
        private ReadOnlySpan<T> Of(T* values, int count, Slice part) => count == outputs ? new(values + part.Start, part.Length) : new(values, count);
    }
}
