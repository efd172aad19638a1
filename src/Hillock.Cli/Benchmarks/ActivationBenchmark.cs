using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Timing;

namespace Hillock.Cli.Benchmarks;

/// <summary>Times activations beside copies of the same memory, all in turn.</summary>
internal sealed class ActivationBenchmark
{
    /// <summary>The length of a row for functions of rows.</summary>
    public const int RowLength = 1024;

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
    private readonly float[] _input;
    private readonly float[] _gradient;
    private readonly float[] _output;

    /// <summary>Makes room for spans up to a size.</summary>
    /// <param name="largest">The largest size that will be measured.</param>
    /// <param name="threads">Threads that our kernels and the copy by the same loop may use.</param>
    public ActivationBenchmark(int largest, int threads)
    {
        _threads = threads;
        _input = new float[largest];
        _gradient = new float[largest];
        _output = new float[largest];
        Array.Fill(_gradient, 1);
        for (int i = 0; i < largest; i++)
        {
            // Numbers between -8 and 8 in no order that a branch predictor could learn.
            _input[i] = (((i * 2654435761L) % 16000) * 0.001f) - 8;
        }
    }

    /// <summary>The length of the rows at a size: everything is one row where it does not divide into rows of 1024.</summary>
    public static int RowLengthOf(Activation activation, int size) => !activation.Definition.IsElementwise && size % RowLength == 0 ? RowLength : size;

    /// <summary>Times one activation at several sizes.</summary>
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
                activation.Name, size, _threads, PerElement(0), PerElement(1), PerElement(2), PerElement(3), nanoseconds.Length > PeerIndex ? PerElement(PeerIndex) : null);
        }
    }

    /// <summary>Forward, backward, the copy by the same loop, the runtime's copy, and the peer's function where there is one.</summary>
    private List<Action> Contenders(Activation activation, int size)
    {
        float[] parameters = [.. activation.Modes.Select(m => (float)m.EvaluationValue)];
        ActivationDefinition definition = activation.Definition;
        int rowLength = RowLengthOf(activation, size);
        int outputs = size / rowLength * activation.OutputLength(rowLength);
        float[] output = outputs > _output.Length ? new float[outputs] : _output;
        float[] gradient = outputs > _gradient.Length ? [.. Enumerable.Repeat(1f, outputs)] : _gradient;
        List<Action> contenders =
        [
            () => definition.Forward(_input.AsSpan(0, size), output.AsSpan(0, outputs), rowLength, ActivationArguments.Constants<float>(parameters), _threads),
            () => definition.Backward(
                _input.AsSpan(0, size), gradient.AsSpan(0, outputs), _output.AsSpan(0, size), rowLength, ActivationArguments.Constants<float>(parameters), _threads),
            () => Identity.Forward(_input.AsSpan(0, size), _output.AsSpan(0, size), size, default, _threads),
            () => _input.AsSpan(0, size).CopyTo(_output),
        ];
        if (TensorPrimitivesPeer.Of(activation) is { } peer)
        {
            contenders.Add(() => peer(_input.AsSpan(0, size), _output.AsSpan(0, size)));
        }

        return contenders;
    }
}
