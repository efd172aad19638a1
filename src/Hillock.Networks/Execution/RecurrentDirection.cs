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
    private readonly GateBlock[] _gates;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly int _steps;
    private readonly int _channels;
    private readonly int _slots;

    /// <summary>What the gates read: a sample's input at a position and the state before it.</summary>
    private readonly PlanBuffer _reads;
    private readonly PlanBuffer? _stateGradient;
    private readonly AlignedBuffer? _biasSums;
    private readonly int _biases;
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
        _gates = new GateBlock[cell.Gates.Count];
        for (int i = 0; i < _gates.Length; i++)
        {
            _gates[i] = new GateBlock(plan, cell.Gates[i], _biases, cell.InPlace && !plan.Observed, input, cell.Units, kept);
            _biases += cell.Gates[i].Columns;
        }

        _reads = plan.Buffer(kept * ReadColumns);
        _stateGradient = plan.TrainingBuffer((long)plan.MaximumRows * cell.Units);
        _biasSums = plan.Trains ? new AlignedBuffer(checked(RecurrentStep.Pieces(plan.MaximumRows) * _biases)) : null;
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

    /// <summary>The gates with their activations and names.</summary>
    public IReadOnlyList<NamedGates> NamedGates => _cell.NamedGates;

    /// <summary>How many numbers the gates of a sample are, over all positions.</summary>
    public long GateNumbers => (long)_steps * _gates.Sum(gates => gates.Columns);

    private int ReadColumns => _channels + _cell.Units;

    /// <summary>Tells the plan what the direction touches.</summary>
    public void DeclareUses(PlanBuilder plan, PlanStep step)
    {
        plan.AddUses(step, [_reads], [_reads, _stateGradient]);
        foreach (GateBlock gates in _gates)
        {
            gates.DeclareUses(plan, step);
        }

        _cell.DeclareUses(plan, step);
    }

    /// <summary>Shows gates of the forward pass that is just over, in a plan that is observed: each row of each position that is no padding.</summary>
    /// <param name="which">The gates.</param>
    /// <param name="rows">The samples, from the first on.</param>
    /// <param name="measure">Sees the rows.</param>
    public void Show(NamedGates which, int rows, GateMeasure measure)
    {
        StepGates* gates = stackalloc StepGates[_gates.Length];
        int columns = _gates[which.Block].Columns;
        for (int piece = 0; piece * RecurrentStep.RowsOfPiece < rows; piece++)
        {
            for (int number = 0; number < _steps; number++)
            {
                CellStep step = Step(piece, number, gates);
                for (int row = 0; row < step.Rows && step.FirstRow + row < rows; row++)
                {
                    if (!step.IsPadding(row))
                    {
                        measure.Add(gates[which.Block].Sums + row * columns, gates[which.Block].Values + row * columns);
                    }
                }
            }
        }
    }

    /// <summary>Computes the states of a batch.</summary>
    public void Forward(BatchPass pass)
    {
        _pass = pass;
        foreach (CellActivation activation in _activations)
        {
            activation.Prepare(pass);
        }

        foreach (GateBlock gates in _gates)
        {
            gates.Pack(WeightMatrix(pass.Of(Weight)), RecurrentMatrix(pass.Of(RecurrentWeight)));
        }

        pass.Run(RecurrentStep.Pieces(pass.Rows), _forward);
    }

    /// <summary>Carries the gradient by the states back.</summary>
    public void Backward(BatchPass pass)
    {
        foreach (GateBlock gates in _gates)
        {
            gates.PackTransposed(WeightMatrix(pass.Of(Weight)), RecurrentMatrix(pass.Of(RecurrentWeight)));
        }

        int pieces = RecurrentStep.Pieces(pass.Rows);
        pass.Run(pieces, _backward);
        if (pass.Gradients == null)
        {
            return;
        }

        MatrixView reads = new(_reads.Pointer, checked(pass.Rows * _steps), ReadColumns);
        foreach (GateBlock gates in _gates)
        {
            gates.WeightGradient(reads, WeightMatrix(pass.GradientOf(Weight)), RecurrentMatrix(pass.GradientOf(RecurrentWeight)), pass.Team);
        }

        VectorLoops.SumColumns(_biasSums!.Pointer, pieces, _biases, pass.GradientOf(Bias));
        foreach (CellActivation activation in _activations)
        {
            activation.FinishBackward(pieces);
        }
    }

    private MatrixView WeightMatrix(float* values) => new(values, _channels, (int)(Weight.Length / _channels));

    private MatrixView RecurrentMatrix(float* values) => new(values, _cell.Units, (int)(RecurrentWeight.Length / _cell.Units));

    private void Forward(int piece)
    {
        int units = _cell.Units;
        float* bias = _pass.Of(Bias);
        StepGates* gates = stackalloc StepGates[_gates.Length];
        for (int number = 0; number < _steps; number++)
        {
            CellStep step = Step(piece, number, gates);
            MatrixView reads = Read(step, isFirst: number == 0);
            for (int i = 0; i < _gates.Length; i++)
            {
                _gates[i].Forward(reads, bias, gates[i].Sums);
            }

            _cell.Forward(step);
            for (int row = 0; row < step.Rows && Sequence && number < _steps - 1; row++)
            {
                new ReadOnlySpan<float>(step.Next + row * step.NextRow, units).CopyTo(new Span<float>(OutputRow(_output.Data, step.FirstRow + row, step.Position), units));
            }
        }
    }

    /// <summary>Puts the inputs of a position beside the states; the first states are zero.</summary>
    private MatrixView Read(in CellStep step, bool isFirst)
    {
        nint stride = (nint)_steps * _channels;
        float* input = _input.Data.Pointer + step.FirstRow * stride + (nint)step.Position * _channels;
        float* reads = step.Previous - _channels;
        for (int row = 0; row < step.Rows; row++)
        {
            new ReadOnlySpan<float>(input + row * stride, _channels).CopyTo(new Span<float>(reads + row * step.PreviousRow, _channels));
            if (isFirst)
            {
                new Span<float>(step.Previous + row * step.PreviousRow, _cell.Units).Clear();
            }
        }

        return new MatrixView(reads, step.Rows, ReadColumns);
    }

    private void Backward(int piece)
    {
        int units = _cell.Units;
        StepGates* gates = stackalloc StepGates[_gates.Length];
        for (int number = _steps - 1; number >= 0; number--)
        {
            CellStep step = Step(piece, number, gates);
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
            AddGradients(step, number > 0);
        }
    }

    /// <summary>Carries the gradients by the sums of a step on: to the state before, the input and the biases.</summary>
    private void AddGradients(in CellStep step, bool hasPrevious)
    {
        nint stride = (nint)_steps * _channels;
        float* inputGradient = _input.Gradient is { } wanted ? wanted.Pointer + step.FirstRow * stride + (nint)step.Position * _channels : null;
        float* bias = _biasSums!.Pointer + (nint)step.Piece * _biases;
        bool adds = AddsInputGradient;
        for (int i = 0; i < _gates.Length; i++)
        {
            MatrixView gradient = new(step.Gates[i].Values, step.Rows, _gates[i].Columns);
            if (hasPrevious)
            {
                _gates[i].AddStateGradient(gradient, step.StateGradient);
            }

            adds = _gates[i].InputGradient(gradient, inputGradient, stride, adds);
            VectorLoops.AddColumns(gradient.Data, step.Rows, gradient.Columns, bias);
            bias += gradient.Columns;
        }
    }

    private void Start(in CellStep step)
    {
        new Span<float>(step.StateGradient, step.Rows * _cell.Units).Clear();
        _biasSums!.Span.Slice(step.Piece * _biases, _biases).Clear();
        _cell.StartBackward(step);
        foreach (CellActivation activation in _activations)
        {
            activation.StartBackward(step.Piece);
        }
    }

    /// <summary>One step of a block; its gates are put into the memory given.</summary>
    private CellStep Step(int piece, int number, StepGates* gates)
    {
        int first = piece * RecurrentStep.RowsOfPiece;
        int rows = Math.Min(RecurrentStep.RowsOfPiece, _pass.Rows - first);
        int units = _cell.Units;
        int position = Reverse ? _steps - 1 - number : number;
        bool isLast = number == _steps - 1;
        nint kept = (nint)first * _slots + (_slots > 1 ? number * rows : 0);
        for (int i = 0; i < _gates.Length; i++)
        {
            GateBlock block = _gates[i];
            gates[i] = new StepGates
            {
                Sums = block.Sums.Pointer + kept * block.Columns,
                Values = block.Gates.Pointer + kept * block.Columns,
                Gradient = block.GateGradient is null ? null : block.GateGradient.Pointer + (nint)first * block.Columns,
            };
        }

        float* previous = _reads.Pointer + kept * ReadColumns + _channels;
        return new CellStep
        {
            Piece = piece,
            FirstRow = first,
            Rows = rows,
            Number = number,
            Position = position,
            Lengths = _input.Lengths is { } lengths && lengths.Pointer != null ? lengths.Pointer + first : null,
            Gates = gates,
            Previous = previous,
            PreviousRow = ReadColumns,
            Next = isLast ? OutputRow(_output.Data, first, position) : previous + (_slots > 1 ? rows * ReadColumns : 0),
            NextRow = isLast ? _output.Shape.Size : ReadColumns,
            StateGradient = _stateGradient is null ? null : _stateGradient.Pointer + (nint)first * units,
        };
    }

    private float* OutputRow(PlanBuffer buffer, int row, int position) =>
        buffer.Pointer + (nint)row * _output.Shape.Size + FirstChannel + (Sequence ? (nint)position * _output.Shape.Channels : 0);
}
