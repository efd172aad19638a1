using System.Runtime.CompilerServices;

namespace Hillock.Networks;

/// <summary>Mean and variance of each channel of a signal, collected piece by piece; numbers that are not finite are counted and left out.</summary>
internal sealed class ChannelMoments(int channelCount)
{
    private readonly double[] _sums = new double[channelCount];
    private readonly double[] _squares = new double[channelCount];
    private long _positions;

    /// <summary>How many numbers were infinite or NaN.</summary>
    public long NotFinite { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_squares);
        _positions = 0;
        NotFinite = 0;
    }

    /// <summary>Takes in whole positions, the channels running fastest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<float> values)
    {
        Span<double> sums = _sums;
        Span<double> squares = _squares.AsSpan(0, sums.Length);
        long notFinite = 0;
        _positions += values.Length / sums.Length;
        for (; values.Length >= sums.Length; values = values[sums.Length..])
        {
            for (int channel = 0; channel < sums.Length; channel++)
            {
                float value = values[channel];
                if (float.IsFinite(value))
                {
                    sums[channel] += value;
                    squares[channel] += (double)value * value;
                }
                else
                {
                    notFinite++;
                }
            }
        }

        NotFinite += notFinite;
    }

    /// <summary>The mean of a channel.</summary>
    public double Mean(int channel) => _sums[channel] / Math.Max(1, _positions);

    /// <summary>The variance of a channel over samples and positions.</summary>
    public double Variance(int channel)
    {
        double mean = Mean(channel);
        return Math.Max(0, _squares[channel] / Math.Max(1, _positions) - mean * mean);
    }

    /// <summary>The moments of all channels together.</summary>
    public SignalMoments Result()
    {
        int channels = _sums.Length;
        double mean = 0;
        double square = 0;
        double within = 0;
        for (int channel = 0; channel < channels; channel++)
        {
            mean += Mean(channel) / channels;
            square += _squares[channel] / Math.Max(1, _positions) / channels;
            within += Variance(channel) / channels;
        }

        return new SignalMoments(mean, Math.Max(0, square - mean * mean), within);
    }
}
