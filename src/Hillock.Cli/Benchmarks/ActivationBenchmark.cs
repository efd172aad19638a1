using System.Numerics;
using System.Runtime.InteropServices;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Timing;

namespace Hillock.Cli.Benchmarks;

/// <summary>Times activations beside copies of the same memory, all in turn.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ActivationBenchmark<T> : IActivationBenchmark
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Where the peer stands among the contenders.</summary>
    private const int PeerIndex = 4;

    /// <summary>
    /// Before anything is timed, every contender is called often, left alone for a while and called again: the runtime compiles anew, in the background, what
    /// was called often. Our loops are compiled in full at once; the peer's need several rounds.
    /// </summary>
    private const int WarmUpCalls = 40;

    private const int WarmUpRounds = 2;

    private const int WarmUpRoundsOfPeer = 6;

    private const int WarmUpLength = 4096;

    private static readonly TimeSpan Background = TimeSpan.FromMilliseconds(250);

    private static readonly ActivationDefinition Identity = ActivationCatalogue.All.First(d => d.Facts.Name == "identity");

    private readonly int _threads;
    private readonly T[] _input;
    private readonly T[] _gradient;
    private readonly T[] _output;

    /// <summary>Makes room for spans up to a size.</summary>
    /// <param name="largest">The largest size that will be measured.</param>
    /// <param name="threads">Threads that our kernels and the copy by the same loop may use.</param>
    public ActivationBenchmark(int largest, int threads)
    {
        _threads = threads;
        _input = new T[largest];
        _gradient = new T[largest];
        _output = new T[largest];
        Array.Fill(_gradient, T.One);
        for (int i = 0; i < largest; i++)
        {
            // Numbers between -8 and 8 in no order that a branch predictor could learn.
            _input[i] = T.CreateChecked((((i * 2654435761L) % 16000) * 0.001) - 8);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ActivationTiming> Measure(Activation activation, IEnumerable<int> sizes, CancellationToken cancellationToken)
    {
        List<Action> small = Contenders(activation, Math.Min(WarmUpLength, _input.Length));
        for (int round = 0; round < (small.Count > PeerIndex ? WarmUpRoundsOfPeer : WarmUpRounds); round++)
        {
            small.ForEach(c => Turns.Seconds(c, WarmUpCalls));
            cancellationToken.WaitHandle.WaitOne(Background);
        }

        foreach (int size in sizes)
        {
            double[] nanoseconds = Turns.Medians(Contenders(activation, size), cancellationToken);
            double PerElement(int contender) => Math.Round(nanoseconds[contender] / size, 4);
            yield return new ActivationTiming(
                activation.Name, typeof(T) == typeof(double) ? "double" : "float", size, _threads, PerElement(0), PerElement(1), PerElement(2), PerElement(3), nanoseconds.Length > PeerIndex ? PerElement(PeerIndex) : null);
        }
    }

    /// <summary>Forward, backward, the copy by the same loop, the runtime's copy, and the peer's function where there is one.</summary>
    private List<Action> Contenders(Activation activation, int size)
    {
        T[] parameters = [.. activation.Modes.Select(m => T.CreateChecked(m.EvaluationValue))];
        ActivationDefinition definition = activation.Definition;
        int rowLength = BenchmarkRows.LengthOf(activation, size);
        int outputs = size / rowLength * activation.OutputLength(rowLength);
        T[] output = outputs > _output.Length ? new T[outputs] : _output;
        T[] gradient = outputs > _gradient.Length ? [.. Enumerable.Repeat(T.One, outputs)] : _gradient;
        List<Action> contenders =
        [
            () => Forward(definition, size, output.AsSpan(0, outputs), rowLength, parameters),
            () => Backward(definition, gradient.AsSpan(0, outputs), _output.AsSpan(0, size), rowLength, parameters),
            () => Forward(Identity, size, _output.AsSpan(0, size), size, []),
            () => _input.AsSpan(0, size).CopyTo(_output),
        ];
        if (TensorPrimitivesPeer<T>.Of(activation) is { } peer)
        {
            contenders.Add(() => peer(_input.AsSpan(0, size), _output.AsSpan(0, size)));
        }

        return contenders;
    }

    private void Forward(ActivationDefinition definition, int size, Span<T> output, int rowLength, T[] parameters)
    {
        if (typeof(T) == typeof(double))
        {
            definition.Forward(Doubles(_input.AsSpan(0, size)), Doubles(output), rowLength, ActivationArguments.Constants<double>(Doubles(parameters)), _threads);
        }
        else
        {
            definition.Forward(Floats(_input.AsSpan(0, size)), Floats(output), rowLength, ActivationArguments.Constants<float>(Floats(parameters)), _threads);
        }
    }

    private void Backward(ActivationDefinition definition, Span<T> gradient, Span<T> result, int rowLength, T[] parameters)
    {
        Span<T> input = _input.AsSpan(0, result.Length);
        if (typeof(T) == typeof(double))
        {
            definition.Backward(Doubles(input), Doubles(gradient), Doubles(result), rowLength, ActivationArguments.Constants<double>(Doubles(parameters)), _threads);
        }
        else
        {
            definition.Backward(Floats(input), Floats(gradient), Floats(result), rowLength, ActivationArguments.Constants<float>(Floats(parameters)), _threads);
        }
    }

    private static Span<float> Floats(Span<T> span) => MemoryMarshal.Cast<T, float>(span);

    private static Span<double> Doubles(Span<T> span) => MemoryMarshal.Cast<T, double>(span);
}
