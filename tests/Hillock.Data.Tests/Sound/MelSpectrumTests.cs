using System.Numerics;
using Hillock.Data.Sound;

namespace Hillock.Data.Tests.Sound;

public class MelSpectrumTests
{
    [Theory]
    [InlineData(8000, 40, 4000, 256)]
    [InlineData(16_000, 13, 8000, 512)]
    [InlineData(11_025, 24, 4000, 512)]
    public void Frames_are_those_of_a_plain_fourier_sum(int rate, int bands, double top, int transform)
    {
        short[] samples = Wav.Tone(rate, 700, rate / 14);
        int window = (int)Math.Round(rate * 0.025, MidpointRounding.AwayFromZero);
        int step = (int)Math.Round(rate * 0.010, MidpointRounding.AwayFromZero);
        float[] frames = new MelSpectrum(rate, bands, top).Of(samples);
        frames.Length.ShouldBe(bands * (1 + (samples.Length - window) / step));
        for (int frame = 0; frame < frames.Length / bands; frame++)
        {
            double[] expected = Expected(samples[(frame * step)..(frame * step + window)], rate, bands, top, transform);
            for (int band = 0; band < bands; band++)
            {
                frames[frame * bands + band].ShouldBe((float)expected[band], 2e-5f);
            }
        }
    }

    [Fact]
    public void A_tone_is_loudest_in_its_band_and_silence_is_the_floor()
    {
        // Band 20 of 40 up to 4 kHz has its middle at 21/41 of the mels.
        double mels = 2595 * Math.Log10(1 + 4000 / 700.0) * 21 / 41;
        double frequency = 700 * (Math.Pow(10, mels / 2595) - 1);
        MelSpectrum spectrum = new(8000, 40, 4000);
        float[] tone = spectrum.Of(Wav.Tone(8000, frequency, 200));
        Array.IndexOf(tone, tone.Max()).ShouldBe(20);
        spectrum.Of(new short[200]).ShouldAllBe(value => value == (float)Math.Log(1e-10));
    }

    [Fact]
    public void A_sound_shorter_than_a_window_is_one_frame()
    {
        MelSpectrum spectrum = new(8000, 40, 4000);
        spectrum.FramesOf(1).ShouldBe(1);
        spectrum.FramesOf(200).ShouldBe(1);
        spectrum.FramesOf(279).ShouldBe(1);
        spectrum.FramesOf(280).ShouldBe(2);
        short[] samples = Wav.Tone(8000, 500, 100);
        spectrum.Of(samples).ShouldBe(spectrum.Of([.. samples, .. new short[100]]));
    }

    /// <summary>The definition, written out: mel = 2595·lg(1 + f/700), a sum over all samples for every frequency.</summary>
    private static double[] Expected(short[] part, int rate, int bands, double top, int transform)
    {
        double[] window = [.. Enumerable.Range(0, part.Length).Select(i => Math.Pow(Math.Sin(Math.PI * i / part.Length), 2))];
        double[] power = new double[transform / 2 + 1];
        for (int bin = 0; bin < power.Length; bin++)
        {
            Complex sum = 0;
            for (int i = 0; i < part.Length; i++)
            {
                sum += window[i] * part[i] / 32768 * Complex.Exp(new Complex(0, -2 * Math.PI * bin * i / transform));
            }

            power[bin] = Math.Pow(sum.Magnitude / window.Sum(), 2);
        }

        double[] corners =
        [
            .. Enumerable.Range(0, bands + 2).Select(i => 700 * (Math.Pow(10, Math.Log10(1 + top / 700) * i / (bands + 1)) - 1)),
        ];
        return
        [
            .. Enumerable.Range(0, bands).Select(band => Math.Log(Math.Max(1e-10, power.Select((energy, bin) =>
            {
                double f = (double)bin * rate / transform;
                (double left, double middle, double right) = (corners[band], corners[band + 1], corners[band + 2]);
                return energy * (f <= left || f >= right ? 0 : f <= middle ? (f - left) / (middle - left) : (right - f) / (right - middle));
            }).Sum()))),
        ];
    }
}
