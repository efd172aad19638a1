using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>An activation inside of a recurrent layer: of some columns of the gates, block of samples by block of samples, its parameters constant or learned.</summary>
internal sealed unsafe class CellActivation
{
    private readonly ActivationDefinition _definition;
    private readonly NetworkTensor?[] _learned;
    private readonly AlignedBuffer _constants;
    private readonly AlignedBuffer?[] _sums;
    private readonly AlignedBuffer? _rows;
    private readonly int _rowLength;
    private readonly int _columns;
    private BatchPass _pass = null!;

    /// <summary>Binds an activation.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="activation">The activation, element by element.</param>
    /// <param name="learned">What it learns (<see cref="LayerNode.ActivationTensors"/>).</param>
    /// <param name="columns">The columns over which it runs.</param>
    public CellActivation(PlanBuilder plan, Activation activation, NetworkTensor?[] learned, int columns)
    {
        Description = activation;
        _definition = activation.Definition;
        _learned = learned;
        _columns = columns;
        _constants = new AlignedBuffer(Math.Max(1, learned.Length));
        for (int p = 0; p < learned.Length; p++)
        {
            _constants.Span[p] = (float)activation.Modes[p].EvaluationValue;
        }

        bool learns = learned.Any(tensor => tensor != null);
        int pieces = plan.Trains ? RecurrentStep.Pieces(plan.MaximumRows) : 1;
        FromOutput = _definition.HasBackwardFromOutput && !learns;
        _rowLength = learned.Sum(tensor => (int)(tensor?.Length ?? 0));
        _rows = learns ? new AlignedBuffer(checked(pieces * _rowLength)) : null;
        _sums = [.. learned.Select(tensor => tensor is null ? null : new AlignedBuffer(checked(pieces * (int)tensor.Length)))];
    }

    /// <summary>The activation.</summary>
    public Activation Description { get; }

    /// <summary>What it learns, for each parameter of the formula; null for one that is not learned.</summary>
    public IReadOnlyList<NetworkTensor?> Learned => _learned;

    /// <summary>The columns over which it runs.</summary>
    public int Columns => _columns;

    /// <summary>Whether the slope is computed from the outputs, so that the inputs need not be kept.</summary>
    public bool FromOutput { get; }

    /// <summary>To be called before a forward pass.</summary>
    public void Prepare(BatchPass pass) => _pass = pass;

    /// <summary>Computes outputs.</summary>
    /// <param name="input">The first input.</param>
    /// <param name="output">The first output; may be the same.</param>
    /// <param name="stride">The distance of the rows of both.</param>
    /// <param name="rows">The rows.</param>
    public void Forward(float* input, float* output, nint stride, int rows)
    {
        for (int length = Together(stride, ref rows); rows > 0; rows--, input += stride, output += stride)
        {
            _definition.Forward(new(input, length), new(output, length), _columns, Arguments());
        }
    }

    /// <summary>Computes the slopes of one row of the last forward pass.</summary>
    /// <param name="input">The row's first input; not looked at where <see cref="FromOutput"/>.</param>
    /// <param name="output">The row's first output.</param>
    /// <param name="ones">As many ones as there are columns.</param>
    /// <param name="slopes">Receives the slopes.</param>
    public void Slopes(float* input, float* output, ReadOnlySpan<float> ones, Span<float> slopes)
    {
        if (FromOutput)
        {
            _definition.BackwardFromOutput(new(output, _columns), ones, slopes, _columns, Arguments());
        }
        else
        {
            _definition.Backward(new(input, _columns), ones, slopes, _columns, Arguments());
        }
    }

    /// <summary>Forgets the gradients of the parameters that a piece has summed.</summary>
    public void StartBackward(int piece)
    {
        for (int p = 0; p < _learned.Length; p++)
        {
            if (_learned[p] is { } tensor)
            {
                _sums[p]!.Span.Slice(piece * (int)tensor.Length, (int)tensor.Length).Clear();
            }
        }
    }

    /// <summary>Multiplies gradients by slopes and adds to the gradients of the parameters.</summary>
    /// <param name="piece">The piece of the batch.</param>
    /// <param name="values">The first input, or the first output where <see cref="FromOutput"/>.</param>
    /// <param name="stride">The distance of the rows of inputs or outputs.</param>
    /// <param name="gradient">The first gradient by the outputs.</param>
    /// <param name="gradientStride">The distance of its rows.</param>
    /// <param name="result">Receives the gradients by the inputs; may be the same memory as either of the others.</param>
    /// <param name="resultStride">The distance of its rows.</param>
    /// <param name="rows">The rows.</param>
    public void Backward(int piece, float* values, nint stride, float* gradient, nint gradientStride, float* result, nint resultStride, int rows)
    {
        int length = stride == gradientStride && stride == resultStride ? Together(stride, ref rows) : _columns;
        for (; rows > 0; rows--, values += stride, gradient += gradientStride, result += resultStride)
        {
            if (FromOutput)
            {
                _definition.BackwardFromOutput(new(values, length), new(gradient, length), new(result, length), _columns, Arguments());
                continue;
            }

            if (_rows != null && _pass.Gradients != null)
            {
                BackwardToParameters(piece, values, gradient, result);
                continue;
            }

            _definition.Backward(new(values, length), new(gradient, length), new(result, length), _columns, Arguments());
        }
    }

    /// <summary>Puts the gradients of the parameters where they belong.</summary>
    public void FinishBackward(int pieces)
    {
        for (int p = 0; p < _learned.Length; p++)
        {
            if (_learned[p] is { } tensor)
            {
                VectorLoops.SumColumns(_sums[p]!.Pointer, pieces, (int)tensor.Length, _pass.GradientOf(tensor));
            }
        }
    }

    private void BackwardToParameters(int piece, float* input, float* gradient, float* result)
    {
        // The gradients of a row: one for each column, or their sum.
        Span<float> row = _rows!.Span.Slice(piece * _rowLength, _rowLength);
        ParameterGradients<float> gradients = default;
        int start = 0;
        for (int p = 0; p < _learned.Length; p++)
        {
            if (_learned[p] is { } tensor)
            {
                gradients = gradients.With(p, row.Slice(start, (int)tensor.Length));
                start += (int)tensor.Length;
            }
        }

        _definition.Backward(new(input, _columns), new(gradient, _columns), new(result, _columns), _columns, Arguments(), gradients);
        for (int p = 0; p < _learned.Length; p++)
        {
            if (_learned[p] is { } tensor)
            {
                Span<float> sums = _sums[p]!.Span.Slice(piece * (int)tensor.Length, (int)tensor.Length);
                VectorLoops.Add(sums, gradients[p], sums);
            }
        }
    }

    /// <summary>The length of a call: rows that lie together are one, but where every column has a parameter of its own.</summary>
    private int Together(nint stride, ref int rows)
    {
        if (stride != _columns || _rows != null || rows == 0)
        {
            return _columns;
        }

        int length = rows * _columns;
        rows = 1;
        return length;
    }

    private ActivationArguments<float> Arguments()
    {
        ActivationArguments<float> arguments = default;
        for (int p = 0; p < _learned.Length; p++)
        {
            arguments = arguments.With(p, _learned[p] is { } tensor ? new(_pass.Of(tensor), (int)tensor.Length) : _constants.Span.Slice(p, 1));
        }

        return arguments;
    }
}
