using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>Collects the steps of a plan and the buffers between them, and finds a place for each buffer.</summary>
/// <remarks>
/// Time runs through the forward steps 0 to n - 1, the loss at n and the backward steps of n - 1 to 0 at n + 1 to 2n, each of three parts
/// (<see cref="BackwardPart"/>). A buffer is alive from its first use to its last. Each is placed at the lowest address where it meets no other that is alive
/// at the same time (<see cref="BufferPlacement"/>). The gradients of the parameters, where the plan keeps them, have their places before: a
/// tensor's is alive from the step that computes it to the end, and makes room for what forward passes keep until then.
/// </remarks>
internal sealed unsafe class PlanBuilder(int maximumRows, bool trains, bool observed = false)
{
    private const int Parts = (int)BackwardPart.Input + 1;

    private readonly List<PlanStep> _steps = [];
    private readonly List<PlanBuffer> _buffers = [];
    private readonly List<(PlanBuffer Buffer, int Step, BackwardPart Part)> _backwardUses = [];
    private readonly List<(NetworkTensor Tensor, int Step)> _gradients = [];
    private readonly List<SequenceLengths> _lengths = [];

    /// <summary>The samples of the largest batch.</summary>
    public int MaximumRows { get; } = maximumRows;

    /// <summary>Whether there will be backward passes.</summary>
    public bool Trains { get; } = trains;

    /// <summary>
    /// Whether what a step has read, given and received is still there after its turn in a backward pass, for somebody to look at. The bits are the same.
    /// </summary>
    public bool Observed { get; } = observed;

    /// <summary>The steps so far, in the order of the forward pass.</summary>
    public IReadOnlyList<PlanStep> Steps => _steps;

    /// <summary>The lengths of sequences at all places of the network where they may differ, each behind those that it comes from.</summary>
    public IReadOnlyList<SequenceLengths> Lengths => _lengths;

