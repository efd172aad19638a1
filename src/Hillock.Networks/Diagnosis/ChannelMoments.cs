using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Mean and variance of each channel of a signal, collected piece by piece; numbers that are not finite are counted and left out.</summary>
internal sealed class ChannelMoments(int channelCount)
{
    /// <summary>A variance of less than this share of the mean square is what rounding leaves of none: floats that close together are the same or neighbours.</summary>
    private const double Rounding = 1e-13;

    /// <summary>The square of a mean likewise: numbers of both signs that should cancel leave a few units in the last place of a float.</summary>
    private const double Cancelled = 1e-12;

    private readonly double[] _sums = new double[channelCount];
    private readonly double[] _squares = new double[channelCount];
    /// <summary>How many numbers were infinite or NaN.</summary>
    public long NotFinite { get; private set; }

    /// <summary>How many positions there were.</summary>
    public long Positions { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_squares);
        Positions = 0;
        NotFinite = 0;
    }

    /// <summary>Takes in whole positions, the channels running fastest.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        Positions += values.Length / _sums.Length;
        if (VectorLoops.AllFinite(values))
        {
            AddFinite(values);
        }
        else
        {
            AddSome(values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFinite(ReadOnlySpan<float> values)
    {
        Span<double> sums = _sums;
        Span<double> squares = _squares.AsSpan(0, sums.Length);
        for (; values.Length >= sums.Length; values = values[sums.Length..])
        {
            int channel = 0;
            for (; channel <= sums.Length - Vector256<float>.Count; channel += Vector256<float>.Count)
            {
                Vector256<float> value = Vector256.Create(values[channel..]);
                AddFour(Vector256.WidenLower(value), sums[channel..], squares[channel..]);
                AddFour(Vector256.WidenUpper(value), sums[(channel + Vector256<double>.Count)..], squares[(channel + Vector256<double>.Count)..]);
            }

            for (; channel < sums.Length; channel++)
            {
                sums[channel] += values[channel];
                squares[channel] += (double)values[channel] * values[channel];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(Vector256<double> value, Span<double> sums, Span<double> squares)
    {
        (Vector256.Create<double>(sums) + value).CopyTo(sums);
        (Vector256.Create<double>(squares) + (value * value)).CopyTo(squares);
    }

    private void AddSome(ReadOnlySpan<float> values)
    {
        for (; values.Length >= _sums.Length; values = values[_sums.Length..])
        {
            for (int channel = 0; channel < _sums.Length; channel++)
            {
                float value = values[channel];
                if (float.IsFinite(value))
                {
                    _sums[channel] += value;
                    _squares[channel] += (double)value * value;
                }
                else
                {
                    NotFinite++;
                }
            }
        }
    }

    /// <summary>The mean of a channel.</summary>
    public double Mean(int channel) => _sums[channel] / Math.Max(1, Positions);

    /// <summary>The variance of a channel over samples and positions.</summary>
    public double Variance(int channel)
    {
        double mean = Mean(channel);
        double square = _squares[channel] / Math.Max(1, Positions);
        double variance = square - mean * mean;
        return variance > Rounding * square ? variance : 0;
    }

    /// <summary>The moments of all channels together.</summary>
    public SignalMoments Result() => Result(0, _sums.Length);

    /// <summary>The moments of some channels together.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="channels">How many.</param>
    public SignalMoments Result(int first, int channels)
    {
        double mean = 0;
        double square = 0;
        double within = 0;
        for (int channel = first; channel < first + channels; channel++)
        {
            mean += Mean(channel) / channels;
            square += _squares[channel] / Math.Max(1, Positions) / channels;
            within += Variance(channel) / channels;
        }

        // A mean that is smaller than the rounding of the numbers that it comes from is none, as that of the biases before a softmax.
        mean = mean * mean > Cancelled * square ? mean : 0;
        return new SignalMoments(mean, Math.Max(0, square - mean * mean), within);
    }
}
