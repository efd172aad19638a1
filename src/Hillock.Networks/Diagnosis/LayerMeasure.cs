using System.Runtime.CompilerServices;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Collects what one hidden layer does to the samples, block by block.</summary>
internal sealed class LayerMeasure
{
    /// <summary>A unit is dead on a sample where its slope is at most this share of the greatest slope.</summary>
    private const float DeadShare = 1e-4f;

    /// <summary>A unit is saturated on a sample where its slope is at most this share of the greatest slope.</summary>
    private const float SaturatedShare = 0.05f;

    private readonly int _layer;
    private readonly ActivationUnit _unit;
    private readonly float[] _greatestSlope;
    private readonly bool[] _alive;
    private readonly double[] _gradient;
    private readonly float[] _ones;
    private readonly float[] _slopes;
    private long _saturated;
    private long _zeros;

    /// <summary>Makes the measure.</summary>
    /// <param name="network">The network.</param>
    /// <param name="unit">The layer's activation in a plan whose buffers keep what was written.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="blockRows">The samples of the largest block.</param>
    public LayerMeasure(Network network, ActivationUnit unit, int layer, int blockRows)
    {
        _layer = layer;
        _unit = unit;
        _alive = new bool[unit.Output.Shape.Channels];
        _gradient = new double[unit.Input.Shape.Size];
        bool elementwise = unit.Description.Definition.IsElementwise;
        _greatestSlope = elementwise ? GreatestSlope.OfChannels(network, unit) : [];
        _ones = new float[elementwise ? blockRows * unit.Input.Shape.Size : 0];
        _slopes = new float[_ones.Length];
        Array.Fill(_ones, 1f);
    }

    /// <summary>Takes in a block, when the layer's backward pass has just made the gradient by its inputs.</summary>
    public void Add(int rows)
    {
        int length = rows * _unit.Input.Shape.Size;
        AddGradient(_unit.Input.Gradient!.Slice(0, length), rows);
        AddZeros(_unit.Output.Data.Slice(0, rows * _unit.Output.Shape.Size));
        if (_greatestSlope.Length > 0)
        {
            Span<float> slopes = _slopes.AsSpan(0, length);
            _unit.MultiplyBySlope(_ones.AsSpan(0, length), slopes);
            AddSlopes(slopes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGradient(ReadOnlySpan<float> gradient, int rows)
    {
        Span<double> sums = _gradient;
        for (; gradient.Length > 0; gradient = gradient[sums.Length..])
        {
            for (int unit = 0; unit < sums.Length; unit++)
            {
                // The gradient of the block's mean times its size is the sum over its samples.
                sums[unit] += (double)gradient[unit] * rows;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddZeros(ReadOnlySpan<float> outputs)
    {
        int zeros = 0;
        foreach (float output in outputs)
        {
            zeros += output == 0 ? 1 : 0;
        }

        _zeros += zeros;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSlopes(ReadOnlySpan<float> slopes)
    {
        Span<bool> alive = _alive;
        ReadOnlySpan<float> greatest = _greatestSlope;
        int saturated = 0;
        for (; slopes.Length > 0; slopes = slopes[alive.Length..])
        {
            for (int unit = 0; unit < alive.Length; unit++)
            {
                float slope = Math.Abs(slopes[unit]);
                alive[unit] |= !(slope <= DeadShare * greatest[unit]);
                saturated += slope <= SaturatedShare * greatest[unit] ? 1 : 0;
            }
        }

        _saturated += saturated;
    }

    /// <summary>What was found.</summary>
    public LayerDiagnosis Result(int samples, IReadOnlyList<LearnedParameter> learned)
    {
        int units = _alive.Length;
        bool judged = _greatestSlope.Length > 0;
        double pairs = (double)_unit.Output.Shape.Size * samples;
        double squares = 0;
        foreach (double sum in _gradient)
        {
            squares += sum / samples * (sum / samples);
        }

        return new LayerDiagnosis
        {
            Layer = _layer,
            Units = units,
            ActivationName = _unit.Description.Name,
            Dead = judged ? (double)_alive.AsSpan().Count(false) / units : null,
            Saturated = judged ? _saturated / pairs : null,
            Sparsity = _zeros / pairs,
            GradientNorm = Math.Sqrt(squares),
            LearnedParameters = learned,
        };
    }
}