    /// <summary>Makes a buffer of floats.</summary>
    public PlanBuffer Buffer(long length)
    {
        PlanBuffer buffer = new(length);
        _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>Makes a buffer that only backward passes need; null in a plan without them.</summary>
    public PlanBuffer? TrainingBuffer(long length) => Trains ? Buffer(length) : null;

    /// <summary>Makes what a step gives.</summary>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="needsGradient">Whether a gradient has to flow back: the step learns, or its input has a gradient.</param>
    /// <param name="mayBeOverwritten">Whether the step's own backward pass does without its outputs.</param>
    public PlanValue Value(TensorShape shape, bool needsGradient, bool mayBeOverwritten)
    {
        long length = (long)MaximumRows * shape.Size;
        return new PlanValue(shape, Buffer(length), Trains && needsGradient ? Buffer(length) : null) { MayBeOverwritten = mayBeOverwritten };
    }

    /// <summary>The lengths at the beginning of a network that reads sequences.</summary>
    public SequenceLengths Sequences() => Added(new SequenceLengths(MaximumRows));

    /// <summary>The lengths behind windows that move along a sequence; null where there are none before.</summary>
    public SequenceLengths? Behind(SequenceLengths? before, int window, int stride, int margin) =>
        before is null || (stride == 1 && margin == window - 1) ? before : Added(new SequenceLengths(before, window, stride, margin));

    /// <summary>The lengths where branches meet.</summary>
    public SequenceLengths? Meeting(SequenceLengths? first, SequenceLengths? second) =>
        first is null || second is null || first == second ? first ?? second : Added(new SequenceLengths(first, second));

    /// <summary>Whether a step may put its output in the place of what it reads.</summary>
    public bool MayOverwrite(PlanValue input) => input.MayBeOverwritten && !Observed;

    /// <summary>Adds a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="output">What it gives; without a gradient there is no backward pass.</param>
    /// <param name="forward">The buffers that it touches in a forward pass; nulls are skipped.</param>
    /// <param name="backward">The buffers that it touches in a backward pass; nulls are skipped.</param>
    public void Add(PlanStep step, PlanValue output, ReadOnlySpan<PlanBuffer?> forward, ReadOnlySpan<PlanBuffer?> backward)
    {
        step.Index = _steps.Count;
        step.GoesBack = output.Gradient != null;
        step.Result = output;
        _steps.Add(step);
        AddUses(step, forward, backward);
        if (Observed)
        {
            AddUses(step, [], [output.Data, output.Gradient]);
        }
    }

    /// <summary>Adds to what a step touches.</summary>
    public void AddUses(PlanStep step, ReadOnlySpan<PlanBuffer?> forward, ReadOnlySpan<PlanBuffer?> backward)
    {
        foreach (PlanBuffer? buffer in forward)
        {
            AddUses(buffer, step.Index);
        }

        AddBackwardUses(step, BackwardPart.Activation, BackwardPart.Input, backward);
    }

    /// <summary>Adds to what a step touches in some parts of its backward pass.</summary>
    /// <param name="step">The step.</param>
    /// <param name="first">The first part that touches them.</param>
    /// <param name="last">The last one.</param>
    /// <param name="buffers">The buffers; nulls are skipped.</param>
    public void AddBackwardUses(PlanStep step, BackwardPart first, BackwardPart last, ReadOnlySpan<PlanBuffer?> buffers)
    {
        foreach (PlanBuffer? buffer in buffers)
        {
            if (step.GoesBack && buffer != null)
            {
                _backwardUses.Add((buffer, step.Index, first));
                _backwardUses.Add((buffer, step.Index, last));
            }
        }
    }

    /// <summary>
    /// Says that the gradients of a step's parameters are written from <see cref="BackwardPart.Parameters"/> on, all of them at every backward pass that wants
    /// any; of others nothing is assumed.
    /// </summary>
    public void AddGradients(PlanStep step, IEnumerable<NetworkTensor> tensors) => _gradients.AddRange(tensors.Select(tensor => (tensor, step.Index)));

    /// <summary>Adds the steps of layers behind each other.</summary>
    /// <returns>What the last one gives.</returns>
    public PlanValue Chain(LayerNode[] nodes, PlanValue input)
    {
        foreach (LayerNode node in nodes)
        {
            int first = _steps.Count;
            PlanValue output = node.Description.Build(this, node, input);
            output.Lengths ??= node.Output.Rank == 2 ? input.Lengths : null;
            input = output;
            foreach (PlanStep step in _steps[first..])
            {
                step.Node ??= node;
            }
        }

        return input;
    }

    /// <summary>Places all buffers.</summary>
    /// <param name="output">What the loss reads, and by which it writes the gradient.</param>
    /// <param name="reuse">Whether buffers may lie in the same place.</param>
    /// <param name="gradients">The layout of the gradients that lie at the beginning of the memory; null for none.</param>
    /// <returns>The memory that holds them; they are good for as long as it is reachable.</returns>
    public AlignedBuffer Complete(PlanValue output, bool reuse, ParameterLayout? gradients)
    {
        int steps = _steps.Count;
        AddUses(output.Data, steps);
        AddUses(output.Gradient, steps);
        foreach ((PlanBuffer buffer, int step, BackwardPart part) in _backwardUses)
        {
            buffer.Uses.Add(BackwardTime(step, part));
        }

        PlanBuffer[] used = [.. _buffers.Where(buffer => buffer.Uses.Count > 0 && buffer.Length > 0)];
        (long[] offsets, long length) = BufferPlacement.Place(
            [.. used.Select(buffer => new BufferPlacement.Need(AlignedBuffer.WholeLines(buffer.Length), buffer.Uses.Min(), buffer.Uses.Max()))],
            [.. gradients is null ? [] : PlacesOf(gradients)],
            reuse);
        if (length > AlignedBuffer.MaximumLength)
        {
            throw new InvalidOperationException(
                $"a batch of {MaximumRows} samples needs {length * sizeof(float) >> 20:N0} MB for this network; at most {AlignedBuffer.MaximumLength * (long)sizeof(float) >> 20:N0} MB are supported");
        }

        AlignedBuffer memory = new((int)length);
        for (int i = 0; i < used.Length; i++)
        {
            used[i].Pointer = memory.Pointer + offsets[i];
        }

        return memory;
    }

    private SequenceLengths Added(SequenceLengths lengths)
    {
        _lengths.Add(lengths);
        return lengths;
    }

    private static void AddUses(PlanBuffer? buffer, int step)
    {
        buffer?.Uses.Add(step * Parts);
        buffer?.Uses.Add(step * Parts + Parts - 1);
    }

    private int BackwardTime(int step, BackwardPart part) => (2 * _steps.Count - step) * Parts + (int)part;

    /// <summary>
    /// The places of the gradients. Those of a tensor are there from its step on; everything else, such as the gaps behind tensors, which have to stay zero,
    /// all the time.
    /// </summary>
    private IEnumerable<(long Offset, BufferPlacement.Need Need)> PlacesOf(ParameterLayout layout)
    {
        int end = BackwardTime(0, BackwardPart.Input);
        long offset = 0;
        foreach ((NetworkTensor tensor, int step) in _gradients.OrderBy(gradient => gradient.Tensor.Offset))
        {
            long wholeLines = tensor.Length - tensor.Length % AlignedBuffer.WholeLines(1);
            yield return (offset, new(tensor.Offset - offset, 0, end));
            yield return (tensor.Offset, new(wholeLines, BackwardTime(step, BackwardPart.Parameters), end));
            offset = tensor.Offset + wholeLines;
        }

        yield return (offset, new(layout.Length - offset, 0, end));
    }
}
