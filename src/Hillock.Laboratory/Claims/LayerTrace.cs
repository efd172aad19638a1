using Hillock.Networks;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Laboratory.Claims;

/// <summary>Runs batches forward and backward through a network and keeps what every activation read, gave and was told.</summary>
internal sealed unsafe class LayerTrace
{
    private readonly Network _network;
    private readonly NetworkPlan _plan;
    private readonly ActivationUnit[] _units;
    private readonly float[][] _signals;
    private readonly AlignedBuffer _gradients;
    private int _rows;

    /// <summary>Makes a trace.</summary>
    /// <param name="network">The network, whose parameters are read in place.</param>
    /// <param name="maximumRows">The samples of the largest batch.</param>
    public LayerTrace(Network network, int maximumRows)
    {
        // Nothing may be overwritten before it was looked at.
        _network = network;
        _plan = new NetworkPlan(network, maximumRows, trains: true, reuse: false);
        List<ActivationUnit> units = [];
        foreach (PlanStep step in _plan.Steps)
        {
            if (step.Activation is { Input.Gradient: not null } unit)
            {
                units.Add(unit);
            }
        }

        _units = [.. units];
        _signals = [.. _units.Select(unit => new float[maximumRows * unit.Input.Shape.Size])];
        _gradients = new AlignedBuffer(network.Layout.Length);
    }

    /// <summary>Puts the gradient by the outputs where it belongs.</summary>
    /// <param name="outputs">What the network gave, row by row.</param>
    /// <param name="gradient">Receives the gradient of what is to be minimised.</param>
    public delegate void OutputGradient(ReadOnlySpan<float> outputs, Span<float> gradient);

    /// <summary>The number of activations.</summary>
    public int Layers => _units.Length;

    /// <summary>The gradients of all learned parameters after a backward pass.</summary>
    public Span<float> Gradients => _gradients.Span;

    /// <summary>Runs a batch forward and, with a gradient, backward.</summary>
    public void Run(ReadOnlySpan<float> inputs, int rows, OutputGradient? gradient = null)
    {
        _rows = rows;
        fixed (float* input = inputs)
        {
            ReadOnlySpan<float> outputs = _plan.Forward(input, rows);
            if (gradient is not null)
            {
                gradient(outputs, _plan.OutputGradient(rows));
                _plan.Backward(_gradients.Pointer, Keep);
            }
        }

        GC.KeepAlive(_plan);
    }

    /// <summary>What an activation gave in the last batch: its units, sample by sample.</summary>
    public ReadOnlySpan<float> Outputs(int layer) => _units[layer].Output.Data.Slice(0, _rows * _units[layer].Output.Shape.Size);

    /// <summary>The gradient dC/ds by what an activation read, for the last batch with a gradient.</summary>
    public ReadOnlySpan<float> Signal(int layer) => _signals[layer].AsSpan(0, _rows * _units[layer].Input.Shape.Size);

    /// <summary>The length of the sum of the samples' gradients dC/ds: of the mean, where each is its share of it.</summary>
    public double SignalNorm(int layer)
    {
        double[] sums = new double[_units[layer].Input.Shape.Size];
        ReadOnlySpan<float> signal = Signal(layer);
        for (int i = 0; i < signal.Length; i++)
        {
            sums[i % sums.Length] += signal[i];
        }

        return Math.Sqrt(sums.Sum(sum => sum * sum));
    }

    /// <summary>The gradient of a tensor after a backward pass.</summary>
    public Span<float> GradientOf(NetworkTensor tensor) => _gradients.Span.Slice((int)tensor.Offset, (int)tensor.Length);

    /// <summary>Takes a plain step of gradient descent.</summary>
    public void Descend(double learningRate)
    {
        Span<float> parameters = _network.Parameters.Span;
        for (int i = 0; i < _gradients.Length; i++)
        {
            parameters[i] -= (float)(learningRate * Gradients[i]);
        }
    }

    private void Keep(PlanStep step)
    {
        int layer = Array.FindIndex(_units, unit => unit == step.Activation);
        if (layer >= 0)
        {
            _units[layer].Input.Gradient!.Slice(0, _rows * _units[layer].Input.Shape.Size).CopyTo(_signals[layer]);
        }
    }
}
