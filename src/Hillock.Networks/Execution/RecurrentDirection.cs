using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>
/// One direction of a recurrent layer. A block of samples goes through all positions by itself, so that threads need not wait for each other at every
/// position and a block's numbers stay in a near cache; the gradients by the weights are single products over all blocks and positions afterwards.
/// </summary>
/// <remarks>What is kept lies block by block, in a block step by step, in a step sample by sample. Without training only the newest step is kept.</remarks>
internal sealed unsafe class RecurrentDirection
{
    private readonly RecurrentCell _cell;
    private readonly CellActivation[] _activations;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly int _steps;
    private readonly int _channels;
    private readonly int _slots;

    private readonly PlanBuffer _gates;
    private readonly PlanBuffer _sums;
    private readonly PlanBuffer _states;
    private readonly PlanBuffer _packedWeight;
    private readonly PlanBuffer _packedRecurrent;

    private readonly PlanBuffer? _packedWeightTransposed;
    private readonly PlanBuffer? _packedRecurrentTransposed;
    private readonly PlanBuffer? _inputs;
    private readonly PlanBuffer? _gateGradient;
    private readonly PlanBuffer? _stateGradient;
    private readonly BiasGradient? _biasGradient;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    public RecurrentDirection(PlanBuilder plan, RecurrentCell cell, CellActivation[] activations, PlanValue input, PlanValue output)
    {
        _cell = cell;
        _activations = activations;
        _input = input;
        _output = output;
        _steps = input.Shape.Positions;
        _channels = input.Shape.Channels;
        _slots = plan.Trains ? _steps : 1;
        long kept = (long)plan.MaximumRows * _slots;
        int units = cell.Units;
        _gates = plan.Buffer(kept * cell.Columns);
        _sums = cell.InPlace || !plan.Trains ? _gates : plan.Buffer(kept * cell.Columns);
        _states = plan.Buffer(kept * units);
        _packedWeight = plan.Buffer(PackedMatrix.Length(_channels, cell.InputColumns));
        _packedRecurrent = plan.Buffer(PackedMatrix.Length(units, RecurrentColumns));
        _packedWeightTransposed = input.Gradient is null ? null : plan.TrainingBuffer(PackedMatrix.Length(cell.InputColumns, _channels));
        _packedRecurrentTransposed = plan.TrainingBuffer(PackedMatrix.Length(RecurrentColumns, units));
        _inputs = plan.TrainingBuffer(kept * _channels);
        _gateGradient = plan.TrainingBuffer((long)plan.MaximumRows * cell.Columns);
        _stateGradient = plan.TrainingBuffer((long)plan.MaximumRows * units);
        _biasGradient = plan.Trains ? new BiasGradient(kept, cell.Columns) : null;
        _forward = Forward;
        _backward = Backward;
    }

    /// <summary>The weights of the input.</summary>
    public required NetworkTensor Weight { get; init; }

    /// <summary>The weights of the state.</summary>
    public required NetworkTensor RecurrentWeight { get; init; }

    /// <summary>The biases of the sums.</summary>
    public required NetworkTensor Bias { get; init; }

    /// <summary>Whether positions are read from the end to the beginning.</summary>
    public required bool Reverse { get; init; }

    /// <summary>Whether the states of all positions come out.</summary>
    public required bool Sequence { get; init; }

    /// <summary>The output's channel that is the first unit.</summary>
    public required int FirstChannel { get; init; }

    /// <summary>Whether the gradient by the inputs is added to that of another direction.</summary>
    public required bool AddsInputGradient { get; init; }

    private int RecurrentColumns => _cell.Columns - _cell.RecurrentColumn;

    /// <summary>Tells the plan what the direction touches.</summary>
    public void DeclareUses(PlanBuilder plan, PlanStep step)
    {
        plan.AddUses(
            step,
            [_gates, _sums, _states, _packedWeight, _packedRecurrent],
            [_gates, _sums, _states, _packedWeightTransposed, _packedRecurrentTransposed, _inputs, _gateGradient, _stateGradient]);
        _cell.DeclareUses(plan, step);
    }

