using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>Gates of a recurrent cell that lie together: what one activation runs over, so that it is called once for a whole block of samples.</summary>
/// <param name="Columns">The numbers of a row.</param>
/// <param name="InputColumn">The first of their columns in the weights of the input; null where they do not read it.</param>
/// <param name="RecurrentColumn">The first of their columns in the weights of the state; null where they do not read it.</param>
internal sealed record GateColumns(int Columns, int? InputColumn, int? RecurrentColumn);

/// <summary>
/// The memory of such gates in one direction of a layer, and the products that lead to them and back. A row that they read is a sample's input and, behind it, its
/// state, so that both are one product.
/// </summary>
internal sealed unsafe class GateBlock
{
    private readonly GateColumns _gates;
    private readonly int _channels;
    private readonly int _units;
    private readonly int _firstBias;
    private readonly PlanBuffer _packed;
    private readonly PlanBuffer? _packedInputTransposed;
    private readonly PlanBuffer? _packedRecurrentTransposed;

    /// <summary>Reserves memory.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="gates">What the cell says of them.</param>
    /// <param name="firstBias">The bias of their first column.</param>
    /// <param name="inPlace">Whether the sums need not be kept.</param>
    /// <param name="input">The layer's input.</param>
    /// <param name="units">The units of the state.</param>
    /// <param name="kept">The rows of gates that are kept.</param>
    public GateBlock(PlanBuilder plan, GateColumns gates, int firstBias, bool inPlace, PlanValue input, int units, long kept)
    {
        _gates = gates;
        _channels = input.Shape.Channels;
        _units = units;
        _firstBias = firstBias;
        Gates = plan.Buffer(kept * gates.Columns);
        Sums = inPlace || !plan.Trains ? Gates : plan.Buffer(kept * gates.Columns);
        GateGradient = plan.TrainingBuffer((long)plan.MaximumRows * gates.Columns);
        _packed = plan.Buffer(PackedMatrix.Length(ReadColumns, gates.Columns));
        _packedInputTransposed = ReadsInput && input.Gradient is not null ? plan.TrainingBuffer(PackedMatrix.Length(gates.Columns, _channels)) : null;
        _packedRecurrentTransposed = ReadsState ? plan.TrainingBuffer(PackedMatrix.Length(gates.Columns, units)) : null;
    }

    /// <summary>The gates, and in a backward pass the gradients by their sums.</summary>
    public PlanBuffer Gates { get; }

    /// <summary>What goes into the activation.</summary>
    public PlanBuffer Sums { get; }

    /// <summary>Gradients by the gates of one step.</summary>
    public PlanBuffer? GateGradient { get; }

    /// <summary>The numbers of a row.</summary>
    public int Columns => _gates.Columns;

    private bool ReadsInput => _gates.InputColumn is not null;

    private bool ReadsState => _gates.RecurrentColumn is not null;

    private int FirstRead => ReadsInput ? 0 : _channels;

    private int ReadColumns => (ReadsInput ? _channels : 0) + (ReadsState ? _units : 0);

    /// <summary>Tells the plan what the block touches.</summary>
    public void DeclareUses(PlanBuilder plan, PlanStep step) =>
        plan.AddUses(step, [Gates, Sums, _packed], [Gates, Sums, GateGradient, _packedInputTransposed, _packedRecurrentTransposed]);

    /// <summary>Packs the weights for a forward pass.</summary>
    public void Pack(in MatrixView weight, in MatrixView recurrent)
    {
        if (_gates.InputColumn is int input)
        {
            PackedMatrix.Pack(weight.Part(0, input, _channels, Columns), _packed.Pointer, ReadColumns, firstRow: 0);
        }

        if (_gates.RecurrentColumn is int state)
        {
            PackedMatrix.Pack(recurrent.Part(0, state, _units, Columns), _packed.Pointer, ReadColumns, ReadsInput ? _channels : 0);
        }
    }

