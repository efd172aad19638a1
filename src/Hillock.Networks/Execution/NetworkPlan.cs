using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>
/// A network bound to its largest batch: forward and backward passes that allocate nothing. A smaller batch uses the beginning of every buffer.
/// </summary>
/// <remarks>
/// How data flows: the layers add steps to a <see cref="PlanBuilder"/>, each reading the value that the one before gave. A forward pass runs the
/// steps in order; the caller turns the outputs into the gradient by them (<see cref="OutputGradient"/>); a backward pass runs the steps in
/// reverse, each turning the gradient by its outputs into that by its inputs, in place where it can. All values, gradients, masks and scratch
/// lie in one piece of memory, where a buffer takes the place of another whose last reader is done: what a step's backward pass does not declare
/// is not kept. The network's parameters are read in place, at every pass.
/// </remarks>
internal sealed unsafe class NetworkPlan
{
    private readonly Network _network;
    private readonly AlignedBuffer _memory;
    private readonly bool _keepsGradients;
    private readonly PlanStep[] _steps;
    private readonly SequenceLengths[] _lengths;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly BatchPass _pass;
    private AlignedBuffer? _withoutPadding;

    /// <summary>Makes a plan.</summary>
    /// <param name="network">The network, whose parameters are read in place.</param>
    /// <param name="maximumRows">The samples of the largest batch.</param>
    /// <param name="trains">Whether there will be backward passes.</param>
    /// <param name="team">Threads that share the work; null for the calling thread alone. The bits are the same.</param>
    /// <param name="reuse">Whether buffers may share a place; without, every buffer keeps what was written last.</param>
    /// <param name="keepsGradients">Whether the plan has a place for the gradients of the parameters (<see cref="Gradients"/>).</param>
    /// <param name="observed">Whether the observer of a backward pass finds all that a step read, gave and received.</param>
    /// <exception cref="InvalidOperationException">The batch needs more memory than is supported.</exception>
    public NetworkPlan(Network network, int maximumRows, bool trains, WorkerTeam? team = null, bool reuse = true, bool keepsGradients = false, bool observed = false)
    {
        _network = network;
        MaximumRows = maximumRows;
        PlanBuilder builder = new(maximumRows, trains, observed);
        _input = new PlanValue(network.Description.Input, new PlanBuffer((long)maximumRows * network.Description.Inputs), gradient: null);
        TensorShape shape = network.Description.Input;
        _input.Lengths = shape.IsTokens || shape.Rank == 2 ? builder.Sequences() : null;
        _output = builder.Chain(network.Description.Nodes, _input);
        _memory = builder.Complete(_output, reuse, keepsGradients ? network.Layout : null);
        _keepsGradients = keepsGradients;
        _steps = [.. builder.Steps];
        _lengths = [.. builder.Lengths];
        _pass = new BatchPass
        {
            Parameters = network.Parameters.Pointer,
            Team = team ?? new WorkerTeam(1),
        };
    }

    /// <summary>The samples of the largest batch.</summary>
    public int MaximumRows { get; }

    /// <summary>What the first step reads.</summary>
    public PlanValue Input => _input;

    /// <summary>The steps in the order of the forward pass.</summary>
    public ReadOnlySpan<PlanStep> Steps => _steps;

    /// <summary>
    /// Where gradients of the parameters may go that are used up before the next forward pass: they share memory with what is needed before them. Null where
    /// the plan keeps none.
    /// </summary>
    public float* Gradients => _keepsGradients ? _memory.Pointer : null;

    /// <summary>The bytes that the plan holds: values, gradients, masks and scratch, and those of the parameters only where it keeps them.</summary>
    public long MemoryBytes => ((long)_memory.Length + (_withoutPadding?.Length ?? 0)) * sizeof(float);

    /// <summary>What penalties add to the mean loss of the last batch.</summary>
    public double Penalty => _pass.Penalty;

    /// <summary>Runs a batch through the network.</summary>
    /// <param name="input">The samples, one after the other; pinned until the backward pass is over.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="draws">What this pass draws from, another key for each pass of training; null for a pass of evaluation.</param>
    /// <param name="lengths">The real positions of each sample, the numbers behind which have no influence on anything; null where all are real. Pinned likewise.</param>
    /// <param name="observer">Is shown every step after its turn; null for nobody.</param>
    /// <returns>The outputs of the last layer.</returns>
    public ReadOnlySpan<float> Forward(float* input, int rows, RandomKey? draws = null, int* lengths = null, Action<PlanStep>? observer = null)
    {
        foreach (SequenceLengths places in _lengths)
        {
            places.Set(lengths, rows);
        }

        _input.Data.Pointer = lengths == null ? input : WithoutPadding(input, rows);
        _pass.Rows = rows;
        _pass.Training = draws.HasValue;
        _pass.Draws = draws.GetValueOrDefault();
        _pass.Penalty = 0;
        foreach (PlanStep step in _steps)
        {
            step.Forward(_pass);
            observer?.Invoke(step);
        }

        return _output.Data.Slice(0, rows * _output.Shape.Size);
    }

    /// <summary>Where the gradient of the mean loss by the outputs has to be put before a backward pass; empty where nothing is learned.</summary>
    public Span<float> OutputGradient(int rows) => _output.Gradient is { } gradient ? gradient.Slice(0, rows * _output.Shape.Size) : default;

    /// <summary>Carries the gradient by the outputs back through the network, for the batch of the last forward pass.</summary>
    /// <param name="gradients">Receives the gradients of the parameters, laid out like these; null where they are not wanted.</param>
    /// <param name="observer">Is shown every step after its turn; null for nobody.</param>
    public void Backward(float* gradients, Action<PlanStep>? observer = null)
    {
        _pass.Gradients = gradients;
        for (int i = _steps.Length - 1; i >= 0; i--)
        {
            if (_steps[i].GoesBack)
            {
                _steps[i].Backward(_pass);
                observer?.Invoke(_steps[i]);
            }
        }

        GC.KeepAlive(_network);
    }

    /// <summary>The samples of a batch with zeros for their padding: steps may read what they like, and it is finite.</summary>
    private float* WithoutPadding(float* input, int rows)
    {
        TensorShape shape = _input.Shape;
        _withoutPadding ??= new AlignedBuffer(checked(MaximumRows * shape.Size));
        new ReadOnlySpan<float>(input, rows * shape.Size).CopyTo(_withoutPadding.Span);
        _input.Lengths?.ClearPadding(_withoutPadding.Pointer, rows, shape.IsTokens ? shape.Size : shape.Positions, shape.IsTokens ? 1 : shape.Channels);
        return _withoutPadding.Pointer;
    }
}