    /// <summary>Computes the states of a batch.</summary>
    public void Forward(BatchPass pass)
    {
        _pass = pass;
        foreach (CellActivation activation in _activations)
        {
            activation.Prepare(pass);
        }

        PackedMatrix.Pack(WeightMatrix, _packedWeight.Pointer);
        PackedMatrix.Pack(RecurrentMatrix, _packedRecurrent.Pointer);
        pass.Run(RecurrentStep.Pieces(pass.Rows), _forward);
    }

    /// <summary>Carries the gradient by the states back.</summary>
    public void Backward(BatchPass pass)
    {
        if (_packedWeightTransposed is { } transposed)
        {
            PackedMatrix.Pack(WeightMatrix.Transposed, transposed.Pointer);
        }

        PackedMatrix.Pack(RecurrentMatrix.Transposed, _packedRecurrentTransposed!.Pointer);
        int pieces = RecurrentStep.Pieces(pass.Rows);
        pass.Run(pieces, _backward);
        if (pass.Gradients == null)
        {
            return;
        }

        int positions = checked(pass.Rows * _steps);
        MatrixView gradient = new(_gates.Pointer, positions, _cell.Columns);
        MatrixView inputs = new(_inputs!.Pointer, positions, _channels);
        MatrixView states = new(_states.Pointer, positions, _cell.Units);
        MatrixProduct.Multiply(
            inputs.Transposed, gradient.Part(0, 0, positions, _cell.InputColumns), null, 0, pass.GradientOf(Weight), _cell.InputColumns, default(NoEpilogue), pass.Team);
        MatrixProduct.Multiply(
            states.Transposed,
            gradient.Part(0, _cell.RecurrentColumn, positions, RecurrentColumns),
            null,
            0,
            pass.GradientOf(RecurrentWeight),
            RecurrentColumns,
            default(NoEpilogue),
            pass.Team);
        _biasGradient!.Run(pass, gradient.Data, positions, pass.GradientOf(Bias));
        foreach (CellActivation activation in _activations)
        {
            activation.FinishBackward(pieces);
        }
    }

    private MatrixView WeightMatrix => new(_pass.Of(Weight), _channels, _cell.InputColumns);

    private MatrixView RecurrentMatrix => new(_pass.Of(RecurrentWeight), _cell.Units, RecurrentColumns);

    private void Forward(int piece)
    {
        int units = _cell.Units;
        int columns = _cell.Columns;
        int shared = _cell.InputColumns;
        float* bias = _pass.Of(Bias);
        for (int number = 0; number < _steps; number++)
        {
            CellStep step = Step(piece, number);
            PackedMatrix.Multiply(Inputs(step), _packedWeight.Pointer, shared, bias, 0, step.Sums, columns);
            for (int row = 0; row < step.Rows && shared < columns; row++)
            {
                new ReadOnlySpan<float>(bias + shared, columns - shared).CopyTo(new Span<float>(step.Sums + row * columns + shared, columns - shared));
            }

            if (number == 0)
            {
                new Span<float>(step.Previous, step.Rows * units).Clear();
            }

            float* sums = step.Sums + _cell.RecurrentColumn;
            PackedMatrix.Multiply(new MatrixView(step.Previous, step.Rows, units), _packedRecurrent.Pointer, RecurrentColumns, sums, columns, sums, columns);
            _cell.Forward(step);
            for (int row = 0; row < step.Rows && Sequence && number < _steps - 1; row++)
            {
                new ReadOnlySpan<float>(step.Next + row * step.NextRow, units).CopyTo(new Span<float>(OutputRow(_output.Data, step.FirstRow + row, step.Position), units));
            }
        }
    }

