namespace Hillock.Networks.Tests.Diagnosis;

/// <summary>What is collected of many channels, some in registers and the rest one by one, against plain sums.</summary>
public class ChannelMeasureTests
{
    private const int Channels = 19;
    private const int Positions = 23;

    private static readonly float[] Values = Draw(seed: 1);

    [Fact]
    public void Moments_are_those_of_the_channel()
    {
        ChannelMoments moments = new(Channels);
        moments.Add(Values);
        for (int channel = 0; channel < Channels; channel++)
        {
            double[] own = Of(Values, channel);
            moments.Mean(channel).ShouldBe(own.Average(), 1e-12);
            moments.Variance(channel).ShouldBe(own.Average(v => v * v) - (own.Average() * own.Average()), 1e-12);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_finite_is_counted_and_left_out(float bad)
    {
        float[] values = [.. Values];
        values[5] = bad;
        ChannelMoments moments = new(Channels);
        moments.Add(values);
        moments.NotFinite.ShouldBe(1);
        moments.Mean(5).ShouldBe(Of(Values, 5).Skip(1).Sum() / Positions, 1e-12);
        moments.Mean(6).ShouldBe(Of(Values, 6).Average(), 1e-12);
    }

    [Fact]
    public void Slopes_are_judged_unit_by_unit()
    {
        float[] slopes = Draw(seed: 2);
        float[] greatest = [.. Enumerable.Range(1, Channels).Select(unit => unit * 0.7f)];
        SlopeMeasure measure = new(greatest);
        measure.Add(Values, slopes);
        for (int unit = 0; unit < Channels; unit++)
        {
            double[] own = [.. Of(slopes, unit).Select(Math.Abs)];
            UnitDiagnosis found = measure.Unit(unit, 0, 1);
            ((double)found.Saturated).ShouldBe(own.Count(s => (float)s <= SlopeMeasure.SaturatedShare * greatest[unit]) / (double)Positions, 1e-6);
            ((double)found.Active).ShouldBe(Of(Values, unit).Count(v => v > 0) / (double)Positions, 1e-6);
            ((double)found.LeastSlope).ShouldBe(own.Min() / greatest[unit], 1e-6);
            ((double)found.GreatestSlope).ShouldBe(own.Max() / greatest[unit], 1e-6);
        }
    }

    private static double[] Of(float[] values, int channel) => [.. values.Where((_, i) => i % Channels == channel).Select(v => (double)v)];

    private static float[] Draw(int seed)
    {
        System.Random random = new(seed);
        return [.. Enumerable.Range(0, Channels * Positions).Select(_ => (float)((random.NextDouble() * 6) - 3))];
    }
}
