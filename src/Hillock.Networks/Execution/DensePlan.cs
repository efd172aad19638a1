using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>A dense layer bound to its largest batch: every buffer is made once.</summary>
internal sealed unsafe class DensePlan
{
    private readonly LayerLayout _layer;
    private readonly ActivationDefinition? _definition;
    private readonly ParameterBinding[] _bindings;
    private readonly AlignedBuffer _sums;
    private readonly AlignedBuffer _outputs;
    private readonly AlignedBuffer? _gradient;
    private readonly AlignedBuffer? _contributions;

    public DensePlan(LayerLayout layer, int maximumRows, bool trains)
    {
        _layer = layer;
        _definition = layer.Activation?.Definition;
        _bindings = [.. Enumerable.Range(0, layer.Learned.Length).Select(p => new ParameterBinding(layer, p, maximumRows, trains))];
        int size = checked(maximumRows * layer.Units);
        _sums = new AlignedBuffer(size);
        _outputs = _definition is null ? _sums : new AlignedBuffer(size);
        _gradient = trains ? new AlignedBuffer(size) : null;
        _contributions = trains && layer.Learned.Any(offset => offset >= 0) ? new AlignedBuffer(size) : null;
    }

    /// <summary>What the layer is.</summary>
    public LayerLayout Layer => _layer;

    /// <summary>The weighted sums s = x·W + b that the activation reads.</summary>
    public ReadOnlySpan<float> Sums(int rows) => _sums.Span[..(rows * _layer.Units)];

    /// <summary>The outputs of the last forward pass.</summary>
    public ReadOnlySpan<float> Outputs(int rows) => _outputs.Span[..(rows * _layer.Units)];

    /// <summary>The gradient: by the outputs before <see cref="BackwardActivation"/>, by the sums after it.</summary>
    public Span<float> Gradient(int rows) => _gradient!.Span[..(rows * _layer.Units)];

    /// <summary>The outputs as the next layer reads them.</summary>
    public float* OutputPointer => _outputs.Pointer;

    /// <summary>The gradient as the next layer writes it.</summary>
    public float* GradientPointer => _gradient!.Pointer;

    /// <summary>Computes the layer for a batch.</summary>
    /// <param name="parameters">All parameters of the network.</param>
    /// <param name="input">The outputs of the layer before, or the samples.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="draws">What random activation parameters are drawn from; null for their mean.</param>
    public void Forward(float* parameters, float* input, int rows, RandomStream? draws)
    {
        MatrixView x = new(input, rows, _layer.Inputs);
        MatrixView weights = new(parameters + _layer.Weights, _layer.Inputs, _layer.Units);
        MatrixProduct.Multiply(x, weights, parameters + _layer.Biases, 0, _sums.Pointer);
        if (_definition is null)
        {
            return;
        }

        foreach (ParameterBinding binding in _bindings)
        {
            binding.Prepare(parameters, rows, draws);
        }

        _definition.Forward(Sums(rows), _outputs.Span[..(rows * _layer.Units)], _layer.Units, Arguments);
    }

    /// <summary>Multiplies a gradient by the outputs with the slope of the activation, for the batch of the last forward pass.</summary>
    public void MultiplyBySlope(ReadOnlySpan<float> outputGradient, Span<float> sumGradient, int rows) =>
        _definition!.Backward(Sums(rows), outputGradient, sumGradient, _layer.Units, Arguments);

    /// <summary>Turns the gradient by the outputs into the gradients by the sums and by the activation's learned parameters.</summary>
    /// <param name="gradients">Receives the gradients of the parameters; laid out like these.</param>
    /// <param name="rows">The rows of the batch.</param>
    public void BackwardActivation(float* gradients, int rows)
    {
        if (_definition is null)
        {
            return;
        }

        for (int p = 0; p < _layer.Learned.Length; p++)
        {
            if (_layer.Learned[p] >= 0)
            {
                Span<float> contributions = _contributions!.Span[..(rows * _layer.Units)];
                _definition.ParameterGradient(Sums(rows), Gradient(rows), contributions, p, Arguments);
                float* destination = gradients + _layer.Learned[p];
                if (_layer.LearnedCount(p) == 1)
                {
                    *destination = VectorLoops.Sum(contributions);
                }
                else
                {
                    VectorLoops.SumColumns(_contributions.Pointer, rows, _layer.Units, destination);
                }
            }
        }

        MultiplyBySlope(Gradient(rows), Gradient(rows), rows);
    }

    /// <summary>From the gradient by the sums computes that of weights and biases.</summary>
    /// <param name="input">What the forward pass was given.</param>
    /// <param name="gradients">Receives the gradients of the parameters.</param>
    /// <param name="rows">The rows of the batch.</param>
    public void BackwardParameters(float* input, float* gradients, int rows)
    {
        MatrixView gradient = new(_gradient!.Pointer, rows, _layer.Units);
        MatrixProduct.Multiply(new MatrixView(input, rows, _layer.Inputs).Transposed, gradient, null, 0, gradients + _layer.Weights);
        VectorLoops.SumColumns(_gradient.Pointer, rows, _layer.Units, gradients + _layer.Biases);
    }

    /// <summary>From the gradient by the sums computes that by the inputs.</summary>
    /// <param name="parameters">All parameters of the network.</param>
    /// <param name="inputGradient">Receives the gradient by the inputs.</param>
    /// <param name="rows">The rows of the batch.</param>
    public void BackwardInputs(float* parameters, float* inputGradient, int rows)
    {
        MatrixView gradient = new(_gradient!.Pointer, rows, _layer.Units);
        MatrixView weights = new(parameters + _layer.Weights, _layer.Inputs, _layer.Units);
        MatrixProduct.Multiply(gradient, weights.Transposed, null, 0, inputGradient);
    }

    private ActivationArguments<float> Arguments => new(
        _bindings.Length > 0 ? _bindings[0].Values : default,
        _bindings.Length > 1 ? _bindings[1].Values : default,
        _bindings.Length > 2 ? _bindings[2].Values : default,
        _bindings.Length > 3 ? _bindings[3].Values : default);
}
