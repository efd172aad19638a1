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
    /// <param name="output">As long as <paramref name="input"/>; may be the same memory, must not overlap otherwise.</param>
    /// <param name="rowLength">The length of a row; matters to functions of a row only.</param>
    /// <param name="arguments">The parameters, one value each or one for each element.</param>
    /// <param name="threads">How many threads may work, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or the spans overlap without starting together.</exception>
    public static void Forward(
        this ActivationDefinition definition, ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments, int threads)
    {
        Check(definition, threads);
        int chunk = Chunk(definition, input.Length, rowLength, threads);
        if (chunk == 0)
        {
            definition.Forward(input, output, rowLength, arguments);
            return;
        }

        CheckSpans(input, output, output);
        fixed (float* x = input, y = output, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            Pinned<float> pinned = new(x, null, y, input.Length, new(a, b, c, d), Lengths.Of(arguments));
            Run(input.Length, chunk, threads, (start, length) =>
                definition.Forward(pinned.Input(start, length), pinned.Result(start, length), rowLength, pinned.Arguments(start, length)));
        }
    }

    /// <summary>The same in double precision.</summary>
    public static void Forward(
        this ActivationDefinition definition, ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments, int threads)
    {
        Check(definition, threads);
        int chunk = Chunk(definition, input.Length, rowLength, threads);
        if (chunk == 0)
        {
            definition.Forward(input, output, rowLength, arguments);
            return;
        }

        CheckSpans(input, output, output);
        fixed (double* x = input, y = output, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            Pinned<double> pinned = new(x, null, y, input.Length, new(a, b, c, d), Lengths.Of(arguments));
            Run(input.Length, chunk, threads, (start, length) =>
                definition.Forward(pinned.Input(start, length), pinned.Result(start, length), rowLength, pinned.Arguments(start, length)));
        }
    }

    /// <summary>Multiplies the gradient of the outputs by the derivative at the inputs, on up to <paramref name="threads"/> threads.</summary>
    /// <param name="definition">The function.</param>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="outputGradient">dC/dy, as long as <paramref name="input"/>.</param>
    /// <param name="inputGradient">Receives dC/dx; may be the memory of <paramref name="outputGradient"/> or of <paramref name="input"/>.</param>
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
        int chunk = Chunk(definition, input.Length, rowLength, threads);
        if (chunk == 0)
        {
            definition.Backward(input, outputGradient, inputGradient, rowLength, arguments);
            return;
        }

        CheckSpans(input, outputGradient, inputGradient);
        fixed (float* x = input, g = outputGradient, y = inputGradient, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            Pinned<float> pinned = new(x, g, y, input.Length, new(a, b, c, d), Lengths.Of(arguments));
            Run(input.Length, chunk, threads, (start, length) => definition.Backward(
                pinned.Input(start, length), pinned.Gradient(start, length), pinned.Result(start, length), rowLength, pinned.Arguments(start, length)));
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
        int chunk = Chunk(definition, input.Length, rowLength, threads);
        if (chunk == 0)
        {
            definition.Backward(input, outputGradient, inputGradient, rowLength, arguments);
            return;
        }

        CheckSpans(input, outputGradient, inputGradient);
        fixed (double* x = input, g = outputGradient, y = inputGradient, a = arguments.First, b = arguments.Second, c = arguments.Third, d = arguments.Fourth)
        {
            Pinned<double> pinned = new(x, g, y, input.Length, new(a, b, c, d), Lengths.Of(arguments));
            Run(input.Length, chunk, threads, (start, length) => definition.Backward(
                pinned.Input(start, length), pinned.Gradient(start, length), pinned.Result(start, length), rowLength, pinned.Arguments(start, length)));
        }
    }

    private static void Check(ActivationDefinition definition, int threads)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
    }

    /// <summary>What a chunk could not see of the whole: an overlap by more than a chunk.</summary>
    private static void CheckSpans<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> other, Span<T> result)
    {
        SpanChecks.SameLength(input, other, nameof(other));
        SpanChecks.SameLength<T>(input, result, nameof(result));
        SpanChecks.SameStartOrDisjoint<T>(input, result, nameof(result));
        SpanChecks.SameStartOrDisjoint<T>(other, result, nameof(result));
    }

    /// <summary>How many elements, in whole rows, a thread takes at a time; 0 where one thread does best or must, since the call is wrong.</summary>
    private static int Chunk(ActivationDefinition definition, int length, int rowLength, int threads)
    {
        int least = definition.Facts.Cost is CostClass.Free or CostClass.Arithmetic ? CheapChunks : CostlyChunks;
        if (threads == 1 || length < least * ChunkLength)
        {
            return 0;
        }

        if (definition.IsElementwise)
        {
            return ChunkLength;
        }

        return rowLength <= 0 || length % rowLength != 0 || rowLength > length / 2 ? 0 : Math.Max(1, ChunkLength / rowLength) * rowLength;
    }

    private static void Run(int length, int chunk, int threads, Action<int, int> work)
    {
        int chunks = (int)(((long)length + chunk - 1) / chunk);
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            int start = i * chunk;
            work(start, Math.Min(chunk, length - start));
        });
    }

    /// <summary>How many values each parameter has.</summary>
    private readonly record struct Lengths(int First, int Second, int Third, int Fourth)
    {
        public static Lengths Of<T>(in ActivationArguments<T> arguments)
            where T : struct => new(arguments.First.Length, arguments.Second.Length, arguments.Third.Length, arguments.Fourth.Length);
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
    private readonly struct Pinned<T>(T* input, T* gradient, T* result, int total, Values<T> values, Lengths lengths)
        where T : unmanaged
    {
        public ReadOnlySpan<T> Input(int start, int length) => new(input + start, length);

        public ReadOnlySpan<T> Gradient(int start, int length) => new(gradient + start, length);

        public Span<T> Result(int start, int length) => new(result + start, length);

        public ActivationArguments<T> Arguments(int start, int length) => new(
            Part(values.First, lengths.First, start, length),
            Part(values.Second, lengths.Second, start, length),
            Part(values.Third, lengths.Third, start, length),
            Part(values.Fourth, lengths.Fourth, start, length));

        // A parameter of one value for each element is cut like the input; any other number of values is left for the kernel to judge.
        private ReadOnlySpan<T> Part(T* of, int count, int start, int length) => count == total ? new(of + start, length) : new(of, count);
    }
}