    /// <summary>Packs the weights for a backward pass.</summary>
    public void PackTransposed(in MatrixView weight, in MatrixView recurrent)
    {
        if (_packedInputTransposed is { } packedInput)
        {
            PackedMatrix.Pack(weight.Part(0, _gates.InputColumn!.Value, _channels, Columns).Transposed, packedInput.Pointer);
        }

        if (_packedRecurrentTransposed is { } packedState)
        {
            PackedMatrix.Pack(recurrent.Part(0, _gates.RecurrentColumn!.Value, _units, Columns).Transposed, packedState.Pointer);
        }
    }

    /// <summary>Computes the sums of a block of samples.</summary>
    /// <param name="reads">Their inputs and states.</param>
    /// <param name="bias">The layer's biases.</param>
    /// <param name="sums">Receives the sums, row by row.</param>
    public void Forward(in MatrixView reads, float* bias, float* sums) => PackedMatrix.Multiply(
        reads.Part(0, FirstRead, reads.Rows, ReadColumns), _packed.Pointer, Columns, bias + _firstBias, 0, sums, Columns);

    /// <summary>Adds to the gradient by the state before what reaches it through the sums.</summary>
    /// <param name="gradient">The gradients by the sums of a block of samples.</param>
    /// <param name="stateGradient">The gradient by the state, row by row.</param>
    public void AddStateGradient(in MatrixView gradient, float* stateGradient)
    {
        if (_packedRecurrentTransposed is { } packed)
        {
            PackedMatrix.Multiply(gradient, packed.Pointer, _units, stateGradient, _units, stateGradient, _units);
        }
    }

    /// <summary>Computes what reaches the input through the sums, or adds it.</summary>
    /// <param name="gradient">The gradients by the sums of a block of samples.</param>
    /// <param name="inputGradient">The gradient by the first sample's input.</param>
    /// <param name="stride">The distance to the next sample's.</param>
    /// <param name="adds">Whether there is something to add to.</param>
    /// <returns>Whether there is now.</returns>
    public bool InputGradient(in MatrixView gradient, float* inputGradient, nint stride, bool adds)
    {
        if (_packedInputTransposed is not { } packed)
        {
            return adds;
        }

        PackedMatrix.Multiply(gradient, packed.Pointer, _channels, adds ? inputGradient : null, stride, inputGradient, stride);
        return true;
    }

    /// <summary>Computes the gradient by the weights, of all samples and positions at once.</summary>
    /// <param name="reads">All that was read.</param>
    /// <param name="weight">Receives the gradient by the weights of the input.</param>
    /// <param name="recurrent">Receives that by the weights of the state.</param>
    /// <param name="team">Shares the work.</param>
    public void WeightGradient(in MatrixView reads, in MatrixView weight, in MatrixView recurrent, WorkerTeam team)
    {
        MatrixView gradient = new(Gates.Pointer, reads.Rows, Columns);
        MatrixView left = reads.Transposed;
        bool follows = recurrent.Data == weight.Data + _channels * weight.RowStride && recurrent.RowStride == weight.RowStride;
        if (_gates.InputColumn is int column && _gates.InputColumn == _gates.RecurrentColumn && follows)
        {
            // The weights of the state lie behind those of the input: one product, for which the gradients are packed once.
            MatrixProduct.Multiply(left, gradient, null, 0, weight.Data + column, weight.RowStride, default(NoEpilogue), team);
            return;
        }

        if (_gates.InputColumn is int input)
        {
            MatrixProduct.Multiply(
                left.Part(0, 0, _channels, reads.Rows), gradient, null, 0, weight.Data + input, weight.RowStride, default(NoEpilogue), team);
        }

        if (_gates.RecurrentColumn is int state)
        {
            MatrixProduct.Multiply(
                left.Part(_channels, 0, _units, reads.Rows), gradient, null, 0, recurrent.Data + state, recurrent.RowStride, default(NoEpilogue), team);
        }
    }
}
