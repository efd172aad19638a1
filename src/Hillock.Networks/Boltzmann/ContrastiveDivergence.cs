using Hillock.Activations.Elementary;
using Hillock.Activations.Random;

namespace Hillock.Networks;

/// <summary>
/// The steps of a training by contrastive divergence: what visible and hidden units do together on the data, less what they do after k drawings from the machine
/// itself. Reconstructions are means, not drawings (Hinton 2010, section 3).
/// </summary>
internal sealed class ContrastiveDivergence
{
    private readonly RestrictedBoltzmannMachine _machine;
    private readonly BoltzmannOptions _options;
    private readonly float[] _data;
    private readonly float[] _dataHidden;
    private readonly float[] _visible;
    private readonly float[] _hidden;
    private readonly float[] _drawn;
    private readonly float[] _spread;
    private readonly float[] _chains;
    private readonly float[] _gradient;
    private readonly float[] _velocity;
    private readonly float[] _visibleVelocity;
    private readonly float[] _hiddenVelocity;
    private bool _chainsBegun;

    public ContrastiveDivergence(RestrictedBoltzmannMachine machine, BoltzmannOptions options, int batch)
    {
        _machine = machine;
        _options = options;
        _data = new float[batch * machine.Visible];
        _visible = new float[_data.Length];
        _dataHidden = new float[batch * machine.Hidden];
        _hidden = new float[_dataHidden.Length];
        _drawn = new float[_dataHidden.Length];
        _spread = new float[_dataHidden.Length];
        _chains = new float[_dataHidden.Length];
        _gradient = new float[machine.Weights.Length];
        _velocity = new float[machine.Weights.Length];
        _visibleVelocity = new float[machine.Visible];
        _hiddenVelocity = new float[machine.Hidden];
    }

    /// <summary>Learns from a batch.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="rows">Those of the batch.</param>
    /// <param name="key">Determines what is drawn.</param>
    /// <returns>The sum of the squared differences of the samples from their first reconstruction.</returns>
    public double Step(Dataset data, ReadOnlySpan<int> rows, RandomKey key)
    {
        int visibleUnits = _machine.Visible;
        int count = rows.Length;
        Span<float> samples = _data.AsSpan(0, count * visibleUnits);
        for (int i = 0; i < count; i++)
        {
            data.Inputs.Slice(rows[i] * visibleUnits, visibleUnits).CopyTo(samples[(i * visibleUnits)..]);
        }

        RandomStream random = new(key);
        Span<float> visible = _visible.AsSpan(0, samples.Length);
        Span<float> dataHidden = _dataHidden.AsSpan(0, count * _machine.Hidden);
        Span<float> hidden = _hidden.AsSpan(0, dataHidden.Length);
        Span<float> drawn = _drawn.AsSpan(0, dataHidden.Length);
        _machine.ReadHidden(samples, dataHidden, count);
        Draw(dataHidden, drawn, random);
        _machine.Reconstruct(drawn, visible, count);
        double error = SquaredDifference(samples, visible);
        if (_options.Persistent)
        {
            Span<float> chains = _chains.AsSpan(0, drawn.Length);
            if (!_chainsBegun)
            {
                _chainsBegun = true;
                drawn.CopyTo(chains);
            }

            _machine.Reconstruct(chains, visible, count);
        }

        for (int step = 1; ; step++)
        {
            _machine.ReadHidden(visible, hidden, count);
            Draw(hidden, drawn, random);
            if (step == _options.Steps)
            {
                break;
            }

            _machine.Reconstruct(drawn, visible, count);
        }

        if (_options.Persistent)
        {
            drawn.CopyTo(_chains);
        }

        Learn(samples, dataHidden, visible, hidden, count);
        return error;
    }

    /// <summary>Draws what hidden units say, and puts what is counted of them in the place of what they read: binary ones count by their probability.</summary>
    private void Draw(Span<float> sums, Span<float> drawn, RandomStream random)
    {
        switch (_machine.HiddenUnits)
        {
            case HiddenUnits.Binary:
                _machine.MeanHidden(sums);
                random.FillUniform(drawn, 0, 1);
                for (int i = 0; i < drawn.Length; i++)
                {
                    drawn[i] = drawn[i] < sums[i] ? 1 : 0;
                }

                break;
            case HiddenUnits.NoisyRectified:
                Span<float> variance = _spread.AsSpan(0, sums.Length);
                ElementaryFunctions.Sigmoid(sums, variance);
                random.FillNormal(drawn, 0, 1);
                for (int i = 0; i < drawn.Length; i++)
                {
                    drawn[i] = Math.Max(0, sums[i] + (drawn[i] * MathF.Sqrt(variance[i])));
                }

                drawn.CopyTo(sums);
                break;
            default:
                _machine.MeanHidden(sums);
                sums.CopyTo(drawn);
                break;
        }
    }

    private void Learn(ReadOnlySpan<float> data, ReadOnlySpan<float> dataHidden, ReadOnlySpan<float> visible, ReadOnlySpan<float> hidden, int rows)
    {
        // The second statistics first, negated by the sign of what is added to them.
        MatrixProduct.Multiply(visible, true, hidden, false, _gradient, _machine.Visible, _machine.Hidden, rows);
        for (int i = 0; i < _gradient.Length; i++)
        {
            _gradient[i] = -_gradient[i];
        }

        MatrixProduct.Multiply(data, true, dataHidden, false, _gradient, _machine.Visible, _machine.Hidden, rows, accumulate: true);
        float momentum = (float)_options.Momentum;
        float rate = (float)(_options.LearningRate / rows);
        float decay = (float)(_options.LearningRate * _options.WeightDecay);
        Span<float> weights = _machine.Weights;
        for (int i = 0; i < weights.Length; i++)
        {
            _velocity[i] = (momentum * _velocity[i]) + (rate * _gradient[i]) - (decay * weights[i]);
            weights[i] += _velocity[i];
        }

        LearnBiases(_machine.VisibleBiases, _visibleVelocity, data, visible, momentum, rate);
        LearnBiases(_machine.HiddenBiases, _hiddenVelocity, dataHidden, hidden, momentum, rate);
    }

    private static void LearnBiases(Span<float> biases, float[] velocity, ReadOnlySpan<float> first, ReadOnlySpan<float> second, float momentum, float rate)
    {
        for (int unit = 0; unit < biases.Length; unit++)
        {
            float sum = 0;
            for (int i = unit; i < first.Length; i += biases.Length)
            {
                sum += first[i] - second[i];
            }

            velocity[unit] = (momentum * velocity[unit]) + (rate * sum);
            biases[unit] += velocity[unit];
        }
    }

    private static double SquaredDifference(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double difference = (double)first[i] - second[i];
            sum += difference * difference;
        }

        return sum;
    }
}
