using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>Gives an activation's kernels the values of one parameter for a batch, wherever they come from.</summary>
internal sealed unsafe class ParameterBinding
{
    private readonly ParameterMode _mode;
    private readonly int _offset;
    private readonly int _units;
    private readonly AlignedBuffer _values;
    private int _used;

    /// <summary>Makes the binding of one parameter of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="parameter">The index of the parameter.</param>
    /// <param name="maximumRows">The rows of the largest batch.</param>
    /// <param name="trains">Whether random parameters are drawn.</param>
    public ParameterBinding(LayerLayout layer, int parameter, int maximumRows, bool trains)
    {
        _mode = layer.Activation!.Modes[parameter];
        _offset = layer.Learned[parameter];
        _units = layer.Units;
        bool perElement = _mode is ParameterMode.Learned { Scope: ParameterScope.Channel } || (_mode is ParameterMode.Random or ParameterMode.Normal && trains);
        _values = new AlignedBuffer(perElement ? checked(maximumRows * _units) : 1);
        _values.Span[0] = (float)_mode.EvaluationValue;
    }

    /// <summary>The values: one, or one for each element of the batch.</summary>
    public ReadOnlySpan<float> Values => _values.Span[.._used];

    /// <summary>Makes the values ready for a batch.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="draws">What random parameters are drawn from; null for their mean.</param>
    public void Prepare(float* parameters, int rows, RandomStream? draws)
    {
        _used = 1;
        switch (_mode)
        {
            case ParameterMode.Learned { Scope: ParameterScope.Layer }:
                _values.Pointer[0] = parameters[_offset];
                break;
            case ParameterMode.Learned:
                _used = rows * _units;
                ReadOnlySpan<float> learned = new(parameters + _offset, _units);
                for (int row = 0; row < rows; row++)
                {
                    learned.CopyTo(_values.Span.Slice(row * _units, _units));
                }

                break;
            case ParameterMode.Random random when draws != null:
                _used = rows * _units;
                draws.FillUniform(_values.Span[.._used], (float)random.Lower, (float)random.Upper);
                break;
            case ParameterMode.Normal normal when draws != null:
                _used = rows * _units;
                draws.FillNormal(_values.Span[.._used], normal.Mean, normal.Deviation);
                break;
        }
    }
}