    private void Backward(int piece)
    {
        int units = _cell.Units;
        int columns = _cell.Columns;
        for (int number = _steps - 1; number >= 0; number--)
        {
            CellStep step = Step(piece, number);
            if (number == _steps - 1)
            {
                Start(step);
            }

            for (int row = 0; row < step.Rows && (Sequence || number == _steps - 1); row++)
            {
                Span<float> state = new(step.StateGradient + row * units, units);
                VectorLoops.Add(state, new ReadOnlySpan<float>(OutputRow(_output.Gradient!, step.FirstRow + row, step.Position), units), state);
            }

            _cell.Backward(step);
            if (number > 0)
            {
                MatrixView gradient = new(step.Gates + _cell.RecurrentColumn, step.Rows, RecurrentColumns, columns, 1);
                PackedMatrix.Multiply(gradient, _packedRecurrentTransposed!.Pointer, units, step.StateGradient, units, step.StateGradient, units);
            }

            if (_packedWeightTransposed is { } weights)
            {
                MatrixView gradient = new(step.Gates, step.Rows, _cell.InputColumns, columns, 1);
                nint stride = (nint)_steps * _channels;
                float* inputGradient = _input.Gradient!.Pointer + step.FirstRow * stride + (nint)step.Position * _channels;
                PackedMatrix.Multiply(gradient, weights.Pointer, _channels, AddsInputGradient ? inputGradient : null, stride, inputGradient, stride);
            }

            KeepInputs(step);
        }
    }

    private void Start(in CellStep step)
    {
        new Span<float>(step.StateGradient, step.Rows * _cell.Units).Clear();
        _cell.StartBackward(step);
        foreach (CellActivation activation in _activations)
        {
            activation.StartBackward(step.Piece);
        }
    }

    /// <summary>Puts the inputs in the order of the gates, for the product that gives the gradient by the weights.</summary>
    private void KeepInputs(in CellStep step)
    {
        MatrixView inputs = Inputs(step);
        float* kept = _inputs!.Pointer + Kept(step.FirstRow, step.Rows, step.Number) * _channels;
        for (int row = 0; row < step.Rows; row++)
        {
            new ReadOnlySpan<float>(inputs.Data + row * inputs.RowStride, _channels).CopyTo(new Span<float>(kept + row * _channels, _channels));
        }
    }

    private CellStep Step(int piece, int number)
    {
        int first = piece * RecurrentStep.RowsOfPiece;
        int rows = Math.Min(RecurrentStep.RowsOfPiece, _pass.Rows - first);
        int units = _cell.Units;
        int position = Reverse ? _steps - 1 - number : number;
        bool isLast = number == _steps - 1;
        nint kept = Kept(first, rows, number);
        float* previous = _states.Pointer + kept * units;
        return new CellStep
        {
            Piece = piece,
            FirstRow = first,
            Rows = rows,
            Number = number,
            Position = position,
            Lengths = _pass.Lengths == null ? null : _pass.Lengths + first,
            PositionsOfLength = _pass.InputPositions,
            Positions = _steps,
            Sums = _sums.Pointer + kept * _cell.Columns,
            Gates = _gates.Pointer + kept * _cell.Columns,
            Previous = previous,
            Next = isLast ? OutputRow(_output.Data, first, position) : previous + (_slots > 1 ? rows * units : 0),
            NextRow = isLast ? _output.Shape.Size : units,
            GateGradient = _gateGradient is null ? null : _gateGradient.Pointer + (nint)first * _cell.Columns,
            StateGradient = _stateGradient is null ? null : _stateGradient.Pointer + (nint)first * units,
        };
    }

    private MatrixView Inputs(in CellStep step)
    {
        nint stride = (nint)_steps * _channels;
        return new(_input.Data.Pointer + step.FirstRow * stride + (nint)step.Position * _channels, step.Rows, _channels, stride, 1);
    }

    /// <summary>The row at which what a step keeps starts.</summary>
    private nint Kept(int firstRow, int rows, int number) => (nint)firstRow * _slots + (_slots > 1 ? number * rows : 0);

    private float* OutputRow(PlanBuffer buffer, int row, int position) =>
        buffer.Pointer + (nint)row * _output.Shape.Size + FirstChannel + (Sequence ? (nint)position * _output.Shape.Channels : 0);
}
