using System.Numerics;
using Hillock.Activations.Elementary;
using Hillock.Data.Synthetic;
using MathNet.Numerics.IntegralTransforms;

namespace Hillock.Data.Sound;

/// <summary>
/// The logarithms of the energies of a sound in bands of the mel scale (Stevens, Volkmann, Newman 1937; here as ln(1 + f/700), O'Shaughnessy 1987),
/// frame by frame: periodic Hann windows of 25 ms each 10 ms, the squared magnitudes of their Fourier transform divided by the window's squared sum,
/// so that rates can be compared, triangles with their corners evenly on the mel scale (Davis and Mermelstein 1980), natural logarithm.
/// </summary>
/// <remarks>The transform's last bits are those of the machine's sines: the same on every run, not on every processor.</remarks>
internal sealed class MelSpectrum
{
    /// <summary>Energies below this are silence: 100 dB below a full amplitude.</summary>
    public const double Floor = 1e-10;

    private const int WindowMilliseconds = 25;
    private const int StepMilliseconds = 10;
    private const double MelCorner = 700;

    private readonly int _bands;
    private readonly int _step;
    private readonly double[] _window;
    private readonly double _factor;
    private readonly (int First, double[] Weights)[] _filters;
    private readonly Complex[] _transform;

    /// <summary>Prepares the windows and bands of a rate.</summary>
    /// <param name="rate">Samples a second.</param>
    /// <param name="bands">The number of bands.</param>
    /// <param name="topFrequency">Where the last of them ends, in Hz; half the rate or less reaches all of it.</param>
    public MelSpectrum(int rate, int bands, double topFrequency)
    {
        _bands = bands;
        _step = Samples(rate, StepMilliseconds);
        _window = new double[Samples(rate, WindowMilliseconds)];
        for (int i = 0; i < _window.Length; i++)
        {
            _window[i] = 0.5 - (0.5 * Turn.At((double)i / _window.Length).Cosine);
        }

        double sum = _window.Sum();
        _factor = 1 / (sum * sum * short.MinValue * short.MinValue);
        _transform = new Complex[BitOperations.RoundUpToPowerOf2((uint)_window.Length)];
        double[] corners = Corners(bands, topFrequency);
        _filters = [.. Enumerable.Range(0, bands).Select(band => Filter(corners.AsSpan(band, 3), (double)rate / _transform.Length))];
    }

    /// <summary>The number of frames of a sound: as many whole windows as fit, and at least one, filled up with silence.</summary>
    public int FramesOf(int samples) => samples <= _window.Length ? 1 : 1 + ((samples - _window.Length) / _step);

    /// <summary>The logarithms, frame after frame.</summary>
    /// <param name="samples">The sound.</param>
    public float[] Of(ReadOnlySpan<short> samples)
    {
        double[] energies = new double[FramesOf(samples.Length) * _bands];
        for (int frame = 0; frame < energies.Length / _bands; frame++)
        {
            ReadOnlySpan<short> part = samples[(frame * _step)..];
            Array.Clear(_transform);
            for (int i = 0; i < Math.Min(_window.Length, part.Length); i++)
            {
                _transform[i] = _window[i] * part[i];
            }

            Fourier.Forward(_transform, FourierOptions.NoScaling);
            Span<double> energy = energies.AsSpan(frame * _bands, _bands);
            for (int band = 0; band < energy.Length; band++)
            {
                energy[band] = Math.Max(Floor, _factor * Energy(_filters[band]));
            }
        }

        ElementaryFunctions.Log(energies, energies);
        return Array.ConvertAll(energies, energy => (float)energy);
    }

    private double Energy((int First, double[] Weights) filter)
    {
        double sum = 0;
        for (int i = 0; i < filter.Weights.Length; i++)
        {
            Complex value = _transform[filter.First + i];
            sum += filter.Weights[i] * ((value.Real * value.Real) + (value.Imaginary * value.Imaginary));
        }

        return sum;
    }

    /// <summary>The frequencies that are even on the mel scale, from 0 to the top, in Hz: band b rises from corner b to b + 1 and falls to b + 2.</summary>
    private static double[] Corners(int bands, double topFrequency)
    {
        double[] top = [topFrequency / MelCorner];
        ElementaryFunctions.Log1P(top, top);
        double[] corners = new double[bands + 2];
        for (int i = 0; i < corners.Length; i++)
        {
            corners[i] = top[0] * i / (bands + 1);
        }

        ElementaryFunctions.ExpM1(corners, corners);
        return Array.ConvertAll(corners, corner => MelCorner * corner);
    }

    private (int First, double[] Weights) Filter(ReadOnlySpan<double> corners, double binWidth)
    {
        int bins = (_transform.Length / 2) + 1;
        int first = bins;
        List<double> weights = [];
        for (int bin = 0; bin < bins; bin++)
        {
            double frequency = bin * binWidth;
            double rising = (frequency - corners[0]) / (corners[1] - corners[0]);
            double falling = (corners[2] - frequency) / (corners[2] - corners[1]);
            double weight = Math.Min(rising, falling);
            if (weight > 0)
            {
                first = Math.Min(first, bin);
                weights.Add(weight);
            }
        }

        return (first, [.. weights]);
    }

    private static int Samples(int rate, int milliseconds) => (int)((((long)rate * milliseconds) + 500) / 1000);
}
